"""Other draws of a trial's design, as it could have been drawn: what its result is compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

DRAWS: Final = 4000
"""How often the design is drawn again. A p-value of .05 is then known to within .004 (standard error)."""
_SEED: Final = 14
"""The same draws every time, so that a result does not change between two readings."""
_AT_ONCE: Final = 1 << 20
"""Numbers in memory at a time; a trial of 20 rooms and 180 days has 80 million in all."""
Draws = Callable[[int, int], Iterator[NDArray[np.int8]]]
"""From numbers of blocks and rooms to the draws, some at a time."""


def draws(blocks: int, rooms: int) -> Iterator[NDArray[np.int8]]:
    """`DRAWS` draws in parts of the shape (some, blocks, rooms): 1 for a room that is on in the first hour of the
    block, -1 for one that is on in the second one. The rules are those of `Design`."""
    random = np.random.default_rng(_SEED)
    left, at_once = DRAWS, max(1, _AT_ONCE // max(1, blocks * rooms))
    while left > 0:
        part = np.ones((min(left, at_once), blocks, rooms), np.int8)
        part[:, :, rooms // 2 :] = -1
        if rooms % 2:
            part[:, :, rooms // 2] = random.choice(np.array([-1, 1], np.int8), part.shape[:2])
        random.permuted(part, axis=2, out=part)
        left -= len(part)
        yield part
