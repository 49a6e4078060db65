"""Short jackets: denim, suede blouson, leather, quilted, bouclé; and the collarless coat, which is made like them."""

from dataclasses import dataclass, field

import numpy as np

from kiosk.demo.drawing import drapery as dr
from kiosk.demo.drawing import geometry as g
from kiosk.demo.drawing import pockets, torso
from kiosk.demo.drawing.cloth import Cloth, ribbed
from kiosk.demo.drawing.geometry import Line
from kiosk.demo.drawing.knitwear import turned
from kiosk.demo.drawing.marks import CLOSE, Button, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from kiosk.demo.drawing.relief import Crumple, Relief
from kiosk.demo.drawing.torso import Arm, Figure, Hang

METAL = Cloth(gloss=0.6, shine=0.9, fuzz=0.2)
METALS = ("metal", "metal", "metal")


@dataclass(frozen=True, slots=True)
class Blouson:
    """How a short jacket is cut. `closing` zip, buttons, snaps or edge; `collar` shirt, stand, rib, cord or none."""

    kind: str
    cloth: Cloth
    figure: Figure = Figure(
        neck=8.0,
        shoulder=22,
        drop=5,
        chest=24,
        armhole=25,
        waist=23.2,
        waist_at=44,
        hip=23,
        hip_at=90,
        hem=22.4,
        length=62,
    )
    arm: Arm = Arm(length=60, out=10.5, top=15, end=10, head=0.5)
    collar: str = "shirt"
    closing: str = "buttons"
    band: float = 4.0
    hang: Hang = field(default_factory=lambda: Hang(0.55, 0.2, 81, (0.42, 0.54, 0.66)))
    colours: dict[str, str] = field(default_factory=dict)


RIB = Cloth(weave=ribbed(0.55, 0.1), gloss=0.02, fuzz=0.9, warp=0.1)


def _place(line: Line, side: int) -> Line:
    return line if side > 0 else g.mirror(line)


def _arms(cut: Blouson) -> list[Mark]:
    _, _, outer, inner = torso.sleeve(cut.figure, cut.arm)
    marks: list[Mark] = []
    for side in (1, -1):
        marks.append(torso.mouth(outer, inner, torso.INNER, side))
        marks.append(torso.sleeve_panel(cut.figure, cut.arm, cut.cloth, cut.hang, side))
        if cut.kind in {"denim", "suede"}:
            marks += _cuff(cut, outer, inner, side)
        if cut.kind == "leather":
            a, b = outer[-1], inner[-1]
            line = g.spline(
                [
                    (float(a[0] * 0.72 + b[0] * 0.28), float(a[1]) - 13),
                    (float(a[0] * 0.74 + b[0] * 0.26), float(a[1]) - 0.4),
                ]
            )
            marks += zipper(_place(line, side), 0.8)
        if cut.kind == "boucle":
            marks += _trim(
                g.spline(
                    [
                        (float(inner[-1][0]), float(inner[-1][1]) - 0.7),
                        (float(outer[-1][0]), float(outer[-1][1]) - 0.7),
                    ]
                ),
                side,
                1.5,
            )
    return marks


def _cuff(cut: Blouson, outer: Line, inner: Line, side: int) -> list[Mark]:
    rib = cut.kind == "suede"
    a, b = outer[-1], inner[-1]
    tall = 6.0 if rib else 4.6
    pinch = 1.0 if rib else 0.2
    out = g.spline(
        [tuple(a + [0.0, -0.4]), tuple(a + [0.2 - pinch, tall * 0.5]), tuple(a + [0.5 - pinch, tall])]
    )
    ins = g.spline(
        [
            tuple(b + [0.0, -0.4]),
            tuple(b + [0.3 + pinch * 0.6, tall * 0.5]),
            tuple(b + [0.5 + pinch * 0.6, tall]),
        ]
    )
    tube, outline = g.limb(out, ins, 20)
    panel = Panel(
        _place(outline, side),
        RIB if rib else cut.cloth,
        Relief(limb=tube if side > 0 else tube.mirrored(), round=2.9),
        slots=("rib", "rib", "rib") if rib else ("cloth", "second", "third"),
        shadow=CLOSE,
        edge=0.6,
    )
    marks: list[Mark] = [torso.mouth(out, ins, torso.INNER, side, 0.8), panel]
    if not rib:
        for off in (0.6, tall - 0.5):
            line = g.spline([(float(b[0]) + 0.2, float(b[1]) + off), (float(a[0]) + 0.1, float(a[1]) + off)])
            marks.append(Stitches(_place(line, side), on=0.3, off=0.16, width=0.09, strength=0.75))
        marks.append(
            Button(
                side * (float(a[0]) * 0.62 + float(b[0]) * 0.38),
                float(a[1]) + tall * 0.5,
                0.72,
                slot="metal",
                dome=True,
                shine=0.7,
            )
        )
    return marks


def zipper(line: Line, width: float = 1.5) -> list[Mark]:
    """A zip: dark tape, two rows of metal teeth, and the slider at its end."""
    tape = g.stroke(line, width)
    marks: list[Mark] = [
        Panel(tape, Cloth(gloss=0.05), slots=("tape", "tape", "tape"), shadow=CLOSE, edge=0.3, inherit=True)
    ]
    marks.append(Stitches(line, slot="metal", on=0.16, off=0.12, width=width * 0.42, strength=1.0))
    marks.append(Seam(line, 0.07, 0.55, 0.0))
    x, y = (float(v) for v in line[0])
    dx, dy = (float(v) for v in (line[6] - line[0]) / max(np.linalg.norm(line[6] - line[0]), 1e-9))
    pull = g.spline([(x + dx * 0.4, y + dy * 0.4), (x + dx * 2.6, y + dy * 2.6 + 0.4)])
    marks.append(
        Panel(
            g.stroke(pull, (0.9, 0.62, 0.75)),
            METAL,
            Relief(puff=(0.3, 0.25)),
            slots=METALS,
            shadow=CLOSE,
            edge=0.4,
        )
    )
    marks.append(Button(x + dx * 0.3, y + dy * 0.3, 0.62, slot="metal", dome=True, shine=0.8))
    return marks


def _body(cut: Blouson) -> list[Mark]:
    f = cut.figure
    end = f.length - cut.band
    low = 7.4 if cut.collar in {"none", "rib", "stand"} else 6.6
    half = g.spline(
        [
            (0.0, low, 1),
            (5.0, low * 0.74),
            (f.neck, 0.2, 1),
            *f.shoulder_line()[1:],
            *f.side()[:-1],
            (f.hem, end, 1),
            (f.hem * 0.5, end + 0.6),
            (0.0, end + 0.8, 1),
        ]
    )
    line = g.whole(half)
    folds = dr.armpit(f.chest - 0.5, f.armhole, 12, cut.hang.depth * 0.7, cut.hang.seed)
    relief = Relief(
        body=8.5, power=2.3, folds=folds, crumples=dr.hang(cut.hang.depth, cut.hang.seed, cut.hang.crisp)
    )
    marks: list[Mark] = [Panel(line, cut.cloth, relief, shadow=Shadow(0.4, 0.6, 1.2, 0.5), edge=0.4)]
    if cut.band:
        marks += _waistband(cut, end)
    return marks


def _waistband(cut: Blouson, end: float) -> list[Mark]:
    f = cut.figure
    rib = cut.kind == "suede"
    pinch = 0.8 if rib else 0.2
    half = g.spline(
        [
            (0.0, end + 0.4, 1),
            (f.hem * 0.5, end + 0.2),
            (f.hem + 0.2, end - 0.4, 1),
            (f.hem - pinch, end + cut.band * 0.5),
            (f.hem - pinch, f.length, 1),
            (f.hem * 0.5, f.length + 0.6),
            (0.0, f.length + 0.8, 1),
        ]
    )
    slots = ("rib", "rib", "rib") if rib else ("cloth", "second", "third")
    marks: list[Mark] = [
        Panel(
            g.whole(half),
            RIB if rib else cut.cloth,
            Relief(body=8.0, crumples=dr.hang(0.15, 3, 0.2)),
            slots=slots,
            shadow=CLOSE,
            edge=0.6,
            grain=0 if rib else 90,
        )
    ]
    if not rib:
        for y in (end + 0.9, f.length - 0.4):
            marks.append(
                Stitches(
                    g.spline([(-f.hem, y - 0.6), (0, y + 0.1), (f.hem, y - 0.6)]),
                    on=0.3,
                    off=0.16,
                    width=0.09,
                    strength=0.7,
                )
            )
    return marks


def _neck(cut: Blouson) -> list[Mark]:
    n = cut.figure.neck
    if cut.collar == "none":
        return (
            _trim(
                np.concatenate(
                    [
                        g.mirror(g.spline([(0.4, 7.6), (5.0, 5.8), (n, 0.8)]))[::-1],
                        g.spline([(0.4, 7.6), (5.0, 5.8), (n, 0.8)]),
                    ]
                ),
                1,
                1.6,
            )
            if cut.kind == "boucle"
            else []
        )
    if cut.collar in {"rib", "stand"}:
        return _stand(cut)
    slots = ("cord", "cord", "cord") if cut.collar == "cord" else ("cloth", "second", "third")
    cloth = Cloth(weave=ribbed(0.45, 0.08), gloss=0.03, fuzz=1.0) if cut.collar == "cord" else cut.cloth
    back = g.whole(
        g.spline([(0.0, -4.2, 1), (n * 0.6, -3.8), (n - 0.7, -2.4, 1), (n - 0.6, 0.6, 1), (0.0, -0.8, 1)])
    )
    marks: list[Mark] = [Panel(back, cloth, slots=slots, shadow=Shadow(0, 0.4, 0.4, 0.4), tone=0.7, grain=90)]
    leaf = g.spline(
        [
            (0.5, 7.6, 1),
            (3.4, 3.6),
            (6.2, -1.6),
            (n - 1.2, -3.8, 1),
            (n + 1.6, -2.4),
            (n + 3.0, 0.9, 1),
            (n + 4.4, 6.0),
            (n + 3.6, 10.4, 1),
            (5.6, 10.2),
            (0.5, 7.6, 1),
        ]
    )
    for side in (1, -1):
        marks.append(
            Panel(
                _place(leaf, side),
                cloth,
                Relief(puff=(2.4, 0.5), crumples=(Crumple(0.08, 3, 3, 5),)),
                slots=slots,
                grain=-30 * side,
                shadow=Shadow(0.2, 0.6, 0.7, 0.5),
                edge=0.6,
            )
        )
        if cut.kind == "denim":
            edge = g.spline([(n + 2.6, 1.4), (n + 3.8, 6.0), (n + 3.1, 9.8, 1), (5.7, 9.6), (1.2, 7.4)])
            marks.append(Stitches(_place(edge, side), on=0.3, off=0.16, width=0.09, strength=0.7))
    return marks


def _stand(cut: Blouson) -> list[Mark]:
    n = cut.figure.neck
    rib = cut.collar == "rib"
    tall = 5.2
    cloth = Cloth(weave=turned(ribbed(0.5, 0.1)), gloss=0.02, fuzz=0.9, warp=0.1) if rib else cut.cloth
    slots = ("rib", "rib", "rib") if rib else ("cloth", "second", "third")
    back = g.Tube(
        g.spline([(-n + 0.2, -1.6), (-n * 0.6, -3.4), (0, -4.0), (n * 0.6, -3.4), (n - 0.2, -1.6)]),
        (2.6, 3.4, 3.6, 3.4, 2.6),
    )
    marks: list[Mark] = [
        Panel(back.outline, cloth, Relief(limb=back, round=0.4), slots=slots, shadow=CLOSE, tone=0.6)
    ]
    for side in (1, -1):
        path = g.spline([(0.3, 6.2), (4.6, 4.4), (n - 0.3, -0.6), (n - 0.2, -2.2)])
        tube = g.Tube(_place(path, side), (tall, tall * 0.9, tall * 0.7, 1.4))
        marks.append(
            Panel(
                tube.outline,
                cloth,
                Relief(limb=tube, round=0.9),
                slots=slots,
                shadow=Shadow(0.1, 0.5, 0.6, 0.45),
                edge=0.6,
            )
        )
    return marks


def _trim(line: Line, side: int, width: float) -> list[Mark]:
    """A braid along an edge."""
    tube = g.Tube(_place(line, side), (width, width))
    marks: list[Mark] = [
        Panel(
            tube.outline,
            Cloth(weave=turned(ribbed(0.5, 0.12)), gloss=0.06, fuzz=0.8),
            Relief(limb=tube, round=0.35),
            slots=("trim", "trim", "trim"),
            shadow=CLOSE,
            edge=0.3,
        )
    ]
    return marks


def _closing(cut: Blouson) -> list[Mark]:
    f = cut.figure
    top = 8.6 if cut.collar not in {"rib", "stand"} else 4.4
    if cut.closing == "zip":
        line = g.spline([(0.0, top), (0.0, (top + f.length) / 2), (0.0, f.length + 0.3)])
        marks = [Shade(g.stroke(line, 3.2), 0.5, 0.18), *zipper(line, 1.7)]
        for x in (-1.6, 1.6):
            marks.append(Stitches(g.shift(line, x, 0), on=0.24, off=0.16, width=0.07, strength=0.4))
        return marks
    if cut.closing == "edge":
        line = g.spline([(0.0, top - 1.0), (0.0, f.length + 0.6)])
        marks = [Seam(line, 0.22, 0.65, 0.1)]
        for side in (-1, 1):
            marks += _trim(g.spline([(0.95, top - 0.9), (0.95, f.length + 0.4)]), side, 1.5)
        return marks
    if cut.closing == "hidden":
        line = g.spline([(1.6, top - 2.2), (1.6, f.length * 0.6), (1.2, f.length + 0.6)])
        return [Shade(g.stroke(g.shift(line, 0.5, 0), 1.2), 0.5, 0.25), Seam(line, 0.16, 0.5, 0.2)]
    placket = g.box(-2.4, top - 1.2, 2.4, f.length + 0.6)
    marks = [Panel(placket, cut.cloth, shadow=CLOSE, inherit=True, edge=0.5)]
    for x in (-1.9, 1.9):
        marks.append(
            Stitches(g.spline([(x, top), (x, f.length + 0.2)]), on=0.3, off=0.16, width=0.09, strength=0.7)
        )
    count = 6 if cut.kind == "denim" else 5
    for n in range(count):
        y = top + 2.6 + (f.length - top - 4.8) * n / (count - 1)
        marks.append(Button(0.0, y, 0.85 if cut.kind == "denim" else 0.7, slot="metal", dome=True, shine=0.7))
    return marks


def _denim(cut: Blouson) -> list[Mark]:
    f = cut.figure
    marks: list[Mark] = []
    for side in (1, -1):
        yoke = g.spline([(2.4, 19.4), (12.0, 19.6), (f.chest - 2.4, 18.6)])
        marks.append(Seam(_place(yoke, side), 0.14, 0.45, 0.15))
        for off in (0.55, 1.15):
            marks.append(
                Stitches(_place(g.shift(yoke, 0, off), side), on=0.3, off=0.16, width=0.09, strength=0.75)
            )
        for line in (
            g.spline([(6.6, 25), (4.4, 42), (3.2, f.length - 4.4)]),
            g.spline([(17.4, 25), (14.2, 42), (11.6, f.length - 4.4)]),
        ):
            marks.append(Seam(_place(line, side), 0.14, 0.4, 0.15))
            for off in (0.5, 1.1):
                marks.append(
                    Stitches(_place(g.beside(line, off), side), on=0.3, off=0.16, width=0.09, strength=0.7)
                )
        shape = pockets.flap(12.0, 19.8, 11.8, 4.2, 0.0, 2.4)
        marks.append(
            Panel(_place(shape, side), cut.cloth, shadow=Shadow(0.15, 0.45, 0.4, 0.5), inherit=True, edge=0.6)
        )
        inner = np.array([12.0, 22.0]) + (shape - [12.0, 22.0]) * [0.91, 0.82]
        marks.append(
            Stitches(
                _place(np.concatenate([inner, inner[:1]]), side), on=0.3, off=0.16, width=0.09, strength=0.7
            )
        )
        marks.append(Button(12.0 * side, 24.4, 0.72, slot="metal", dome=True, shine=0.7))
        seam = g.spline(
            [(f.shoulder - 1.4, f.drop + 4), (f.shoulder - 1.9, f.drop + 12), (f.chest - 1.4, f.armhole - 1)]
        )
        marks.append(Stitches(_place(seam, side), on=0.3, off=0.16, width=0.08, strength=0.6))
    marks.append(Shade(g.ellipse(0, 34, 17, 12), 5, -0.10))
    return marks


def _quilt_pockets(cut: Blouson) -> list[Mark]:
    marks: list[Mark] = []
    for side in (1, -1):
        shape = g.rounded([(6.6, 42.8), (18.6, 42.8), (18.8, 57.4), (6.4, 57.4)], 1.8)
        marks.append(
            Panel(
                _place(shape, side),
                cut.cloth,
                shadow=Shadow(0.15, 0.4, 0.5, 0.45),
                inherit=True,
                edge=0.7,
                edge_width=0.25,
            )
        )
        strip = g.box(6.4, 42.6, 18.8, 44.6, 0.2)
        marks.append(
            Panel(
                _place(strip, side),
                Cloth(weave=ribbed(0.45, 0.08), fuzz=0.9),
                Relief(puff=(0.8, 0.25)),
                slots=("cord", "cord", "cord"),
                shadow=CLOSE,
                edge=0.4,
            )
        )
        marks.append(Button(12.6 * side, 43.6, 0.6, slot="metal", dome=True))
    return marks


def _leather_lines(cut: Blouson) -> list[Mark]:
    f = cut.figure
    marks: list[Mark] = []
    for side in (1, -1):
        yoke = g.spline([(1.4, 17.5), (11, 16.4), (f.shoulder - 2.2, 15.0)])
        panel = g.spline([(11.5, 16.6), (10.4, 36), (9.6, f.length - 3)])
        for line in (yoke, panel):
            marks += [
                Seam(_place(line, side), 0.13, 0.42, 0.2),
                Stitches(_place(g.beside(line, 0.4), side), on=0.22, off=0.14, width=0.05, strength=0.35),
            ]
        marks += zipper(_place(g.spline([(11.8, 38.5), (14.6, 46.0), (17.2, 53.5)]), side), 1.1)
    return marks


def _suede_pockets(cut: Blouson) -> list[Mark]:
    marks: list[Mark] = []
    for side in (1, -1):
        line = g.spline([(10.5, 38), (14.6, 51.5)])
        marks.append(
            Panel(
                _place(g.stroke(line, 2.4), side),
                cut.cloth,
                Relief(puff=(0.8, 0.2)),
                shadow=Shadow(0.15, 0.3, 0.4, 0.45),
                inherit=True,
                edge=0.6,
            )
        )
        yoke = g.spline([(1.6, 15.5), (12, 15.0), (cut.figure.shoulder - 2.0, 13.0)])
        marks += [
            Seam(_place(yoke, side), 0.13, 0.35, 0.12),
            Stitches(_place(g.shift(yoke, 0, 0.5), side), on=0.24, off=0.16, width=0.06, strength=0.35),
        ]
    return marks


def _boucle_pockets(cut: Blouson) -> list[Mark]:
    f = cut.figure
    marks: list[Mark] = []
    rows = (
        ((22.5, 8.4, 9.0), (f.length - 21, 11.6, 12.5)) if f.length < 80 else ((f.length * 0.56, 13.0, 15.0),)
    )
    for side in (1, -1):
        for y, wide, tall in rows:
            x0 = 6.4
            shape = g.rounded([(x0, y), (x0 + wide, y), (x0 + wide, y + tall), (x0, y + tall)], 1.4)
            marks.append(
                Panel(
                    _place(shape, side),
                    cut.cloth,
                    shadow=Shadow(0.15, 0.45, 0.5, 0.5),
                    inherit=True,
                    edge=0.7,
                    edge_width=0.2,
                )
            )
            if f.length < 80:
                marks += _trim(g.spline([(x0 - 0.2, y + 0.5), (x0 + wide + 0.2, y + 0.5)]), side, 1.4)
                marks.append(Button(side * (x0 + wide / 2), y + 2.5, 0.8, slot="metal", dome=True, shine=0.8))
    if f.length < 80:
        marks += _trim(
            g.spline([(-f.hem + 0.3, f.length - 1.0), (0, f.length - 0.1), (f.hem - 0.3, f.length - 1.0)]),
            1,
            1.6,
        )
    return marks


def blouson(cut: Blouson) -> Garment:
    """A whole jacket."""
    n = cut.figure.neck
    inside = torso.neck_inside(n, -3.6 if cut.collar != "none" else -2.4, 12.0, torso.LINING, torso.INNER)
    extra = {"denim": _denim, "quilted": _quilt_pockets, "leather": _leather_lines, "suede": _suede_pockets}
    marks: list[Mark] = [
        *_arms(cut),
        *inside,
        *_body(cut),
        *extra.get(cut.kind, _boucle_pockets)(cut),
        *_closing(cut),
        *_neck(cut),
    ]
    return Garment(tuple(marks), colours=cut.colours)
