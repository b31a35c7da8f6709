"""What an embedding model makes of a text: the one shape that models give and search takes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """One text with t tokens worth comparing."""

    vector: NDArray[np.float32]
    """(dimensions,), of length 1."""
    tokens: NDArray[np.float32]
    """(t, token dimensions), each of length 1; no rows where the model gives none."""
    weights: NDArray[np.float32]
    """(t,): how much each token counts when the text is a query; they add up to 1."""
