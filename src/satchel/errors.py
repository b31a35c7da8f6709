"""The errors a caller can meet: one root, one class for each thing that can be done about it."""


class SatchelError(Exception):
    """Anything Satchel raises on purpose; the message says what to do next."""


class InvalidInput(SatchelError, ValueError):
    """What was given cannot be taken; nothing of the call was stored."""


class NotFound(SatchelError, LookupError):
    """No live record has this id in this space."""


class WrongKey(SatchelError):
    """The master key does not open this store, or a key that it needs is missing."""


class StoreUnavailable(SatchelError):
    """The store cannot be reached or written now; nothing of the call was stored."""


class StoreMismatch(SatchelError):
    """The store is of another kind: made by a newer version, or with the other encryption setting."""


class StoreDamaged(SatchelError):
    """Stored bytes are not what was written; restore from a backup or export what still opens."""


class ModelUnavailable(SatchelError):
    """A model's package or weights are missing, or are not the pinned ones."""
