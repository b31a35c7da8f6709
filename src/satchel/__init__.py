"""Satchel: the memory layer for AI applications.

    import satchel

    memory = satchel.open("~/.satchel")
    alice = memory.space("alice")
    alice.add("I moved from Boston to Lisbon last month.")
    print(alice.context("Where does she live now?").text)

No key, no server and no network are needed. What is heavy is imported when it is first used.
"""

from collections.abc import Sequence
from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING

from satchel.agenda import Change, Due
from satchel.errors import (
    InvalidInput,
    ModelUnavailable,
    NotFound,
    SatchelError,
    StoreDamaged,
    StoreMismatch,
    StoreUnavailable,
    WrongKey,
)
from satchel.findings import (
    Consolidation,
    Contradiction,
    Joined,
    Overdue,
    Pattern,
    Repeated,
    Retention,
    Side,
    Summary,
    Told,
)
from satchel.limits import ModelLimits, Spent
from satchel.model import (
    Added,
    Archive,
    Check,
    Claim,
    Context,
    Copied,
    Edge,
    Entity,
    Fact,
    Finding,
    Graph,
    Hit,
    Hits,
    Job,
    Message,
    Receipt,
    Source,
    SpaceInfo,
    Stats,
    Step,
    Trust,
    Worked,
)
from satchel.working import Window

if TYPE_CHECKING:
    from satchel.engine import Clock
    from satchel.memory import Memory
    from satchel.models.embedding import Embedder
    from satchel.models.language_model import LanguageModel
    from satchel.space import Space
    from satchel.vault.kms import KmsKey, LocalKms
    from satchel.vault.master import EnvironmentKey, Keychain, KeyFile, Passphrase, RawKey
    from satchel.vault.vault import Key

__version__ = "0.1.0"

_LAZY = {
    "Embedder": "satchel.models.embedding",
    "EnvironmentKey": "satchel.vault.master",
    "KeyFile": "satchel.vault.master",
    "Keychain": "satchel.vault.master",
    "KmsKey": "satchel.vault.kms",
    "LocalKms": "satchel.vault.kms",
    "LanguageModel": "satchel.models.language_model",
    "Memory": "satchel.memory",
    "Passphrase": "satchel.vault.master",
    "RawKey": "satchel.vault.master",
    "Space": "satchel.space",
}

__all__ = [
    "Added",
    "Archive",
    "Change",
    "Check",
    "Claim",
    "Consolidation",
    "Context",
    "Contradiction",
    "Copied",
    "Due",
    "Edge",
    "Embedder",
    "Entity",
    "EnvironmentKey",
    "Fact",
    "Finding",
    "Graph",
    "Hit",
    "Hits",
    "InvalidInput",
    "Job",
    "Joined",
    "KeyFile",
    "Keychain",
    "KmsKey",
    "LanguageModel",
    "LocalKms",
    "Memory",
    "Message",
    "ModelLimits",
    "ModelUnavailable",
    "NotFound",
    "Overdue",
    "Passphrase",
    "Pattern",
    "RawKey",
    "Receipt",
    "Repeated",
    "Retention",
    "SatchelError",
    "Side",
    "Source",
    "Space",
    "SpaceInfo",
    "Spent",
    "Stats",
    "Step",
    "StoreDamaged",
    "StoreMismatch",
    "StoreUnavailable",
    "Summary",
    "Told",
    "Trust",
    "Window",
    "Worked",
    "WrongKey",
    "open",
    "restore",
]


def open(  # noqa: A001  (the public name)
    location: "str | PathLike[str]",
    *,
    key: "Key" = None,
    keys: "str | PathLike[str] | None" = None,
    replicas: Sequence[str] = (),
    encrypt: bool = True,
    embedder: "Embedder | None" = None,
    llm: "LanguageModel | None" = None,
    llm_limits: ModelLimits | None = None,
    clock: "Clock | None" = None,
    work: bool = True,
) -> "Memory":
    """Open a memory, and make it if it is not there. Asks nothing and needs no network.

    Args:
        location: a directory, ":memory:" for one that is gone when it is closed, or the URL of a PostgreSQL database,
            such as "postgresql://user@host/database" (extra `postgres`).
        key: what wraps the data keys: a passphrase (text), 32 bytes, or a source such as `KeyFile`, `Keychain` or
            `EnvironmentKey`. None uses what the store was made with: a new store takes the variable SATCHEL_KEY where
            it is set, else a key file in its directory, made then; for one on PostgreSQL in ~/.satchel/keys.
        keys: where the wrapped data keys are kept, when not beside the data: a directory or a PostgreSQL URL. Beside
            the data means the folder `keys`, or the schema `satchel_keys` of the same database.
        replicas: URLs of read replicas of a PostgreSQL database, to search in.
        encrypt: False writes content in clear; `Memory.check` says so.
        embedder: another embedding model than the bundled one.
        llm: a language model that helps in the background; none is needed.
        llm_limits: what it may take: tokens a day, calls a minute, seconds a call; see `ModelLimits` for the defaults.
        clock: what tells the time (aware datetimes), for tests.
        work: whether a thread of this process does the slow work, once there is some. Without it `satchel work` does it
            in a process of its own, or `Memory.work` where you call it.

    Raises:
        WrongKey: the key does not open the store.
        StoreMismatch: the store was made by a newer version, or with the other setting of `encrypt`.
        StoreUnavailable: the directory or the server cannot be used.
    """
    from satchel.memory import open_memory

    return open_memory(
        location,
        key=key,
        keys=keys,
        replicas=replicas,
        encrypt=encrypt,
        embedder=embedder,
        llm=llm,
        llm_limits=llm_limits,
        clock=clock,
        work=work,
    )


def restore(
    path: "str | PathLike[str]",
    location: "str | PathLike[str]",
    *,
    keys_of: "str | PathLike[str]",
    key: "Key" = None,
    new_key: "Key" = None,
    keys: "str | PathLike[str] | None" = None,
) -> Archive:
    """Bring a backup into an empty place. What was interrupted can be repeated, and is taken up where it stopped.

    Args:
        path: a file that `Memory.backup` wrote.
        location: where the restored store is to be, as for `open`.
        keys_of: the store that the backup was made from, or a backup of its `keys` folder. A space that has no key
            there any more, since it was erased, is left out and counted in `unreadable`.
        key: what wraps the keys there, as for `open`.
        new_key: what is to wrap them in the new place; None makes a key file.
        keys: where the new store keeps them, as for `open`.

    Raises:
        StoreDamaged: the file is not what was written.
        StoreMismatch: the place holds another store.
        WrongKey: the keys are not there, or do not open.
    """
    from satchel.memory import restore_memory

    return restore_memory(path, location, keys_of=keys_of, key=key, new_key=new_key, keys=keys)


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'satchel' has no attribute {name!r}")
