"""What every verb of a space needs: the ports, and where the space is."""

from satchel.engine import Engine, Place


class SpaceVerbs:
    """Some verbs of one subject's memory."""

    def __init__(self, engine: Engine, place: Place) -> None:
        self._engine = engine
        self._place = place
