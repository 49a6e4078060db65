"""The leather sneaker."""

from garment_artwork.accessories.lasts import RUBBER, SOLE, Shoe, bend, last, opening
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.marks import CLOSE, Mark, Panel, Seam, Shade, Shadow, Stitches
from garment_artwork.primitives.relief import Relief


def sneaker(shoe: Shoe) -> list[Mark]:
    sole = g.path(
        "-0.4,-3.1! 4,-2.8 10,-2.6 18,-2.6 24,-2.9 28.2,-3.7! 28.9,-2.9 28.9,-1.9"
        " 27.6,-0.75 25.4,-0.15 22,0 16,0 10,0 4,0 0.9,-0.15 -0.1,-0.9 -0.4,-3!"
    )
    upper = g.path(
        "0,-3! -0.2,-6 0.6,-10.6! 3.2,-9.4 6.4,-9.5 9.2,-11.4! 11.4,-12.2 14.6,-10"
        " 18.4,-7.6 22.6,-6.3 26.4,-5.5 28.3,-4 28.4,-2.9! 16,-2 0,-2.8!"
    )
    back = opening(
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
    tongue = g.path("8.8,-10.9! 9.9,-12.9 12,-13.1 17.6,-8.2! 8.8,-10.9!")
    stay = g.path("8.6,-11.2! 11.2,-12 14.4,-10 17.8,-7.8! 17.4,-6.2 12.8,-7.8 8,-9 8.6,-11.2!")
    heel = g.path("0.5,-10.4! 3,-9.5 3.6,-6 5.4,-2.7! 0,-3! -0.2,-6 0.5,-10.4!")
    toe = g.spline([(20.6, -7.2), (20.2, -5.0), (21.0, -2.6)])
    marks: list[Mark] = [
        back,
        Panel(tongue, shoe.cloth, Relief(puff=(1.2, 0.6)), shadow=None, tone=0.86),
        last(upper, shoe.cloth, bend(20.8, -6.6)),
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
