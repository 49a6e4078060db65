"""What all shoes are built from: leathers, the last, the sole, the opening, the piping.

A last of 28 cm stands on y = 0 with its heel at x = 0; heights are negative.
"""

from dataclasses import dataclass, field

import numpy as np

from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, woven
from garment_artwork.primitives.geometry import Line, Point
from garment_artwork.primitives.hides import leather
from garment_artwork.primitives.marks import Mark, Panel, Seam, Stitches
from garment_artwork.primitives.relief import Crumple, Fold, Relief

CALF = Cloth(weave=leather(), gloss=0.55, shine=0.35, fuzz=0.35, tint=0.35)


SOFT = Cloth(weave=leather(), gloss=0.30, shine=0.08, fuzz=0.4, tint=0.45)


SOLE = ("sole", "sole", "sole")


RUBBER = Cloth(weave=woven(0.015), gloss=0.08, fuzz=0.3)


INSIDE = ("lining", "lining", "lining")


@dataclass(frozen=True, slots=True)
class Shoe:
    """Which shoe, of which leather."""

    kind: str
    cloth: Cloth = CALF
    colours: dict[str, str] = field(default_factory=dict)


def last(
    line: Line, cloth: Cloth, folds: tuple[Fold, ...] = (), puff: tuple[float, float] = (4.2, 3.0)
) -> Panel:
    return Panel(
        line,
        cloth,
        Relief(puff=puff, folds=folds, crumples=(Crumple(0.05, 2.5, 2.0, 4),)),
        shadow=None,
        edge=0.2,
    )


def bend(x: float, y: float) -> tuple[Fold, ...]:
    """Where a shoe has been bent: two soft creases over the ball of the foot."""
    return (
        Fold(g.spline([(x, y), (x - 0.6, y + 1.8), (x - 1.8, y + 3.6)]), 0.45, -0.10, 0.0, (0.1, 0.7)),
        Fold(
            g.spline([(x + 1.6, y + 0.6), (x + 0.8, y + 2.3), (x - 0.2, y + 3.8)]),
            0.45,
            -0.08,
            0.0,
            (0.1, 0.7),
        ),
    )


def sole(thick: float, heel: float, heel_end: float = 7.6) -> list[Mark]:
    """A leather sole with a stacked heel and a welt."""
    body = g.spline(
        [
            (0.2, -heel - 0.2, 1),
            (8.0, -heel * 0.93 - 0.1),
            (12.5, -heel * 0.50 - 0.6),
            (18.0, -thick - 0.35),
            (24.0, -thick - 0.5),
            (28.2, -thick - 1.5),
            (28.9, -thick - 1.3),
            (28.2, -thick * 0.62 - 0.6),
            (24.0, -0.05),
            (17.5, 0.0),
            (12.8, -heel * 0.42),
            (8.2, -heel + 0.55),
            (0.0, -heel + 0.5, 1),
            (0.2, -heel - 0.2, 1),
        ]
    )
    block = g.spline(
        [
            (0.05, -heel + 0.25, 1),
            (heel_end + 0.3, -heel * 0.90 + 0.2, 1),
            (heel_end - 0.4, 0.0, 1),
            (0.4, 0.0, 1),
            (0.05, -heel + 0.25, 1),
        ]
    )
    layers: list[Mark] = [
        Seam(g.spline([(0.1, y), (heel_end - 0.3, y + 0.05)]), 0.06, 0.3, 0.08)
        for y in np.linspace(-heel * 0.78, -0.35, 4)
    ]
    welt = g.shift(
        g.spline(
            [
                (7.5, -heel * 0.95 - 0.15),
                (12.5, -heel * 0.5 - 0.75),
                (18.0, -thick - 0.55),
                (24.0, -thick - 0.72),
                (28.2, -thick - 1.7),
            ]
        ),
        0,
        0.18,
    )
    return [
        Panel(body, RUBBER, Relief(puff=(0.7, 0.35)), slots=SOLE, shadow=None, edge=0.4),
        Panel(block, RUBBER, Relief(puff=(1.2, 0.8)), slots=SOLE, shadow=None, edge=0.4),
        *layers,
        Stitches(welt, on=0.22, off=0.14, width=0.07, strength=0.5),
    ]


def opening(points: list[Point]) -> Panel:
    return Panel(
        g.spline(points), Cloth(weave=woven(0.01), gloss=0.05), slots=INSIDE, shadow=None, tone=0.42, edge=0.2
    )


def piping(line: Line) -> list[Mark]:
    tube = g.Tube(line, (0.36, 0.36))
    return [Panel(tube.outline, SOFT, Relief(limb=tube, round=0.22), shadow=None, edge=0.1)]
