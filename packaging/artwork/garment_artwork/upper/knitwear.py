"""Sweaters, cardigans, T-shirts and knitted dresses: ribs at neck, cuffs and hem, stitches that can be seen."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, Floats
from garment_artwork.primitives.geometry import Line, Point
from garment_artwork.primitives.knit_parts import cable, turned
from garment_artwork.primitives.marks import CLOSE, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from garment_artwork.primitives.relief import Fold, Form, Relief
from garment_artwork.primitives.stitches import knitted, ribbed
from garment_artwork.upper import torso
from garment_artwork.upper.torso import Arm, Figure, Hang

_BODY: Final = Figure(
    shoulder=21.5,
    drop=5.4,
    chest=23.2,
    armhole=24,
    waist=22.6,
    waist_at=44,
    hip=23,
    hip_at=56,
    hem=21.6,
    length=65,
)
_ARM: Final = Arm(length=57, out=12, top=15.5, end=8.6, head=0.1)
_STOCKING: Final = Cloth(weave=knitted(), gloss=0.02, fuzz=1.0, warp=0.3)
_RIBBED: Final = Cloth(weave=ribbed(0.5), gloss=0.02, fuzz=1.0, warp=0.2)


@dataclass(frozen=True, slots=True)
class Knit:
    """How a knitted piece is made. `neck` is crew, roll, v, open or shawl.

    `rib` is the depth of hem and cuffs in cm, `collar` that of the neck's band.
    """

    figure: Figure = _BODY
    arm: Arm = _ARM
    cloth: Cloth = _STOCKING
    band: Cloth = _RIBBED
    neck: str = "crew"
    rib: float = 6.0
    collar: float = 2.4
    cables: bool = False
    seams: bool = True
    hang: Hang = field(default_factory=lambda: Hang(0.55, 0.05, 11, (0.4, 0.55, 0.68)))
    button: float = 0.75
    patch: bool = False
    colours: dict[str, str] = field(default_factory=dict)


def neckline(cut: Knit) -> list[Point]:
    n = cut.figure.neck
    if cut.neck in {"v", "open", "shawl"}:
        deep = 24.0 if cut.neck == "v" else 31.0
        return [(0.0, deep, 1), (n * 0.5, deep * 0.42), (n + 0.6, 0.6, 1)]
    low = 6.8 if cut.neck == "crew" else 4.5
    return [(0.0, low, 1), (n * 0.55, low * 0.82), (n * 0.92, low * 0.36), (n + 0.3, 0.2, 1)]


def body_line(cut: Knit) -> Line:
    """The front without its hem rib."""
    f = cut.figure
    side = f.side()
    end = f.length - cut.rib
    points: list[Point] = [*neckline(cut), *f.shoulder_line()[1:], *side[:-1]]
    puffed = f.hem + (1.0 if cut.rib else 0.0)
    points += [(puffed, end, 1), (puffed * 0.5, end + 0.5), (0.0, end + 0.7, 1)]
    return g.whole(g.spline(points))


def arms(cut: Knit) -> list[Mark]:
    f, arm = cut.figure, cut.arm
    _, _, outer, inner = torso.sleeve(f, arm)
    marks: list[Mark] = []
    for side in (1, -1):
        panel = torso.sleeve_panel(f, arm, cut.cloth, cut.hang, side)
        if not cut.rib:
            marks.append(torso.mouth(outer, inner, ("cloth", "second", "third"), side, 0.9))
        marks.append(panel)
        if cut.rib:
            marks += _cuff(cut, outer, inner, side)
        else:
            hem = g.spline(
                [
                    g.near(inner[-1], -(0), -(1.8)),
                    tuple((inner[-1] + outer[-1]) / 2 - [0, 1.3]),
                    g.near(outer[-1], -(0.2), -(1.8)),
                ]
            )
            marks.append(
                Stitches(hem if side > 0 else g.mirror(hem), on=0.2, off=0.12, width=0.05, strength=0.4)
            )
    return marks


def _cuff(cut: Knit, outer: Line, inner: Line, side: int) -> list[Mark]:
    a, b = outer[-1], inner[-1]
    down = np.array([0.10, 1.0]) * min(cut.rib + 0.5, 7.5)
    out = g.spline([g.near(a, -0.3, -0.5), tuple(a + down * 0.5 + [-0.9, 0]), tuple(a + down + [-0.7, 0])])
    ins = g.spline([g.near(b, 0.3, -0.5), tuple(b + down * 0.5 + [0.8, 0]), tuple(b + down + [0.5, 0])])
    tube, outline = g.limb(out, ins, 24)
    tube = tube if side > 0 else tube.mirrored()
    mouth = torso.mouth(out, ins, ("cloth", "second", "third"), side, 0.7)
    return [
        mouth,
        Panel(
            outline if side > 0 else g.mirror(outline),
            cut.band,
            Relief(limb=tube, round=2.7),
            shadow=CLOSE,
            edge=0.6,
            edge_width=0.2,
        ),
    ]


def hem(cut: Knit) -> list[Mark]:
    if not cut.rib:
        f = cut.figure
        line = g.spline([(-f.hem, f.length - 2.0), (0, f.length - 1.4), (f.hem, f.length - 2.0)])
        return [Stitches(line, on=0.2, off=0.12, width=0.05, strength=0.4)]
    f = cut.figure
    end = f.length - cut.rib
    half = g.spline(
        [
            (0.0, end + 0.2, 1),
            (f.hem * 0.5, end),
            (f.hem + 0.7, end - 0.4, 1),
            (f.hem - 0.1, end + cut.rib * 0.5),
            (f.hem - 0.2, f.length, 1),
            (f.hem * 0.5, f.length + 0.6),
            (0.0, f.length + 0.8, 1),
        ]
    )
    return [Panel(g.whole(half), cut.band, Relief(body=7.5), shadow=CLOSE, edge=0.6, edge_width=0.2)]


def body(cut: Knit) -> list[Mark]:
    f, hang = cut.figure, cut.hang
    folds = dr.armpit(f.chest - 0.5, f.armhole, 11, hang.depth * 0.7, hang.seed)
    forms = (
        tuple(cable(x, w) for x, w in ((0.0, 3.1), (-9.5, 2.3), (9.5, 2.3), (-16.5, 1.6), (16.5, 1.6)))
        if cut.cables
        else ()
    )
    blouse = _blousing(f, cut.rib) if cut.rib else ()
    relief = Relief(
        body=8.0,
        power=2.3,
        folds=folds,
        crumples=dr.hang(hang.depth, hang.seed, hang.crisp),
        forms=forms + blouse,
    )
    return [
        Panel(body_line(cut), cut.cloth, relief, shadow=Shadow(0.4, 0.6, 1.2, 0.5), edge=0.5, edge_width=0.2)
    ]


def _blousing(f: Figure, rib: float) -> tuple[Form, ...]:
    """The body's fabric rolls in above the hem's rib."""
    end = np.float32(f.length - rib)

    def form(x: Floats, y: Floats) -> Floats:
        return (-0.9 * np.exp((y - end).clip(-30, 0) / 1.6) + 0 * x).astype(np.float32)

    return (form,)


def _neck(cut: Knit) -> list[Mark]:
    """The band about the neck; a V is mitred in the middle."""
    if cut.neck == "roll":
        return _roll(cut)
    line = g.spline(neckline(cut))
    cloth = Cloth(weave=turned(ribbed(0.42, 0.07)), gloss=cut.band.gloss, fuzz=cut.band.fuzz, warp=0.1)
    shadow = Shadow(0.1, 0.35, 0.35, 0.4)
    if cut.neck != "v":
        band = g.Tube(np.concatenate([g.mirror(line)[::-1], line[1:]]), (cut.collar, cut.collar))
        return [
            Panel(
                band.outline, cloth, Relief(limb=band, round=0.35), shadow=shadow, edge=0.7, edge_width=0.15
            )
        ]
    marks: list[Mark] = []
    low = float(line[0][1])
    reach = g.spline([(-0.5, low + 1.3), *[(float(x), float(y)) for x, y in line[::4]]])
    for side in (-1, 1):
        band = g.Tube(reach if side > 0 else g.mirror(reach), (cut.collar, cut.collar))
        half = g.box(0.0, -10.0, 40.0 * side, 60.0)
        relief = Relief(limb=band, round=0.35)
        marks.append(Panel(band.outline, cloth, relief, clip=half, shadow=shadow, edge=0.7, edge_width=0.15))
    return [*marks, Seam(g.spline([(0.0, low - 1.6), (0.0, low + 1.6)]), 0.1, 0.3)]


def _roll(cut: Knit) -> list[Mark]:
    n = cut.figure.neck
    tube = g.limb(
        g.spline([(n - 0.2, -7.4), (n + 0.5, -3.6), (n + 1.3, 1.6)]),
        g.spline([(-n + 0.2, -7.4), (-n - 0.5, -3.6), (-n - 1.3, 1.6)]),
        30,
    )[0]
    half = g.spline(
        [
            (0.0, -6.7, 1),
            (n * 0.6, -7.0),
            (n - 0.2, -7.7),
            (n + 0.5, -6.8),
            (n + 0.8, -3.6),
            (n + 1.4, 0.8),
            (n + 1.0, 2.4),
            (n * 0.6, 4.2),
            (0.0, 5.0, 1),
        ]
    )
    back = g.whole(
        g.spline([(0.0, -8.6, 1), (n * 0.6, -8.4), (n - 0.1, -7.2, 1), (n * 0.5, -5.9), (0.0, -5.6, 1)])
    )
    folds = (
        Fold(g.spline([(-n, -2.0), (-2, 0.4), (n * 0.5, 0.6)]), 1.3, -0.35),
        Fold(g.spline([(n, -3.4), (2, -1.6), (-n * 0.5, -2.0)]), 1.2, 0.3),
    )
    return [
        Panel(back, cut.band, shadow=None, tone=0.42),
        Panel(
            g.whole(half),
            cut.band,
            Relief(limb=tube, round=5.4, folds=folds),
            shadow=Shadow(0.2, 0.9, 0.9, 0.5),
            edge=1.2,
            edge_width=0.45,
        ),
    ]


def knit(cut: Knit) -> Garment:
    """A whole sweater or T-shirt."""
    inside = torso.neck_inside(
        cut.figure.neck + 0.3,
        -2.6 if cut.neck != "roll" else -1.0,
        38.0 if cut.neck == "v" else 8.0,
        cut.cloth,
        label=cut.neck != "roll",
    )
    rim = g.Tube(
        g.spline(
            [
                (-cut.figure.neck - 0.1, 0.4),
                (-cut.figure.neck * 0.6, -1.9),
                (0, -2.5),
                (cut.figure.neck * 0.6, -1.9),
                (cut.figure.neck + 0.1, 0.4),
            ]
        ),
        tuple(cut.collar * share for share in (0.35, 0.8, 0.92, 0.8, 0.35)),
    )
    cloth = Cloth(weave=turned(ribbed(0.42, 0.07)), gloss=0.02, fuzz=0.8, warp=0.1)
    back: list[Mark] = (
        [Panel(rim.outline, cloth, Relief(limb=rim, round=0.3), shadow=CLOSE, tone=0.66)]
        if cut.neck != "roll"
        else []
    )
    marks = [*arms(cut), *inside, *back, *hem(cut), *body(cut), *_neck(cut)]
    if cut.seams:
        f = cut.figure
        line = g.spline([(f.neck + 0.6, 1.4), (f.shoulder - 1, f.drop + 1.2)])
        marks += [Shade(g.stroke(each, 0.25), 0.15, 0.12) for each in (line, g.mirror(line))]
    return Garment(tuple(marks), colours=cut.colours)
