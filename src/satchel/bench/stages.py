"""Where the time of a call goes: its stages, by the functions that do them.

The profiler counts the time of each function with all that it calls; a stage is the sum over its functions, without
the stages inside it. The profiler slows small functions down, so what it gives are shares; times are those
shares of the median of the same calls without it. A function that is renamed leaves its stage empty, its time goes to
"everything else", and `missing` names it.
"""

import cProfile
import pstats
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, cast

_BUSIEST = 10
_Statistics = Mapping[tuple[str, int, str], tuple[int, int, float, float, object]]
"""(file, line, function) → (calls, calls, seconds in itself, seconds with all it calls, callers)."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: functions as "file:function", and those inside them that are other stages'."""

    name: str
    functions: Sequence[str]
    without: Sequence[str] = ()


class StageTime(TypedDict):
    """One stage's part of a call."""

    stage: str
    share: float
    ms: float


class Profile(TypedDict):
    """The stages of a call, the functions with most time of their own, and stages that were not seen."""

    median_ms: float
    stages: Sequence[StageTime]
    busiest: Sequence[StageTime]
    missing: Sequence[str]


SEARCH = (
    Stage("the query's words and embedding", ("understanding.py:meant", "understanding.py:query_of")),
    Stage("snapshot, key", ("engine.py:read",), without=("recall.py:recalled",)),
    Stage("is the index up to date?", ("indexes.py:current",)),
    Stage("lexical arm", ("arms.py:lexical",)),
    Stage("dense arm", ("arms.py:dense",)),
    Stage("late interaction", ("arms.py:late",)),
    Stage(
        "filters, fusion, neighbours, order",
        ("rank.py:rank",),
        without=("arms.py:lexical", "arms.py:dense", "arms.py:late"),
    ),
    Stage("rows fetched and opened", ("recall.py:opened_in_order",)),
    Stage("hits made", ("candidates.py:candidates_of",)),
)
CONTEXT = (*SEARCH, Stage("block composed", ("compose.py:compose",)))
ADD = (
    Stage("input checked", ("messages.py:read_messages", "messages.py:read_defaults")),
    Stage("duplicates looked for", ("engine.py:read",)),
    Stage("language", ("ledger.py:_language",)),
    Stage("tokens and windows", ("features.py:_windows",)),
    Stage("embedding", ("encoder.py:embed_tokens",)),
    Stage("terms and packing", ("features.py:_features", "block.py:pack_one")),
    Stage("duplicates settled, rows sealed", ("ledger.py:decide",)),
    # What packing does to the store is part of packing, so it is taken out here and compaction, which is no
    # transaction, is put back.
    Stage("transaction", ("engine.py:write", "sqlite.py:compact"), ("ledger.py:decide", "packing.py:pack_if_due")),
    Stage("features packed into segments", ("packing.py:pack_if_due",)),
)


def profile(calls: Sequence[Callable[[], object]], stages: Sequence[Stage], *, median_ms: float) -> Profile:
    """Make the calls under the profiler and return their stages.

    Args:
        calls: what to call; all of one kind.
        stages: the stages of such a call.
        median_ms: the median of such a call without the profiler.
    """
    profiler = cProfile.Profile()
    profiler.enable()
    for call in calls:
        call()
    profiler.disable()
    return _read(profiler, stages, median_ms)


def _read(profiler: cProfile.Profile, stages: Sequence[Stage], median_ms: float) -> Profile:
    cumulative: dict[str, float] = {}
    own: dict[str, float] = {}
    for (file, _, function), (_, _, in_itself, in_all, _) in _statistics(profiler).items():
        name = f"{Path(file).name}:{function}"
        cumulative[name] = cumulative.get(name, 0.0) + in_all
        own[name] = own.get(name, 0.0) + in_itself
    total = sum(own.values()) or 1.0
    shares = {stage.name: _seconds(stage, cumulative) / total for stage in stages}
    shares["everything else"] = max(1 - sum(shares.values()), 0.0)
    busiest = sorted(own, key=lambda name: (-own[name], name))[:_BUSIEST]
    return Profile(
        median_ms=round(median_ms, 3),
        stages=_times(shares, median_ms),
        busiest=_times({name: own[name] / total for name in busiest}, median_ms),
        missing=[stage.name for stage in stages if not any(name in cumulative for name in stage.functions)],
    )


def _statistics(profiler: cProfile.Profile) -> _Statistics:
    return cast(_Statistics, cast(Any, pstats.Stats(profiler)).stats)


def _seconds(stage: Stage, cumulative: Mapping[str, float]) -> float:
    whole = sum(cumulative.get(name, 0.0) for name in stage.functions)
    return max(whole - sum(cumulative.get(name, 0.0) for name in stage.without), 0.0)


def _times(shares: Mapping[str, float], median_ms: float) -> list[StageTime]:
    return [StageTime(stage=name, share=round(one, 4), ms=round(one * median_ms, 3)) for name, one in shares.items()]
