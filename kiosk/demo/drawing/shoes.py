"""Shoes and boots in profile, toes to the viewer's right, the second one behind: loafer, boots, sneaker, pump, flat, derby.

A last of 28 cm stands on y = 0 with its heel at x = 0; heights are negative.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from kiosk.demo.drawing import geometry as g
from kiosk.demo.drawing.cloth import Cloth, leather, woven
from kiosk.demo.drawing.geometry import Line, Point
from kiosk.demo.drawing.marks import CLOSE, Button, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from kiosk.demo.drawing.relief import Crumple, Fold, Relief

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


def _upper(points: list[Point]) -> Line:
    return g.spline(points)


def _last(
    line: Line, cloth: Cloth, folds: tuple[Fold, ...] = (), puff: tuple[float, float] = (4.2, 3.0)
) -> Panel:
    return Panel(
        line,
        cloth,
        Relief(puff=puff, folds=folds, crumples=(Crumple(0.05, 2.5, 2.0, 4),)),
        shadow=None,
        edge=0.2,
    )


def _bend(x: float, y: float) -> tuple[Fold, ...]:
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


def _sole(thick: float, heel: float, heel_end: float = 7.6) -> list[Mark]:
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


def _opening(points: list[Point]) -> Panel:
    return Panel(
        g.spline(points), Cloth(weave=woven(0.01), gloss=0.05), slots=INSIDE, shadow=None, tone=0.42, edge=0.2
    )


def _piping(line: Line) -> list[Mark]:
    tube = g.Tube(line, (0.36, 0.36))
    return [Panel(tube.outline, SOFT, Relief(limb=tube, round=0.22), shadow=None, edge=0.1)]


def _loafer(shoe: Shoe) -> list[Mark]:
    topline = g.path("0.5,-9.3 3.5,-7.9 8,-7.5 11.6,-9 13.4,-10.6")
    upper = _upper(
        [
            (0.35, -2.5, 1),
            (-0.35, -5.2),
            (0.4, -9.3, 1),
            (3.5, -7.9),
            (8.0, -7.5),
            (11.6, -9.0),
            (13.2, -10.9, 1),
            (15.4, -9.9),
            (18.4, -7.6),
            (22.0, -6.1),
            (25.6, -5.4),
            (28.0, -4.2),
            (28.8, -2.6),
            (28.3, -1.7, 1),
            (24.0, -0.9),
            (18.0, -0.75),
            (12.5, -1.5),
            (8.0, -2.5),
            (0.35, -2.5, 1),
        ]
    )
    back = _opening(
        [
            (0.5, -9.1, 1),
            (3.0, -9.9),
            (8.0, -9.9),
            (13.2, -10.5, 1),
            (11.0, -7.6),
            (4.0, -7.0),
            (0.5, -9.1, 1),
        ]
    )
    apron = g.path("13.4,-8.2 16.4,-7.2 19.6,-5.6 23.4,-4.9 26.2,-4.75 27.6,-4.5")
    strap = g.path("11.4,-1.7! 12.6,-6.2 14.5,-10.4! 17.5,-8.4! 16.4,-5.2 15.9,-1.1! 11.4,-1.7!")
    slot_ = g.spline([(14.7, -7.0), (16.0, -8.0)])
    marks: list[Mark] = [*_sole(0.8, 2.3), back, _last(upper, shoe.cloth)]
    marks += [*_piping(topline), Shade(g.stroke(g.shift(apron, 0, -0.2), 0.7), 0.35, 0.25)]
    ridge = g.Tube(apron, (0.5, 0.5))
    marks.append(Panel(ridge.outline, shoe.cloth, Relief(limb=ridge, round=0.3), shadow=CLOSE, edge=0.2))
    marks += [Stitches(g.shift(apron, 0, 0.05), on=0.14, off=0.26, width=0.42, strength=0.35)]
    marks.append(
        Panel(
            strap,
            shoe.cloth,
            Relief(puff=(1.5, 0.35)),
            shadow=Shadow(0.1, 0.25, 0.3, 0.45),
            edge=0.5,
            inherit=True,
        )
    )
    marks += [
        Seam(slot_, 0.5, 0.75, 0.15),
        Stitches(
            g.spline([(11.9, -2.9), (12.8, -6.6), (14.8, -9.9)]), on=0.16, off=0.12, width=0.05, strength=0.4
        ),
        Stitches(
            g.spline([(15.2, -2.2), (16.0, -5.4), (17.0, -8.2)]), on=0.16, off=0.12, width=0.05, strength=0.4
        ),
    ]
    marks.append(Seam(g.spline([(0.0, -5.0), (4.4, -4.6), (6.4, -2.7)]), 0.08, 0.3, 0.1))
    return marks


def _derby(shoe: Shoe) -> list[Mark]:
    upper = _upper(
        [
            (0.35, -2.5, 1),
            (-0.35, -5.5),
            (0.5, -10.2, 1),
            (3.6, -8.7),
            (6.6, -8.8),
            (9.6, -11.2, 1),
            (11.6, -12.0),
            (14.6, -10.4),
            (18.6, -8.0),
            (23.0, -6.7),
            (26.8, -5.6),
            (28.6, -3.5),
            (28.2, -1.7, 1),
            (24.0, -0.9),
            (18.0, -0.75),
            (12.5, -1.5),
            (8.0, -2.5),
            (0.35, -2.5, 1),
        ]
    )
    back = _opening(
        [
            (0.6, -10.0, 1),
            (3.0, -10.8),
            (7.0, -11.0),
            (9.8, -11.6, 1),
            (7.0, -8.2),
            (3.6, -8.0),
            (0.6, -10.0, 1),
        ]
    )
    quarter = g.path(
        "0.35,-2.6! -0.3,-5.5 0.5,-10.2! 3.6,-8.7 6.6,-8.8 9.6,-11.2! 12.6,-10.8"
        " 17,-8.2! 16.6,-6.2 14.2,-4.6 12.2,-1.6! 8,-2.5 0.35,-2.6!"
    )
    tongue = g.path("9.4,-10.9! 10.8,-13.2 12.6,-13.2 17.2,-8.4! 9.4,-10.9!")
    marks: list[Mark] = [
        *_sole(0.9, 2.5),
        back,
        Panel(tongue, shoe.cloth, Relief(puff=(1.2, 0.5)), shadow=None, tone=0.8),
        _last(upper, shoe.cloth, _bend(20.0, -7.0)),
    ]
    marks.append(
        Panel(
            quarter,
            shoe.cloth,
            Relief(puff=(2.5, 0.4)),
            shadow=Shadow(0.15, 0.25, 0.3, 0.45),
            edge=0.5,
            inherit=True,
        )
    )
    marks.append(
        Stitches(
            g.beside(g.path("16.7,-8 16.3,-6.3 14,-4.9 12,-1.9"), 0.35),
            on=0.16,
            off=0.1,
            width=0.05,
            strength=0.4,
        )
    )
    cap = g.spline([(23.0, -6.4), (22.4, -3.6), (23.0, -1.2)])
    marks += [Seam(cap, 0.09, 0.35, 0.15), Seam(g.shift(cap, 0.35, 0), 0.07, 0.25, 0.1)]
    for n in range(4):
        x, y = 10.6 + 1.55 * n, -10.6 + 0.85 * n
        lace = g.Tube(g.spline([(x - 0.2, y + 0.5), (x + 0.7, y - 0.5), (x + 1.4, y - 1.2)]), (0.42, 0.36))
        marks += [
            Button(x - 0.35, y + 0.75, 0.24, slot="metal", dome=True),
            Panel(
                lace.outline,
                RUBBER,
                Relief(limb=lace, round=0.25),
                slots=("lace", "lace", "lace"),
                shadow=CLOSE,
                edge=0.1,
            ),
        ]
    marks.append(Seam(g.spline([(0.1, -9.6), (-0.1, -6), (0.4, -2.8)]), 0.08, 0.2, 0.1))
    return marks


def _chelsea(shoe: Shoe) -> list[Mark]:
    upper = _upper(
        [
            (0.35, -2.6, 1),
            (-0.3, -6.5),
            (0.4, -12.0),
            (0.0, -18.8, 1),
            (5.5, -18.0),
            (11.4, -18.6, 1),
            (11.6, -14.5),
            (13.4, -11.0),
            (17.6, -8.6),
            (22.6, -7.0),
            (26.8, -5.8),
            (28.6, -3.6),
            (28.2, -1.8, 1),
            (24.0, -1.0),
            (18.0, -0.85),
            (12.5, -1.6),
            (8.0, -2.6),
            (0.35, -2.6, 1),
        ]
    )
    back = _opening(
        [(0.2, -18.7, 1), (3.0, -19.6), (8.6, -19.5), (11.3, -18.6, 1), (6.0, -17.4), (0.2, -18.7, 1)]
    )
    gore = g.path("3.6,-18.2! 8.4,-18.2! 8.2,-14 6.6,-8.6 5.6,-8.5 4,-13 3.6,-18.2!")
    rib = Cloth(weave=lambda u, v, fine: _elastic(u, v, fine), gloss=0.04)
    marks: list[Mark] = [*_sole(0.9, 2.7), back, _last(upper, shoe.cloth, _bend(19.6, -7.2), (4.6, 3.2))]
    marks.append(
        Panel(gore, rib, shadow=None, inherit=True, edge=-0.3, slots=("elastic", "elastic", "elastic"))
    )
    marks += [Stitches(g.beside(gore[2:-2], -0.4), on=0.16, off=0.1, width=0.05, strength=0.4)]
    for x0, y0, s in ((0.4, -18.4, 1), (10.6, -18.3, -1)):
        loop = g.Tube(
            g.spline(
                [
                    (x0 + 0.2 * s, y0 + 2.4),
                    (x0 + 0.1 * s, y0 - 1.3),
                    (x0 + 0.9 * s, y0 - 1.5),
                    (x0 + 1.1 * s, y0 + 1.2),
                ]
            ),
            (0.8, 0.7),
        )
        marks.append(
            Panel(
                loop.outline,
                RUBBER,
                Relief(limb=loop, round=0.2),
                slots=("elastic", "elastic", "elastic"),
                shadow=CLOSE,
            )
        )
    marks.append(Seam(g.spline([(6.1, -8.4), (7.2, -5.0), (8.2, -2.6)]), 0.08, 0.25, 0.1))
    return marks


def _elastic(u: np.ndarray, v: np.ndarray, fine: float):  # type: ignore[no-untyped-def,type-arg]
    from kiosk.demo.drawing.cloth import ribbed

    return ribbed(0.28, 0.06)(u, v, fine)


def _knee(shoe: Shoe) -> list[Mark]:
    upper = _upper(
        [
            (0.7, -3.6, 1),
            (0.1, -7.5),
            (0.9, -13.0),
            (-0.4, -24.0),
            (-1.4, -34.0),
            (-1.0, -42.6, 1),
            (5.4, -41.6),
            (13.0, -42.8, 1),
            (12.6, -33.0),
            (11.4, -22.0),
            (11.0, -15.0),
            (12.8, -11.2),
            (17.0, -8.8),
            (22.4, -7.2),
            (26.8, -5.6),
            (28.8, -3.2),
            (28.2, -1.6, 1),
            (24.0, -0.85),
            (18.0, -0.8),
            (12.8, -2.0),
            (8.0, -3.6),
            (0.7, -3.6, 1),
        ]
    )
    back = _opening(
        [(-0.9, -42.4, 1), (2.4, -43.8), (9.0, -43.8), (12.9, -42.7, 1), (6.0, -41.0), (-0.9, -42.4, 1)]
    )
    folds = (
        Fold(g.spline([(0.6, -13.6), (4.0, -12.2), (8.2, -13.0)]), 0.7, -0.32, 0.0, (0.1, 0.6)),
        Fold(g.spline([(11.4, -15.2), (8.0, -13.6), (4.6, -14.6)]), 0.7, -0.28, 0.0, (0.1, 0.6)),
        Fold(g.spline([(0.4, -17.0), (4.4, -15.8), (7.4, -17.0)]), 0.8, 0.25, 0.0, (0.1, 0.7)),
        Fold(g.spline([(11.0, -19.2), (7.6, -18.0), (4.0, -19.4)]), 0.9, 0.22, 0.0, (0.1, 0.7)),
        *_bend(19.4, -7.4),
    )
    marks: list[Mark] = [*_sole(0.8, 3.6, 6.6), back, _last(upper, shoe.cloth, folds, (5.2, 3.6))]
    zip_ = g.path("5.2,-41.2 5.4,-28 6.2,-14 6.6,-5.2")
    marks += [
        Seam(zip_, 0.14, 0.42, 0.2),
        Stitches(g.beside(zip_, 0.5), on=0.18, off=0.12, width=0.05, strength=0.35),
        Stitches(g.beside(zip_, -0.5), on=0.18, off=0.12, width=0.05, strength=0.35),
    ]
    marks.append(
        Stitches(
            g.spline([(-0.8, -41.6), (5.4, -40.6), (12.7, -41.8)]),
            on=0.18,
            off=0.12,
            width=0.05,
            strength=0.4,
        )
    )
    return marks


def _sneaker(shoe: Shoe) -> list[Mark]:
    sole = g.path(
        "-0.5,-3.2! 4,-2.9 10,-2.6 18,-2.4 24,-2.6 28.4,-3.3! 29,-2.6 28.8,-1.3"
        " 27.2,-0.25 24,0 18,0 10,0 4,0 0.6,-0.1 -0.3,-0.8 -0.5,-3.2!"
    )
    upper = _upper(
        [
            (0.0, -3.0, 1),
            (-0.2, -6.0),
            (0.6, -10.6, 1),
            (3.2, -9.4),
            (6.4, -9.5),
            (9.2, -11.4, 1),
            (11.4, -12.2),
            (14.6, -10.0),
            (18.4, -7.6),
            (22.6, -6.3),
            (26.4, -5.5),
            (28.3, -4.0),
            (28.4, -2.9, 1),
            (16.0, -2.0),
            (0.0, -2.8, 1),
        ]
    )
    back = _opening(
        [
            (0.7, -10.4, 1),
            (3.0, -11.2),
            (7.0, -11.5),
            (9.4, -11.8, 1),
            (6.4, -8.8),
            (3.2, -8.8),
            (0.7, -10.4, 1),
        ]
    )
    tongue = g.path("8.8,-10.9! 9.8,-13.8 12.2,-14 17.6,-8.6! 8.8,-10.9!")
    stay = g.path("8.6,-11.2! 11.2,-12 14.4,-10 17.8,-7.8! 17.4,-6.2 12.8,-7.8 8,-9 8.6,-11.2!")
    heel = g.path("0.5,-10.4! 3,-9.5 3.6,-6 5.4,-2.7! 0,-3! -0.2,-6 0.5,-10.4!")
    toe = g.spline([(20.6, -7.2), (20.2, -5.0), (21.0, -2.6)])
    marks: list[Mark] = [
        back,
        Panel(tongue, shoe.cloth, Relief(puff=(1.2, 0.6)), shadow=None, tone=0.86),
        _last(upper, shoe.cloth, _bend(20.8, -6.6)),
    ]
    for shape in (stay, heel):
        marks += [
            Panel(
                shape,
                shoe.cloth,
                Relief(puff=(1.0, 0.18)),
                shadow=Shadow(0.1, 0.2, 0.25, 0.4),
                edge=0.5,
                inherit=True,
            ),
            Stitches(g.beside(shape[4:-4], -0.4), on=0.16, off=0.1, width=0.05, strength=0.4),
        ]
    marks += [
        Seam(toe, 0.08, 0.3, 0.12),
        Seam(g.spline([(6.0, -9.2), (7.4, -6.0), (10.6, -2.7)]), 0.08, 0.25, 0.1),
    ]
    for n in range(6):
        x, y = 9.5 + 1.35 * n, -10.3 + 0.62 * n
        lace = g.Tube(
            g.spline([(x - 0.1, y + 0.4), (x + 0.5, y - 0.5), (x + 1.3, y - 1.2)]), (0.55, 0.6, 0.5)
        )
        marks.append(Shade(g.ellipse(x - 0.1, y + 0.5, 0.3, 0.3), 0.08, 0.4))
        marks.append(
            Panel(
                lace.outline,
                RUBBER,
                Relief(limb=lace, round=0.3),
                slots=("lace", "lace", "lace"),
                shadow=CLOSE,
                edge=0.1,
            )
        )
    marks += [
        Panel(sole, RUBBER, Relief(puff=(1.0, 0.6)), slots=SOLE, shadow=Shadow(0, -0.2, 0.3, 0.35), edge=0.4),
        Stitches(
            g.path("-0.2,-2.6 4,-2.3 10,-2.05 18,-1.85 24,-2.05 28.4,-2.7"),
            on=0.24,
            off=0.14,
            width=0.07,
            strength=0.35,
        ),
    ]
    return marks


def _pump(shoe: Shoe) -> list[Mark]:
    heel = g.path("0.7,-8.9! 6.2,-7.5! 3.7,-5.6 2.6,-3 2.3,0! 1.25,0! 1,-3 0.55,-6 0.7,-8.9!")
    sole = g.path(
        "5.4,-7.9! 8.2,-6.6 11.6,-4.3 15.6,-1.6 19,-0.6 24,-0.5 28.6,-1.4! 28.3,-0.8"
        " 26,-0.2 22,0 18.4,-0.05 15.2,-0.95 11.2,-3.7 7.9,-5.95 5.6,-7.2! 5.4,-7.9!"
    )
    upper = _upper(
        [
            (0.8, -8.7, 1),
            (-0.2, -10.6),
            (0.4, -14.0, 1),
            (3.6, -12.4),
            (8.4, -9.4),
            (13.4, -6.4),
            (17.0, -4.9),
            (19.0, -4.7, 1),
            (22.6, -4.6),
            (26.6, -3.6),
            (29.2, -1.9),
            (28.4, -1.2, 1),
            (24.0, -0.5),
            (19.0, -0.6),
            (15.6, -1.7),
            (11.0, -4.9),
            (6.0, -7.7),
            (0.8, -8.7, 1),
        ]
    )
    back = _opening(
        [
            (0.5, -13.8, 1),
            (3.6, -13.9),
            (9.0, -11.0),
            (14.6, -7.2),
            (18.8, -4.8, 1),
            (13.0, -5.6),
            (4.0, -11.4),
            (0.5, -13.8, 1),
        ]
    )
    edge = g.path("0.5,-13.9 3.6,-12.3 8.4,-9.3 13.4,-6.3 17,-4.8 19,-4.6")
    return [
        Panel(heel, shoe.cloth, Relief(puff=(1.4, 1.1)), shadow=None, edge=0.3),
        Panel(g.box(1.22, -0.4, 2.34, 0.05), RUBBER, slots=SOLE, shadow=None),
        Panel(sole, RUBBER, Relief(puff=(0.4, 0.25)), slots=SOLE, shadow=None),
        back,
        _last(upper, shoe.cloth, (), (2.8, 2.4)),
        *_piping(edge),
        Seam(g.spline([(0.2, -13.0), (-0.1, -10.8), (0.8, -8.8)]), 0.07, 0.2, 0.1),
    ]


def _flat(shoe: Shoe) -> list[Mark]:
    sole = g.path(
        "0.4,-1.5! 9,-0.9 18,-0.8 25,-0.9 28.2,-1.6! 28.1,-0.9 26.6,-0.25 23,0 18,0"
        " 12,-0.3 6.4,-0.6! 0.4,-0.6! 0.4,-1.5!"
    )
    heel = g.box(0.35, -1.1, 6.2, 0.0, 0.2)
    upper = _upper(
        [
            (0.4, -1.3, 1),
            (-0.1, -3.4),
            (0.5, -7.0, 1),
            (4.0, -5.5),
            (9.0, -4.6),
            (14.0, -4.4),
            (18.0, -4.9),
            (19.6, -5.3, 1),
            (23.0, -5.0),
            (26.4, -4.2),
            (28.3, -2.6),
            (28.0, -1.3, 1),
            (18.0, -0.75),
            (9.0, -0.85),
            (0.4, -1.3, 1),
        ]
    )
    back = _opening(
        [
            (0.6, -6.8, 1),
            (4.0, -7.0),
            (10.0, -6.6),
            (15.6, -6.0),
            (19.4, -5.3, 1),
            (12.0, -3.9),
            (4.0, -5.0),
            (0.6, -6.8, 1),
        ]
    )
    edge = g.path("0.6,-6.9 4,-5.4 9,-4.5 14,-4.3 18,-4.8 19.6,-5.2")
    marks: list[Mark] = [
        Panel(sole, RUBBER, Relief(puff=(0.4, 0.25)), slots=SOLE, shadow=None),
        Panel(heel, RUBBER, Relief(puff=(0.5, 0.3)), slots=SOLE, shadow=None),
        back,
        _last(upper, shoe.cloth, _bend(20.8, -4.6), (2.6, 2.2)),
        *_piping(edge),
    ]
    for points in (
        [(19.4, -5.4), (17.4, -6.6), (17.2, -5.2), (19.2, -5.0)],
        [(19.4, -5.4), (21.6, -6.4), (21.8, -5.0), (19.6, -4.9)],
        [(19.4, -5.1), (18.4, -3.7), (17.8, -3.0)],
        [(19.5, -5.1), (20.8, -3.8), (21.2, -2.9)],
    ):
        tube = g.Tube(g.spline([(float(x), float(y)) for x, y in points]), (0.4, 0.4))
        marks.append(Panel(tube.outline, SOFT, Relief(limb=tube, round=0.22), shadow=CLOSE, edge=0.1))
    marks.append(Button(19.45, -5.15, 0.42, slot="cloth", dome=True, shine=0.2))
    return marks


_KINDS: dict[str, Callable[[Shoe], list[Mark]]] = {
    "loafer": _loafer,
    "derby": _derby,
    "chelsea": _chelsea,
    "knee": _knee,
    "sneaker": _sneaker,
    "pump": _pump,
    "flat": _flat,
}


def shoe(cut: Shoe) -> Garment:
    """A pair: one in front, its fellow a little behind and above, in its shade."""
    front = _KINDS[cut.kind](cut)
    behind = tuple(_moved(mark, 5.6, -2.4) for mark in front)
    veil = [mark.outline for mark in behind if isinstance(mark, Panel)]
    dim = tuple(Shade(shape, 0.05, 0.0) for shape in veil[:1])
    return Garment((*behind, *dim, _dark(veil), *front), fill=0.88, colours=cut.colours)


def _dark(shapes: list[Line]) -> Shade:
    points = np.concatenate(shapes)
    low, high = points.min(axis=0) - 2, points.max(axis=0) + 2
    return Shade(g.box(float(low[0]), float(low[1]), float(high[0]), float(high[1])), 0.2, 0.30)


def _moved(mark: Mark, dx: float, dy: float) -> Mark:
    from kiosk.demo.drawing.moving import moved

    return moved(mark, dx, dy)
