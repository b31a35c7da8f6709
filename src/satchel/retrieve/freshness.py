"""How fresh each message is: a small, bounded bias in ranking. What is old is never dropped, only a little lower.

A message is as fresh as the time when it was said or, later, found useful; merely being recalled renews nothing, or
what is found once would be found for ever. Age counts from the freshest message, not from the question's clock: so a
question gets the same scores tomorrow, as long as nothing was said meanwhile.
"""

from collections.abc import Mapping

import numpy as np

from satchel.retrieve.arms import Scores
from satchel.retrieve.index import SpaceIndex

HALF_LIFE = 90 * 86_400_000_000
"""Microseconds after which freshness is half of what it was."""


def freshness(index: SpaceIndex, renewed: Mapping[str, int]) -> Scores:
    """(n,): from 1 for the freshest message towards 0.

    Args:
        index: of the space.
        renewed: message id → when it was last found useful, in microseconds.
    """
    last = index.said_at.copy()
    for message_id, at in renewed.items():
        for place in index.places_of((message_id,)):
            last[place] = max(int(last[place]), at)
    return np.exp2((last - last.max(initial=0)) / HALF_LIFE) if len(last) else np.zeros(0)
