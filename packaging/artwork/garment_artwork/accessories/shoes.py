"""Shoes and boots in profile, toes to the viewer's right, the second one behind."""

from collections.abc import Callable

import numpy as np

from garment_artwork.accessories.boots import chelsea, knee, pump
from garment_artwork.accessories.lasts import Shoe
from garment_artwork.accessories.low_shoes import derby, flat, loafer
from garment_artwork.accessories.sneakers import sneaker
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.geometry import Line
from garment_artwork.primitives.marks import Garment, Mark, Panel, Shade
from garment_artwork.primitives.moving import moved

_KINDS: dict[str, Callable[[Shoe], list[Mark]]] = {
    "loafer": loafer,
    "derby": derby,
    "chelsea": chelsea,
    "knee": knee,
    "sneaker": sneaker,
    "pump": pump,
    "flat": flat,
}


def shoe(cut: Shoe) -> Garment:
    """A pair: one in front, its fellow a little behind and above, in its shade."""
    front = _KINDS[cut.kind](cut)
    behind = tuple(moved(mark, 5.6, -2.4) for mark in front)
    veil = [mark.outline for mark in behind if isinstance(mark, Panel)]
    dim = tuple(Shade(shape, 0.05, 0.0) for shape in veil[:1])
    return Garment((*behind, *dim, _dark(veil), *front), fill=0.88, colours=cut.colours)


def _dark(shapes: list[Line]) -> Shade:
    points = np.concatenate(shapes)
    low, high = points.min(axis=0) - 2, points.max(axis=0) + 2
    return Shade(g.box(float(low[0]), float(low[1]), float(high[0]), float(high[1])), 0.2, 0.30)
