"""Boots and heels: Chelsea boot, knee boot, pump."""

from garment_artwork.accessories.lasts import RUBBER, SOLE, Shoe, bend, last, opening, piping, sole
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.marks import CLOSE, Mark, Panel, Seam, Stitches
from garment_artwork.primitives.relief import Fold, Relief
from garment_artwork.primitives.stitches import ribbed


def chelsea(shoe: Shoe) -> list[Mark]:
    upper = g.path(
        "0.4,-2.15! -0.3,-6.5 0.4,-12 0,-18.8! 5.5,-18 11.4,-18.6! 11.6,-14.5 13.4,-11"
        " 17.6,-8.6 22.6,-7 26.8,-5.8 28.6,-3.6 28.2,-1.8! 24,-1 18,-0.85 12.5,-1.2 8,-2.05 0.4,-2.15!"
    )
    back = opening(
        [(0.2, -18.7, 1), (3.0, -19.6), (8.6, -19.5), (11.3, -18.6, 1), (6.0, -17.4), (0.2, -18.7, 1)]
    )
    gore = g.path("3.6,-18.2! 8.4,-18.2! 8.2,-14 6.6,-8.6 5.6,-8.5 4,-13 3.6,-18.2!")
    rib = Cloth(weave=ribbed(0.28, 0.06), gloss=0.04)
    marks: list[Mark] = [*sole(0.9, 2.7), back, last(upper, shoe.cloth, bend(19.6, -7.2), (4.6, 3.2))]
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


def knee(shoe: Shoe) -> list[Mark]:
    upper = g.path(
        "0.75,-3.1! 0.1,-7.5 0.9,-13 -0.4,-24 -1.4,-34 -1,-42.6! 5.4,-41.6 13,-42.8!"
        " 12.6,-33 11.4,-22 11,-15 12.8,-11.2 17,-8.8 22.4,-7.2 26.8,-5.6 28.8,-3.2"
        " 28.2,-1.6! 24,-0.85 18,-0.8 12.8,-1.6 8,-3 0.75,-3.1!"
    )
    back = opening(
        [(-0.9, -42.4, 1), (2.4, -43.8), (9.0, -43.8), (12.9, -42.7, 1), (6.0, -41.0), (-0.9, -42.4, 1)]
    )
    folds = (
        Fold(g.spline([(0.6, -13.6), (4.0, -12.2), (8.2, -13.0)]), 0.7, -0.32, 0.0, (0.1, 0.6)),
        Fold(g.spline([(11.4, -15.2), (8.0, -13.6), (4.6, -14.6)]), 0.7, -0.28, 0.0, (0.1, 0.6)),
        Fold(g.spline([(0.4, -17.0), (4.4, -15.8), (7.4, -17.0)]), 0.8, 0.25, 0.0, (0.1, 0.7)),
        Fold(g.spline([(11.0, -19.2), (7.6, -18.0), (4.0, -19.4)]), 0.9, 0.22, 0.0, (0.1, 0.7)),
        *bend(19.4, -7.4),
    )
    marks: list[Mark] = [*sole(0.8, 3.6, 6.6), back, last(upper, shoe.cloth, folds, (5.2, 3.6))]
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


def pump(shoe: Shoe) -> list[Mark]:
    heel = g.path("0.7,-8.9! 6.2,-7.5! 3.7,-5.6 2.6,-3 2.3,0! 1.25,0! 1,-3 0.55,-6 0.7,-8.9!")
    sole = g.path(
        "5.4,-7.9! 8.2,-6.6 11.6,-4.3 15.6,-1.6 19,-0.6 24,-0.5 28.6,-1.4! 28.3,-0.8"
        " 26,-0.2 22,0 18.4,-0.05 15.2,-0.95 11.2,-3.7 7.9,-5.95 5.6,-7.2! 5.4,-7.9!"
    )
    upper = g.path(
        "0.8,-8.7! -0.2,-10.6 0.4,-14! 3.6,-12.4 8.4,-9.4 13.4,-6.4 17,-4.9 19,-4.7!"
        " 22.6,-4.6 26.6,-3.6 29.2,-1.9 28.4,-1.2! 24,-0.5 19,-0.6 15.6,-1.7 11,-4.9"
        " 6,-7.7 0.8,-8.7!"
    )
    back = opening(
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
        last(upper, shoe.cloth, (), (2.8, 2.4)),
        *piping(edge),
        Seam(g.spline([(0.2, -13.0), (-0.1, -10.8), (0.8, -8.8)]), 0.07, 0.2, 0.1),
    ]
