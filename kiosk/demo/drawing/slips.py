"""Sleeveless pieces: camisole, slip dress, shift, pleated gown, full-skirted dress."""

from dataclasses import dataclass, field

import numpy as np

from kiosk.demo.drawing import drapery as dr
from kiosk.demo.drawing import geometry as g
from kiosk.demo.drawing import torso
from kiosk.demo.drawing.cloth import Cloth, Floats, woven
from kiosk.demo.drawing.geometry import Line, Point
from kiosk.demo.drawing.marks import CLOSE, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from kiosk.demo.drawing.relief import Crumple, Drape, Fold, Form, Relief
from kiosk.demo.drawing.torso import Hang

SATIN = Cloth(weave=woven(0.008), gloss=0.55, tint=0.8, fuzz=0.3)


@dataclass(frozen=True, slots=True)
class Slip:
    """How a sleeveless piece is cut. `top` slip, shift, gown or bodice; half-widths and heights in cm."""

    top: str
    cloth: Cloth = SATIN
    bust: float = 19.5
    bust_at: float = 27.0
    waist: float = 16.8
    waist_at: float = 43.0
    hip: float = 21.5
    hip_at: float = 63.0
    hem: float = 25.0
    length: float = 118.0
    swell: float = 1.0
    seam: bool = False
    hang: Hang = field(default_factory=lambda: Hang(0.5, 0.1, 61))
    colours: dict[str, str] = field(default_factory=dict)


def _neckline(cut: Slip) -> list[Point]:
    """From the middle of the front over the strap to the underarm."""
    b, y = cut.bust, cut.bust_at
    if cut.top == "slip":
        return [
            (0.0, y - 5.5, 1),
            (4.2, y - 8.2),
            (8.6, y - 12.0, 1),
            (12.2, y - 8.0),
            (15.6, y - 4.0),
            (b, y - 1.6, 1),
        ]
    if cut.top == "gown":
        return [
            (0.0, 7.5, 1),
            (3.6, 5.6),
            (6.6, 0.4, 1),
            (10.2, 1.2, 1),
            (12.2, 9.0),
            (14.6, 17.0),
            (b, y - 2.0, 1),
        ]
    if cut.top == "bodice":
        return [
            (0.0, 10.0, 1),
            (6.5, 9.0),
            (11.4, 1.6, 1),
            (17.2, 3.2, 1),
            (16.2, 11.0),
            (16.8, 18.0),
            (b, y - 2.5, 1),
        ]
    return [
        (0.0, 5.2, 1),
        (5.0, 4.2),
        (8.4, 0.3, 1),
        (18.4, 3.6, 1),
        (17.0, 11.0),
        (17.2, 18.5),
        (b, y - 2.0, 1),
    ]


def _line(cut: Slip, wave: float, count: float) -> Line:
    side: list[Point] = [*_neckline(cut)]
    if cut.length > cut.waist_at + 6:
        side += [
            ((cut.bust + cut.waist) / 2 + 0.35, (cut.bust_at + cut.waist_at) / 2 - 1),
            (cut.waist, cut.waist_at),
        ]
    if cut.seam:
        side += [(cut.waist, cut.waist_at + 0.5, 1)]
    if cut.length > cut.hip_at + 6:
        side += [((cut.waist + cut.hip) / 2 + 0.9, (cut.waist_at + cut.hip_at) / 2), (cut.hip, cut.hip_at)]
        side += [((cut.hip + cut.hem) / 2, (cut.hip_at + cut.length) / 2)]
    side += [(cut.hem, cut.length - 0.8, 1)]
    xs = np.linspace(cut.hem, 0, 60)
    hem = np.stack(
        [
            xs,
            cut.length + np.cos(xs / cut.hem * np.pi / 2) * 1.3 + wave * np.cos(xs / cut.hem * np.pi * count),
        ],
        axis=1,
    )
    return g.whole(np.concatenate([g.spline(side), hem[1:]]))


def _back(cut: Slip) -> list[Mark]:
    """The inside of the back above the front's neckline, and of the hem below it."""
    b, y = cut.bust, cut.bust_at
    marks: list[Mark] = []
    if cut.top == "slip":
        half = g.spline(
            [(0.0, y - 1.5, 1), (10.0, y - 2.2), (b - 0.2, y - 1.4, 1), (b - 1.5, y + 5), (0.0, y + 6, 1)]
        )
        marks.append(Panel(g.whole(half), cut.cloth, shadow=None, tone=0.4))
    else:
        neck = {"gown": 6.4, "bodice": 11.6}.get(cut.top, 8.4)
        marks += torso.neck_inside(
            neck, {"gown": -1.6, "bodice": 1.2}.get(cut.top, -1.9), 12.0, cut.cloth, label=cut.top != "bodice"
        )
        arm = {"gown": 10.0, "bodice": 17.0}.get(cut.top, 18.2)
        for side in (1, -1):
            hole = g.spline(
                [
                    (arm - 2, 2.0, 1),
                    (arm + 0.6, 3.2),
                    (b - 0.9, y - 9),
                    (b - 0.1, y - 2.2, 1),
                    (14.0, y - 2),
                    (arm - 4, 12),
                    (arm - 2, 2.0, 1),
                ]
            )
            marks.append(
                Panel(
                    hole if side > 0 else g.mirror(hole),
                    cut.cloth,
                    shadow=None,
                    tone=torso.fading(2, y, 0.5, 0.28),
                )
            )
    xs = np.linspace(-cut.hem * 0.93, cut.hem * 0.93, 40)
    low = np.stack([xs, cut.length + 1.7 * np.cos(xs / cut.hem * np.pi / 2)], axis=1)
    lens = np.concatenate([low, [[cut.hem * 0.9, cut.length - 5], [-cut.hem * 0.9, cut.length - 5]]])
    return [Panel(lens, cut.cloth, shadow=None, tone=0.33), *marks]


def _straps(cut: Slip) -> list[Mark]:
    y = cut.bust_at
    marks: list[Mark] = []
    for side in (1, -1):
        behind = g.spline([(8.2, -0.4), (8.0, 8.0), (9.6, y - 2)])
        before = g.spline([(8.3, -0.4), (8.4, y * 0.28), (8.6, y - 11.4)])
        for line, tone in ((behind, 0.5), (before, 1.0)):
            tube = g.Tube(line if side > 0 else g.mirror(line), (0.65, 0.65))
            marks.append(
                Panel(
                    tube.outline,
                    cut.cloth,
                    Relief(limb=tube, round=0.25),
                    shadow=CLOSE if tone == 1 else None,
                    tone=tone,
                    edge=0.2,
                )
            )
        marks.append(
            Panel(
                g.ellipse(8.36 * side, 4.0, 0.62, 0.5),
                Cloth(gloss=0.5, shine=0.8),
                slots=("metal", "metal", "metal"),
                holes=(g.ellipse(8.36 * side, 4.0, 0.3, 0.25),),
                shadow=CLOSE,
                edge=0.3,
            )
        )
    return marks


def _front(cut: Slip, wave: float, count: float, relief: Relief) -> list[Mark]:
    return [
        Panel(
            _line(cut, wave, count),
            cut.cloth,
            relief,
            shadow=Shadow(0.2, 0.4, 0.6, 0.4),
            edge=0.35,
            grain=32 if cut.top == "slip" else 0,
        )
    ]


def _bust(depth: float, at: float) -> Form:
    """The soft form of a bust, so that cloth has something to fall from."""

    def form(x: Floats, y: Floats) -> Floats:
        found = np.zeros(x.shape, np.float32)
        for side in (-8.2, 8.2):
            found += depth * np.exp(-(((x - side) / 6.4) ** 2) - (((y - at) / 6.8) ** 2))
        return found.astype(np.float32)

    return form


def slip(cut: Slip) -> Garment:
    """A camisole or slip dress: cut on the bias, a V of cloth on two straps."""
    y, seed = cut.bust_at, cut.hang.seed
    cowl = tuple(
        Fold(
            g.spline(
                [
                    (-9.5 + n * 0.6, y - 9.5 + n * 2.4),
                    (0.0, y - 2.0 + n * 3.4),
                    (9.5 - n * 0.6, y - 9.5 + n * 2.4),
                ]
            ),
            1.2,
            0.42 - 0.09 * n,
            0.3,
            (0.3, 0.3),
        )
        for n in range(3)
    )
    long = cut.length > 90
    sway: tuple[Fold, ...] = ()
    if long:
        sway = (
            Fold(g.spline([(-15, 34), (-9, 56), (-1, 92)]), 2.4, 0.8, 0.3, (0.4, 0.5)),
            Fold(g.spline([(15, 36), (10, 62), (5, 104)]), 2.4, 0.7, -0.3, (0.4, 0.4)),
            Fold(g.spline([(-4, 44), (1, 70), (10, 112)]), 2.2, -0.6, 0.2, (0.4, 0.4)),
        )
    drapes = (
        Drape(4.4, 0.0, cut.swell * (1.0 if long else 0.35), seed=seed, wander=0.7),
        Drape(1.8, 0.1, cut.swell * 0.7, phase=1.0, seed=seed + 2),
    )
    relief = Relief(
        body=8.0,
        power=2.2,
        folds=cowl + sway,
        drapes=drapes,
        forms=(_bust(1.5, y - 1),),
        crumples=(Crumple(0.26, 4.5, 30.0, seed), Crumple(0.05, 3.0, 9.0, seed + 1)),
    )
    marks: list[Mark] = [*_back(cut), *_straps(cut), *_front(cut, 0.35, 4, relief)]
    edge = g.spline(_neckline(cut)[:5])
    for each in (edge, g.mirror(edge)):
        marks.append(Stitches(g.shift(each, 0, 0.7), on=0.14, off=0.14, width=0.045, strength=0.3))
    return Garment(tuple(marks), colours=cut.colours)


def shift(cut: Slip) -> Garment:
    """A straight dress with darts."""
    seed = cut.hang.seed
    folds = dr.both(
        (
            Fold(
                g.spline([(cut.waist - 1, cut.waist_at + 2), (8, cut.waist_at + 5), (1, cut.waist_at + 4)]),
                1.8,
                0.25,
                0.2,
                (0.2, 0.6),
            ),
        )
    )
    relief = Relief(
        body=8.5,
        folds=folds,
        forms=(_bust(1.3, cut.bust_at),),
        crumples=dr.hang(cut.hang.depth * 0.8, seed, 0.1),
    )
    marks: list[Mark] = [*_back(cut), *_front(cut, 0.0, 1, relief)]
    for side in (1, -1):
        dart = g.spline([(cut.bust - 0.6, cut.bust_at + 4), (10.0, cut.bust_at - 0.5)])
        long = g.spline([(8.6, cut.bust_at + 5), (7.8, cut.waist_at), (8.6, cut.waist_at + 15)])
        for line in (dart, long):
            marks.append(Seam(line if side > 0 else g.mirror(line), 0.1, 0.28, 0.1))
        shoulder = g.spline([(18.2, 3.8), (16.9, 11.0), (17.0, 18.5), (cut.bust - 0.2, cut.bust_at - 2)])
        marks.append(Shade(g.stroke(shoulder if side > 0 else g.mirror(shoulder), 0.5), 0.3, 0.15))
    neck = g.spline(_neckline(cut)[:3])
    for each in (neck, g.mirror(neck)):
        marks.append(Shade(g.stroke(g.shift(each, 0, 0.6), 0.4), 0.25, 0.14))
    return Garment(tuple(marks), colours=cut.colours)


def _column(cut: Slip) -> Form:
    """Fine pleats from shoulder to floor, drawn in at the waist."""

    def form(x: Floats, y: Floats) -> Floats:
        rows = y[:, 0]
        wide = np.interp(
            rows,
            [0, cut.bust_at, cut.waist_at, cut.hip_at, cut.length],
            [13.0, cut.bust, cut.waist, cut.hip, cut.hem],
        )[:, None]
        depth = np.interp(rows, [0, cut.waist_at, cut.length], [0.42, 0.40, 1.0])[:, None]
        u = (x / wide).clip(-1.02, 1.02)
        t = (
            np.arcsin((u * 0.94).clip(-1, 1)) * 13.5
            + 0.35 * np.sin(y / 17.0 + 3 * u)
            + 0.5 * np.sin(y / 41.0 - 4 * u)
        )
        saw = t - np.floor(t)
        return (depth * np.where(saw < 0.8, saw / 0.8, (1 - saw) / 0.2)).astype(np.float32)

    return form


def gown(cut: Slip) -> Garment:
    """A column of pleats from the shoulder to the floor, with a cord at the waist."""
    relief = Relief(
        body=8.0,
        forms=(_column(cut), _bust(1.4, cut.bust_at)),
        drapes=(Drape(3.0, 0.0, cut.swell, seed=9, wander=0.5),),
        crumples=(Crumple(0.12, 3, 14, 5),),
    )
    marks: list[Mark] = [*_back(cut), *_front(cut, 0.4, 11, relief)]
    w, y = cut.waist + 0.3, cut.waist_at
    for n, off in enumerate((-0.55, 0.35)):
        line = g.spline([(-w, y - 0.6 + off), (0, y + 0.5 + off), (w, y - 0.6 + off)])
        tube = g.Tube(line, (0.8, 0.8))
        marks.append(
            Panel(
                tube.outline,
                Cloth(weave=woven(0.02), gloss=0.4, fuzz=0.3),
                Relief(limb=tube, round=0.4),
                slots=("metal", "metal", "metal") if n == 0 else ("cloth", "second", "third"),
                shadow=Shadow(0.1, 0.45, 0.4, 0.5),
                edge=0.2,
            )
        )
    return Garment(tuple(marks), colours=cut.colours)


def full(cut: Slip) -> Garment:
    """A fitted bodice over a gathered skirt."""
    y, w = cut.waist_at, cut.waist
    bodice = g.spline(
        [
            *_neckline(cut),
            ((cut.bust + w) / 2 + 0.3, (cut.bust_at + y) / 2),
            (w, y, 1),
            (w * 0.5, y + 1.2),
            (0.0, y + 1.5, 1),
        ]
    )
    xs = np.linspace(cut.hem, 0, 90)
    hem = np.stack(
        [xs, cut.length - 5.0 * (xs / cut.hem) ** 2 + 0.8 * np.cos(xs / cut.hem * np.pi * 5)], axis=1
    )
    half = np.concatenate(
        [
            g.spline(
                [
                    (0.0, y, 1),
                    (w - 0.1, y - 0.4, 1),
                    (w + 6.0, y + 6.0),
                    (cut.hip + 6, cut.hip_at),
                    (cut.hem, cut.length - 5.0, 1),
                ]
            ),
            hem[1:],
        ]
    )
    skirt_line = g.whole(half)
    folds = dr.gathers((w - 0.4, y + 0.2), (-w + 0.4, y + 0.2), -22.0, 26, 0.75, 6)
    folds = dr.gathers((-w + 0.4, y + 0.4), (w - 0.4, y + 0.4), 24.0, 24, 0.8, 6)
    relief = Relief(
        body=11.0,
        power=2.0,
        folds=folds,
        drapes=(
            Drape(8.4, 0.25, cut.swell * 1.9, seed=14, wander=0.7),
            Drape(3.1, 0.0, cut.swell, phase=0.6, seed=15),
        ),
        crumples=dr.hang(0.35, 15, 0.2),
    )
    lens = g.whole(
        g.spline(
            [
                (0.0, cut.length - 9, 1),
                (cut.hem * 0.9, cut.length - 12, 1),
                (cut.hem * 0.9, cut.length - 5.5, 1),
                (cut.hem * 0.5, cut.length - 0.4),
                (0.0, cut.length + 1.6, 1),
            ]
        )
    )
    marks: list[Mark] = [Panel(lens, cut.cloth, shadow=None, tone=0.3), *_back(cut)[1:]]
    marks.append(Panel(skirt_line, cut.cloth, relief, shadow=None, edge=0.35))
    form = Relief(body=8.0, forms=(_bust(1.4, cut.bust_at),), crumples=dr.hang(0.3, 17, 0.15))
    marks.append(Panel(g.whole(bodice), cut.cloth, form, shadow=Shadow(0.1, 0.5, 0.6, 0.45), edge=0.4))
    for side in (1, -1):
        line = g.spline([(16.6, 14.0), (11.0, cut.bust_at - 1), (8.0, y + 0.8)])
        marks.append(Seam(line if side > 0 else g.mirror(line), 0.1, 0.3, 0.1))
    return Garment(tuple(marks), colours=cut.colours)
