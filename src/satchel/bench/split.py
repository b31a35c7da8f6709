"""Which of the labelled messages are measured."""

from enum import StrEnum


class Split(StrEnum):
    """The fifth that was set aside before any rule or training, the rest, or both."""

    SET_ASIDE = "set-aside"
    TRAIN = "train"
    ALL = "all"
