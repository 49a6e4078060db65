"""Measures whether suggestions are available in small, middle and large sizes as often as the catalogue is.

A model contains no sizes, but it may favour items that are made in few sizes. Each item is assigned the thirds
of its size system in which it is made; the shares among suggestions are compared with those of the catalogue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.arrays import Bools
from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.score import scores
from recommender.looks.serving.top_k import top_k

BANDS = ("small", "middle", "large")
_ROOMS = 400


@dataclass(frozen=True, slots=True)
class SizeBandShare:
    """For one third of the sizes: share of suggestions and share of catalogue items that are made in it."""

    band: str
    suggested: float
    offered: float


def size_bands(runs: Sequence[Sequence[str]], systems: Sequence[str | None]) -> Bools:
    """Items x bands. `runs`: the sizes each item is made in, ascending; `systems`: its size system.

    The order of a system's sizes is derived from all of its runs. An item made in one size belongs to every
    band.
    """
    place = _places(runs, systems)
    bands = np.zeros((len(runs), len(BANDS)), np.bool_)
    for at, (run, system) in enumerate(zip(runs, systems, strict=True)):
        whole = place[system]
        if len(whole) < len(BANDS) or len(run) < 2:
            bands[at] = True
        for size in run:
            bands[at, min(int(len(BANDS) * whole[size]), len(BANDS) - 1)] = True
    return bands


def _places(
    runs: Sequence[Sequence[str]], systems: Sequence[str | None]
) -> dict[str | None, dict[str, float]]:
    """Relative position of each size in its system, from 0 to below 1."""
    before: dict[str | None, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for run, system in zip(runs, systems, strict=True):
        for at, size in enumerate(run):
            before[system][size].update(run[:at])
    found: dict[str | None, dict[str, float]] = {}
    for system, smaller in before.items():
        order = sorted(smaller, key=lambda size: (len(_all_below(size, smaller)), size))
        found[system] = {size: at / len(order) for at, size in enumerate(order)}
    return found


def _all_below(size: str, smaller: dict[str, set[str]]) -> set[str]:
    """Every size that some chain of runs places below this one."""
    found: set[str] = set()
    waiting = [size]
    while waiting:
        for lower in smaller[waiting.pop()] - found:
            found.add(lower)
            waiting.append(lower)
    return found


def shares(model: LooksModel, bands: Bools) -> tuple[SizeBandShare, ...]:
    """Shares of each size band among the first ten suggestions for up to 400 single-item rooms, and among
    sold items."""
    sold = model.items.sold
    if not len(sold):
        return ()
    rooms = sold[np.linspace(0, len(sold) - 1, min(_ROOMS, len(sold))).astype(int)]
    shown = np.concatenate([sold[top_k(scores(model, [int(room)]), 10)[:10]] for room in rooms])
    suggested, offered = bands[shown].mean(axis=0), bands[sold].mean(axis=0)
    return tuple(
        SizeBandShare(band, float(suggested[at]), float(offered[at])) for at, band in enumerate(BANDS)
    )
