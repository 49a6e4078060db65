"""What sits at the top of trousers: their cut as a value, waistband, fly, cord, pockets, worn places."""

from dataclasses import dataclass, field
from typing import Final

from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, woven
from garment_artwork.primitives.geometry import Line
from garment_artwork.primitives.marks import CLOSE, Button, Mark, Panel, Seam, Shade, Shadow, Stitches
from garment_artwork.primitives.relief import Fold, Relief
from garment_artwork.upper import torso
from garment_artwork.upper.torso import Hang

_SERGE: Final = Cloth(weave=woven(0.02, 0.16), gloss=0.06)


@dataclass(frozen=True, slots=True)
class Legs:
    """How trousers are cut: half-widths in cm, `knee` and `hem` are widths of one leg, `apart` the hems' distance."""

    cloth: Cloth = _SERGE
    waist: float = 18.5
    hip: float = 22.8
    rise: float = 29.0
    length: float = 106.0
    knee: float = 22.0
    hem: float = 20.0
    apart: float = 4.5
    band: float = 4.0
    crease: bool = True
    pleats: int = 0
    turnup: float = 0.0
    pocket: str = "slant"
    jeans: bool = False
    cord: bool = False
    closing: str = "hook"
    drape: float = 0.0
    breaks: tuple[float, ...] = (0.94,)
    hang: Hang = field(default_factory=lambda: Hang(0.55, 0.2, 21))
    colours: dict[str, str] = field(default_factory=dict)


def waist(cut: Legs) -> list[Mark]:
    w, b = cut.waist, cut.band
    back = g.whole(
        g.spline([(0.0, -1.9, 1), (w * 0.6, -1.5), (w - 0.4, 0.0, 1), (w * 0.6, 2.4), (0.0, 3.0, 1)])
    )
    front = g.whole(
        g.spline(
            [
                (0.0, 0.9, 1),
                (w * 0.55, 0.6),
                (w - 0.3, -0.2, 1),
                (w + 0.05, b * 0.5),
                (w + 0.1, b + 0.1, 1),
                (w * 0.55, b + 0.8),
                (0.0, b + 1.0, 1),
            ]
        )
    )
    folds: tuple[Fold, ...] = ()
    if cut.cord:
        folds = dr.gathers((w - 0.5, b), (-w + 0.5, b + 0.2), -b * 1.1, 26, 0.28, 3)
    marks: list[Mark] = [
        Panel(back, torso.LINING, slots=torso.INNER, shadow=None, tone=torso.fading(-2, 3, 0.62, 0.3)),
        Seam(g.spline([(-w * 0.8, -0.2), (0, -0.9), (w * 0.8, -0.2)]), 0.12, 0.3),
        Panel(
            front,
            cut.cloth,
            Relief(body=6.5, folds=folds, crumples=dr.hang(0.12, 4, 0.2)),
            shadow=Shadow(0.05, 0.35, 0.35, 0.4),
            edge=0.5,
            grain=90,
        ),
    ]
    if cut.jeans:
        marks += [
            Stitches(
                g.spline([(-w, y - 0.8), (0, y), (w, y - 0.8)]),
                on=0.3,
                off=0.16,
                width=0.09,
                strength=0.75,
            )
            for y in (1.5, b + 0.2)
        ]
    if not cut.cord:
        for x in (w * 0.52, w * 0.93):
            for side in (1, -1):
                loop = g.box(x * side - 0.55, 0.1, x * side + 0.55, b + 1.3, 0.2)
                marks.append(
                    Panel(loop, cut.cloth, Relief(puff=(0.5, 0.25)), shadow=CLOSE, inherit=True, edge=0.6)
                )
    return marks


def middle(cut: Legs) -> list[Mark]:
    b, r = cut.band, cut.rise
    marks: list[Mark] = []
    if cut.cord:
        return _cord(cut)
    marks.append(Seam(g.spline([(0.0, b + 0.9), (0.0, r - 6), (0.1, r)]), 0.12, 0.42, 0.12))
    fly = g.spline([(3.4, b + 1.0), (3.3, b + 9.5), (2.5, b + 13.2), (0.3, b + 16.0)])
    if cut.jeans:
        marks += [
            Stitches(fly, on=0.3, off=0.16, width=0.09, strength=0.75),
            Stitches(g.beside(fly, 0.55), on=0.3, off=0.16, width=0.09, strength=0.75),
        ]
    else:
        marks.append(Stitches(fly, on=0.22, off=0.16, width=0.06, strength=0.35))
    if cut.closing == "button":
        marks.append(
            Button(
                0.4,
                b * 0.5 + 0.8,
                0.95 if cut.jeans else 0.75,
                slot="metal" if cut.jeans else "button",
                dome=cut.jeans,
            )
        )
    else:
        marks.append(Seam(g.spline([(2.2, 0.9), (2.2, b + 0.9)]), 0.1, 0.35, 0.1))
    return marks


def _cord(cut: Legs) -> list[Mark]:
    b = cut.band
    marks: list[Mark] = []
    for points in (
        [(-0.8, b * 0.5 + 0.8), (-3.4, b + 4.0), (-3.0, b + 10), (-4.2, b + 17)],
        [(0.8, b * 0.5 + 0.8), (2.6, b + 5.0), (2.0, b + 10), (3.2, b + 15)],
        [(-0.6, b * 0.5 + 0.9), (-4.0, b * 0.5 + 3.4), (-5.6, b * 0.5 + 1.8), (-0.4, b * 0.5 + 0.7)],
        [(0.6, b * 0.5 + 0.9), (4.2, b * 0.5 + 3.6), (5.8, b * 0.5 + 1.6), (0.4, b * 0.5 + 0.7)],
    ):
        line = g.spline([(float(x), float(y)) for x, y in points])
        tube = g.Tube(line, (0.8, 0.8))
        marks.append(
            Panel(
                tube.outline,
                cut.cloth,
                Relief(limb=tube, round=0.4),
                shadow=Shadow(0.15, 0.35, 0.3, 0.5),
                edge=0.2,
            )
        )
    return marks


def pockets(cut: Legs) -> list[Mark]:
    b, w = cut.band, cut.waist
    marks: list[Mark] = []
    for side in (1, -1):

        def place(line: Line, side: int = side) -> Line:
            return line if side > 0 else g.mirror(line)

        if cut.pocket == "slant":
            line = g.spline([(w * 0.72, b + 0.7), (w * 0.94, b + 9), (w + 3.4, b + 16.5)])
            marks += [
                Shade(place(g.stroke(g.shift(line, 0.25, 0.2), 0.5)), 0.3, 0.35),
                Seam(place(line), 0.14, 0.5, 0.2),
            ]
        elif cut.pocket == "jeans":
            line = g.spline(
                [(w * 0.50, b + 0.9), (w * 0.56, b + 5.2), (w * 0.76, b + 8.6), (w + 2.6, b + 9.4)]
            )
            marks += [
                Shade(place(g.stroke(g.shift(line, 0.2, -0.3), 0.6)), 0.3, 0.35),
                Seam(place(line), 0.14, 0.45, 0.15),
            ]
            marks += [
                Stitches(place(g.beside(line, -off)), on=0.3, off=0.16, width=0.09, strength=0.75)
                for off in (0.35, 1.0)
            ]
            marks += [
                Button(x * side, y, 0.36, slot="metal", dome=True, shine=0.8)
                for x, y in ((w * 0.50 - 0.5, b + 1.9), (w + 1.0, b + 10.2))
            ]
        elif cut.pocket == "side":
            line = g.spline([(w + 0.9, b + 4), (w + 3.6, b + 12), (cut.hip - 0.7, b + 18)])
            marks.append(Seam(place(line), 0.14, 0.4, 0.15))
    if cut.pocket == "jeans":
        coin = g.spline([(-w * 0.86, b + 4.2), (-w * 0.60, b + 4.6)])
        marks += [
            Seam(coin, 0.12, 0.4),
            Stitches(g.shift(coin, 0, 0.5), on=0.3, off=0.16, width=0.08, strength=0.7),
        ]
    return marks


def worn(cut: Legs) -> list[Mark]:
    """Where denim has been worn pale: the fronts of the thighs, the whiskers at the hip."""
    marks: list[Mark] = []
    for side in (1, -1):
        thigh = g.ellipse(side * 11.5, cut.rise + 17, 4.4, 19)
        marks.append(Shade(thigh, 3.4, -0.24))
        for n, y in enumerate((cut.rise - 6, cut.rise - 2.5, cut.rise + 1.5)):
            line = g.spline([(side * 3.5, y + 2.5), (side * 10, y + 0.4), (side * 17, y - 1.5 - n)])
            marks.append(Shade(g.stroke(line, 0.9), 0.6, -0.14))
    return marks
