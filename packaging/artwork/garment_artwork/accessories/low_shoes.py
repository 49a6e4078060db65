"""Low shoes: loafer, derby, sneaker, ballet flat."""

from garment_artwork.accessories.lasts import RUBBER, SOFT, SOLE, Shoe, bend, last, opening, piping, sole
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.marks import CLOSE, Button, Mark, Panel, Seam, Shade, Shadow, Stitches
from garment_artwork.primitives.relief import Relief


def loafer(shoe: Shoe) -> list[Mark]:
    topline = g.path("0.5,-9.3 3.5,-7.9 8,-7.5 11.6,-9 13.4,-10.6")
    upper = g.path(
        "0.4,-2.05! -0.35,-5.2 0.4,-9.3! 3.5,-7.9 8,-7.5 11.6,-9 13.2,-10.9! 15.4,-9.9"
        " 18.4,-7.6 22,-6.1 25.6,-5.4 28,-4.2 28.8,-2.6 28.3,-1.7! 24,-0.9 18,-0.75"
        " 12.5,-1.15 8,-1.95 0.4,-2.05!"
    )
    back = opening(
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
    apron = g.path("13.4,-8.2 16.4,-7.2 19.6,-5.6 23.4,-4.9 26.2,-4.6 27.8,-4 28.5,-3.2")
    strap = g.path("11.4,-1.7! 12.6,-6.2 14.5,-10.4! 17.5,-8.4! 16.4,-5.2 15.9,-1.1! 11.4,-1.7!")
    slot_ = g.spline([(14.7, -7.0), (16.0, -8.0)])
    marks: list[Mark] = [*sole(0.8, 2.3), back, last(upper, shoe.cloth)]
    marks += [*piping(topline), Shade(g.stroke(g.shift(apron, 0, -0.2), 0.7), 0.35, 0.25)]
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


def derby(shoe: Shoe) -> list[Mark]:
    upper = g.path(
        "0.4,-2.05! -0.35,-5.5 0.5,-10.2! 3.6,-8.7 6.6,-8.8 9.6,-11.2! 11.6,-12"
        " 14.6,-10.4 18.6,-8 23,-6.7 26.8,-5.6 28.6,-3.5 28.2,-1.7! 24,-0.9 18,-0.75"
        " 12.5,-1.15 8,-1.95 0.4,-2.05!"
    )
    back = opening(
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
        "0.4,-2.15! -0.3,-5.5 0.5,-10.2! 3.6,-8.7 6.6,-8.8 9.6,-11.2! 12.6,-10.8"
        " 17,-8.2! 16.6,-6.2 14.2,-4.6 12.2,-1.6! 8,-2.5 0.35,-2.6!"
    )
    tongue = g.path("9.4,-10.9! 10.8,-13.2 12.6,-13.2 17.2,-8.4! 9.4,-10.9!")
    marks: list[Mark] = [
        *sole(0.9, 2.5),
        back,
        Panel(tongue, shoe.cloth, Relief(puff=(1.2, 0.5)), shadow=None, tone=0.8),
        last(upper, shoe.cloth, bend(20.0, -7.0)),
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


def flat(shoe: Shoe) -> list[Mark]:
    sole = g.path(
        "0.4,-1.5! 9,-0.9 18,-0.8 25,-0.9 28.2,-1.6! 28.1,-0.9 26.6,-0.25 23,0 18,0"
        " 12,-0.3 6.4,-0.6! 0.4,-0.6! 0.4,-1.5!"
    )
    heel = g.box(0.35, -1.1, 6.2, 0.0, 0.2)
    upper = g.path(
        "0.4,-1.3! -0.1,-3.4 0.5,-7! 4,-5.5 9,-4.6 14,-4.4 18,-4.9 19.6,-5.3! 23,-5"
        " 26.4,-4.2 28.3,-2.6 28,-1.3! 18,-0.75 9,-0.85 0.4,-1.3!"
    )
    back = opening(
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
        last(upper, shoe.cloth, bend(20.8, -4.6), (2.6, 2.2)),
        *piping(edge),
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
