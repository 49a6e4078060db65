"""Sleeveless pieces: camisole, slip dress, shift, pleated gown, full-skirted dress."""

from dataclasses import dataclass, field

import numpy as np

from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, Floats, woven
from garment_artwork.primitives.geometry import Line, Point
from garment_artwork.primitives.marks import CLOSE, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from garment_artwork.primitives.relief import Crumple, Drape, Fold, Form, Relief
from garment_artwork.upper import torso
from garment_artwork.upper.torso import Hang

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


def neckline(cut: Slip) -> list[Point]:
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


def line(cut: Slip, wave: float, count: float) -> Line:
    side: list[Point] = [*neckline(cut)]
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


def back(cut: Slip) -> list[Mark]:
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
                    (arm - 2, 3.6, 1),
                    (arm + 0.2, 4.6),
                    (b - 0.9, y - 9),
                    (b - 0.1, y - 2.2, 1),
                    (14.0, y - 2),
                    (arm - 4, 12),
                    (arm - 2, 3.6, 1),
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


def front(cut: Slip, wave: float, count: float, relief: Relief) -> list[Mark]:
    return [
        Panel(
            line(cut, wave, count),
            cut.cloth,
            relief,
            shadow=Shadow(0.2, 0.4, 0.6, 0.4),
            edge=0.35,
            grain=32 if cut.top == "slip" else 0,
        )
    ]


def bust(depth: float, at: float) -> Form:
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
        forms=(bust(1.5, y - 1),),
        crumples=(Crumple(0.26, 4.5, 30.0, seed), Crumple(0.05, 3.0, 9.0, seed + 1)),
    )
    marks: list[Mark] = [*back(cut), *_straps(cut), *front(cut, 0.35, 4, relief)]
    edge = g.spline(neckline(cut)[:5])
    marks += [
        Stitches(g.shift(each, 0, 0.7), on=0.14, off=0.14, width=0.045, strength=0.3)
        for each in (edge, g.mirror(edge))
    ]
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
        forms=(bust(1.3, cut.bust_at),),
        crumples=dr.hang(cut.hang.depth * 0.8, seed, 0.1),
    )
    marks: list[Mark] = [*back(cut), *front(cut, 0.0, 1, relief)]
    for side in (1, -1):
        dart = g.spline([(cut.bust - 0.6, cut.bust_at + 4), (10.0, cut.bust_at - 0.5)])
        long = g.spline([(8.6, cut.bust_at + 5), (7.8, cut.waist_at), (8.6, cut.waist_at + 15)])
        marks += [Seam(line if side > 0 else g.mirror(line), 0.1, 0.28, 0.1) for line in (dart, long)]
        shoulder = g.spline([(18.2, 3.8), (16.9, 11.0), (17.0, 18.5), (cut.bust - 0.2, cut.bust_at - 2)])
        marks.append(Shade(g.stroke(shoulder if side > 0 else g.mirror(shoulder), 0.5), 0.3, 0.15))
    neck = g.spline(neckline(cut)[:3])
    marks += [Shade(g.stroke(g.shift(each, 0, 0.6), 0.4), 0.25, 0.14) for each in (neck, g.mirror(neck))]
    return Garment(tuple(marks), colours=cut.colours)
