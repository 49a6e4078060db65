"""Collars of shirts and blouses: on a stand, turned down, buttoned, or tied in a bow."""

import numpy as np

from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, Floats
from garment_artwork.primitives.marks import CLOSE, Button, Mark, Panel, Seam, Shadow, Stitches
from garment_artwork.primitives.relief import Crumple, Relief


def collar(cloth: Cloth, kind: str) -> list[Mark]:
    """The collar's stand, and what is on it."""
    stand = g.whole(g.path("0,4.2! 3.2,1 6.4,-3! 8.2,0.4 5,5.8 1.7,7.3! 0,7.5!"))
    marks: list[Mark] = [
        Panel(stand, cloth, Relief(crumples=(Crumple(0.02, 2, 2, 3),)), shadow=CLOSE, tone=0.9)
    ]
    if kind == "band":
        edge = g.path("6.9,-1.6 5,2.4 1.6,5.4 0.2,6")
        marks += [
            Seam(line, 0.1, 0.25, 0.1)
            for line in (g.shift(edge, 0.9, 1.1), g.mirror(g.shift(edge, 0.9, 1.1)))
        ]
        return [*marks, Button(0.0, 5.9, 0.5)]
    if kind == "bow":
        return [*marks, *_bow(cloth)]
    marks.append(Button(0.0, 5.9, 0.5))
    for side in (1, -1):
        marks += _leaf(cloth, kind, side)
    return marks


def _leaf(cloth: Cloth, kind: str, side: int) -> list[Mark]:
    """One leaf of a turned-down collar."""
    leaf = g.path("0.35,4.9! 2.6,2.2 5,-1.4 6.6,-3.7! 8.6,-2.2 9.7,0.6! 9.3,5 7.9,11.2! 4.2,8 0.35,4.9!")

    def turned(x: Floats, y: Floats) -> Floats:
        return (0.9 * ((-(side * x - 5.2) * 0.35 - (y + 1.5)) / 6 + 0.6).clip(0, 1)).astype(np.float32)

    relief = Relief(forms=(turned,), crumples=(Crumple(0.03, 2, 2, 3),))
    line = g.path("9,1.6 8.7,5 7.55,10.2! 4.3,7.4 1,4.8")
    marks: list[Mark] = [
        Panel(
            leaf if side > 0 else g.mirror(leaf),
            cloth,
            relief,
            grain=-24 * side,
            shadow=Shadow(0.15, 0.45, 0.55, 0.5),
            edge=0.5,
        ),
        Stitches(line if side > 0 else g.mirror(line), on=0.2, off=0.13, width=0.05, strength=0.45),
    ]
    if kind == "button":
        marks.append(Button(7.4 * side, 9.7, 0.42))
    return marks


def _bow(cloth: Cloth) -> list[Mark]:
    """A soft band about the neck, tied in front with two loops and two long ends."""
    marks: list[Mark] = []
    for side in (1, -1):
        band = g.Tube(
            g.spline([(side * 7.2, -2.6), (side * 6.2, 1.4), (side * 3.4, 5.0), (0.0, 7.4)]),
            (2.0, 3.4, 3.6, 2.2),
        )
        marks.append(
            Panel(
                band.outline,
                cloth,
                Relief(limb=band, round=0.9, crumples=dr.hang(0.4, 3, 0.3)),
                shadow=Shadow(0.2, 0.5, 0.6, 0.45),
                edge=0.6,
            )
        )
    ends = (
        ([(0.4, 8.0), (2.6, 15.0), (2.0, 25.0), (4.6, 37.0)], (2.4, 4.2, 5.2, 6.2)),
        ([(-0.4, 8.0), (-1.4, 15.0), (-0.6, 23.0), (-2.4, 32.0)], (2.4, 4.0, 5.0, 6.0)),
        (
            [(0.4, 7.6), (4.6, 5.6), (9.0, 6.2), (10.4, 9.0), (8.0, 11.6), (4.4, 10.6), (0.4, 8.4)],
            (1.4, 3.6, 4.6, 4.4, 4.0, 3.2, 1.4),
        ),
        (
            [(-0.4, 7.6), (-4.6, 6.2), (-8.8, 7.4), (-9.8, 10.4), (-7.2, 12.6), (-4.2, 11.0), (-0.4, 8.4)],
            (1.4, 3.6, 4.6, 4.4, 4.0, 3.2, 1.4),
        ),
    )
    for points, widths in ends:
        tube = g.Tube(g.spline([(float(x), float(y)) for x, y in points]), widths)
        relief = Relief(
            limb=tube, round=0.55, folds=dr.lengthwise(tube, 7, 3, 0.5, 0.7), crumples=dr.hang(0.4, 9, 0.2)
        )
        marks.append(Panel(tube.outline, cloth, relief, shadow=Shadow(0.3, 0.7, 0.8, 0.5), edge=0.6))
    knot = g.path("-1.6,6.4 0,5.8 1.6,6.4 1.9,8.4 0,9.8 -1.9,8.4 -1.6,6.4")
    marks.append(Panel(knot, cloth, Relief(puff=(1.3, 1.0)), shadow=Shadow(0.2, 0.5, 0.5, 0.5), edge=0.5))
    return marks
