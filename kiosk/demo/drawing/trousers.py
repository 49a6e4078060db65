"""Trousers, jeans and shorts: waistband, fly, pleats and creases, pockets, turn-ups, the break at the hem."""

from dataclasses import dataclass, field

import numpy as np

from kiosk.demo.drawing import drapery as dr
from kiosk.demo.drawing import geometry as g
from kiosk.demo.drawing import torso
from kiosk.demo.drawing.cloth import Cloth, woven
from kiosk.demo.drawing.geometry import Line
from kiosk.demo.drawing.marks import CLOSE, Button, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from kiosk.demo.drawing.relief import Drape, Fold, Relief
from kiosk.demo.drawing.torso import Hang


@dataclass(frozen=True, slots=True)
class Legs:
    """How trousers are cut: half-widths in cm, `knee` and `hem` are widths of one leg, `apart` the hems' distance."""

    cloth: Cloth = Cloth(weave=woven(0.02, 0.16), gloss=0.06)
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


def _edges(cut: Legs) -> tuple[Line, Line]:
    """Outer and inner edge of the right leg from the waistband to the hem."""
    low, knee_y = cut.length, cut.rise + (cut.length - cut.rise) * 0.46
    inner_end = cut.apart / 2
    outer_end = inner_end + cut.hem
    knee_in = max(0.9, inner_end * 0.72)
    long = low > cut.rise + 30
    knee_out = knee_in + cut.knee if long else outer_end
    goal_y = knee_y if long else low
    seat = cut.rise * 0.70

    def between(y: float) -> float:
        return cut.hip + (knee_out - cut.hip) * (y - seat) / (goal_y - seat)

    outer = [
        (cut.waist, cut.band),
        (cut.waist + (cut.hip - cut.waist) * 0.55, cut.band + 6.5),
        (cut.hip, seat),
        (between(cut.rise + 8) + 0.25, cut.rise + 8),
    ]
    inner = [(0.0, cut.band), (0.0, cut.rise * 0.6), (0.15, cut.rise, 1), (0.6, cut.rise + 5.0)]
    if long:
        outer += [(knee_out, knee_y), (outer_end * 0.8 + knee_out * 0.2, low - 12)]
        inner += [(knee_in, knee_y), (inner_end * 0.8 + knee_in * 0.2, low - 12)]
    outer.append((outer_end, low))
    inner.append((inner_end, low + 0.2))
    return g.spline(outer), g.spline(inner)


def _leg(cut: Legs, side: int) -> list[Mark]:
    outer, inner = _edges(cut)
    # Edge points are paired by height, so that the weave and the crease run straight down.
    rows = np.linspace(cut.band, cut.length, 90)
    a = np.stack([np.interp(rows, outer[:, 1], outer[:, 0]), rows], axis=1)
    b = np.stack([np.interp(rows, inner[:, 1], inner[:, 0]), rows], axis=1)
    tube, _ = g.limb(a, b, 90)
    hem = g.spline(
        [
            (float(a[-1, 0]), cut.length),
            (float(a[-1, 0] + b[-1, 0]) / 2, cut.length - 0.5),
            (float(b[-1, 0]), cut.length + 0.2),
        ]
    )
    outline = np.concatenate([a, hem, b[::-1]])
    middle = _crease(cut, a, b)
    folds = _folds(cut, tube, middle)
    folds = folds if side > 0 else tuple(dr.mirrored(fold) for fold in folds)
    drapes = (Drape(2.3, 0.1, cut.drape, phase=0.8 * side, seed=cut.hang.seed + side),) if cut.drape else ()
    relief = Relief(
        limb=tube if side > 0 else tube.mirrored(),
        round=5.2,
        folds=folds,
        drapes=drapes,
        crumples=dr.hang(cut.hang.depth * 0.8, cut.hang.seed + side, cut.hang.crisp),
    )
    mouth = torso.mouth(a - [0.3, 0], b + [0.3, 0], ("cloth", "second", "third"), side, 1.0)
    marks: list[Mark] = [
        mouth,
        Panel(outline if side > 0 else g.mirror(outline), cut.cloth, relief, shadow=None, edge=0.4),
    ]
    if cut.turnup:
        marks += _turnup(cut, a, b, side)
    elif cut.jeans or not cut.crease:
        line = g.shift(hem, 0, -1.4)
        marks.append(
            Stitches(
                line if side > 0 else g.mirror(line),
                on=0.3,
                off=0.16,
                width=0.08,
                strength=0.6 if cut.jeans else 0.35,
            )
        )
    if cut.jeans:
        seam = a[8:-2] + [-1.2, 0]
        marks.append(Seam(seam if side > 0 else g.mirror(seam), 0.12, 0.25, 0.12))
    return marks


def _crease(cut: Legs, a: Line, b: Line) -> Line:
    share = 0.5
    line = a * share + b * (1 - share)
    start = int(len(line) * (0.08 if cut.pleats else 0.24))
    found: Line = line[start:]
    if cut.pleats:
        found = g.spline(
            [
                (cut.waist * 0.50, cut.band + 0.2),
                *[(float(x), float(y)) for x, y in found[6::12]],
                (float(found[-1][0]), float(found[-1][1])),
            ]
        )
    return found


def _folds(cut: Legs, tube: g.Tube, middle: Line) -> tuple[Fold, ...]:
    seed, depth = cut.hang.seed, cut.hang.depth
    folds: tuple[Fold, ...] = ()
    if cut.crease:
        folds += (Fold(middle, 0.55, 0.30, 0.0, (0.04 if cut.pleats else 0.25, 0.001)),)
    for n in range(cut.pleats):
        x = cut.waist * (0.50 + 0.22 * n)
        line = g.spline([(x, cut.band), (x + 0.6 + n, cut.band + 9), (x + 1.2 + 1.6 * n, cut.band + 20)])
        folds += (
            Fold(line, 0.8, 0.75, 0.5, (0.001, 0.9)),
            Fold(g.shift(line, 1.7, 0.4), 0.8, -0.55, 0.3, (0.001, 0.9)),
        )
    r = cut.rise
    for angle, far in ((25, 12.0), (52, 13.0), (8, 9.0)):
        t = np.deg2rad(angle)
        line = g.spline(
            [
                (0.8, r - 0.5),
                (0.8 + np.cos(t) * far * 0.5, r - 0.3 + np.sin(t) * far * 0.42),
                (0.8 + np.cos(t) * far, r - 1.0 + np.sin(t) * far),
            ]
        )
        folds += (Fold(line, 1.1, depth * 0.55, 0.3, (0.1, 0.75)),)
    places = cut.breaks if cut.length > cut.rise + 30 else ()
    folds += dr.crossing(tube, seed, places, depth * 0.5, 0.4, 2.0)
    if not cut.crease and cut.hem < 24:
        folds += dr.crossing(tube, seed + 3, (0.52, 0.6), depth * 0.35, 0.4, 2.2)
    return folds + dr.lengthwise(tube, seed, 2, depth * 0.5, 1.8)


def _turnup(cut: Legs, a: Line, b: Line, side: int) -> list[Mark]:
    t = cut.turnup
    x0, x1 = float(b[-1, 0]) - 0.25, float(a[-1, 0]) + 0.25
    half = [
        (x0, cut.length - t),
        ((x0 + x1) / 2, cut.length - t - 0.5),
        (x1, cut.length - t, 1),
        (x1, cut.length + 0.1, 1),
        ((x0 + x1) / 2, cut.length - 0.45),
        (x0, cut.length + 0.3, 1),
        (x0, cut.length - t, 1),
    ]
    line = g.spline(half)  # type: ignore[arg-type]  # corners are marked by a third number
    tube = g.limb(
        g.spline([(x1, cut.length - t), (x1, cut.length)]),
        g.spline([(x0, cut.length - t), (x0, cut.length)]),
        12,
    )[0]
    middle = (x0 + x1) / 2
    fold = Fold(
        g.spline([(middle, cut.length - t - 0.4), (middle, cut.length - 0.4)]), 0.5, 0.3, 0.0, (0.001, 0.001)
    )
    fold = fold if side > 0 else dr.mirrored(fold)
    relief = Relief(limb=tube if side > 0 else tube.mirrored(), round=5.2, folds=(fold,))
    return [
        Panel(
            line if side > 0 else g.mirror(line),
            cut.cloth,
            relief,
            shadow=Shadow(0.1, -0.35, 0.4, 0.4),
            edge=0.6,
        )
    ]


def _waist(cut: Legs) -> list[Mark]:
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
        for y in (1.5, b + 0.2):
            marks.append(
                Stitches(
                    g.spline([(-w, y - 0.8), (0, y), (w, y - 0.8)]),
                    on=0.3,
                    off=0.16,
                    width=0.09,
                    strength=0.75,
                )
            )
    if not cut.cord:
        for x in (w * 0.52, w * 0.93):
            for side in (1, -1):
                loop = g.box(x * side - 0.55, 0.1, x * side + 0.55, b + 1.3, 0.2)
                marks.append(
                    Panel(loop, cut.cloth, Relief(puff=(0.5, 0.25)), shadow=CLOSE, inherit=True, edge=0.6)
                )
    return marks


def _middle(cut: Legs) -> list[Mark]:
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


def _pockets(cut: Legs) -> list[Mark]:
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
            for off in (0.35, 1.0):
                marks.append(
                    Stitches(place(g.beside(line, -off)), on=0.3, off=0.16, width=0.09, strength=0.75)
                )
            for x, y in ((w * 0.50 - 0.5, b + 1.9), (w + 1.0, b + 10.2)):
                marks.append(Button(x * side, y, 0.36, slot="metal", dome=True, shine=0.8))
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


def trousers(cut: Legs) -> Garment:
    """A whole pair."""
    marks: list[Mark] = [*_leg(cut, -1), *_leg(cut, 1), *_pockets(cut), *_waist(cut), *_middle(cut)]
    if cut.jeans:
        marks += _worn(cut)
    return Garment(tuple(marks), fill=0.96, colours=cut.colours)


def _worn(cut: Legs) -> list[Mark]:
    """Where denim has been worn pale: the fronts of the thighs, the whiskers at the hip."""
    marks: list[Mark] = []
    for side in (1, -1):
        thigh = g.ellipse(side * 11.5, cut.rise + 17, 4.4, 19)
        marks.append(Shade(thigh, 3.4, -0.24))
        for n, y in enumerate((cut.rise - 6, cut.rise - 2.5, cut.rise + 1.5)):
            line = g.spline([(side * 3.5, y + 2.5), (side * 10, y + 0.4), (side * 17, y - 1.5 - n)])
            marks.append(Shade(g.stroke(line, 0.9), 0.6, -0.14))
    return marks
