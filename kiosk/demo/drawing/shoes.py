"""Shoes and boots in profile, toes to the viewer's right, the second one behind."""

from collections.abc import Callable

import numpy as np

from kiosk.demo.drawing import geometry as g
from kiosk.demo.drawing.boots import chelsea, knee, pump
from kiosk.demo.drawing.geometry import Line
from kiosk.demo.drawing.lasts import Shoe
from kiosk.demo.drawing.low_shoes import derby, flat, loafer
from kiosk.demo.drawing.marks import Garment, Mark, Panel, Shade
from kiosk.demo.drawing.moving import moved
from kiosk.demo.drawing.sneakers import sneaker

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
