"""Pieces that cross over in front: wrap blouse and wrap dress."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from garment_artwork.lower.slips import SATIN
from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth
from garment_artwork.primitives.geometry import Line
from garment_artwork.primitives.marks import Garment, Mark, Panel, Seam, Shadow, Stitches
from garment_artwork.primitives.relief import Drape, Floats, Fold, Relief
from garment_artwork.upper import shirts, torso
from garment_artwork.upper.torso import Arm, Figure, Hang

_BODY: Final = Figure(
    neck=8.0,
    shoulder=19.5,
    drop=4.2,
    chest=20.5,
    armhole=24,
    waist=17.6,
    waist_at=42,
    hip=22,
    hip_at=60,
    hem=26,
    length=110,
)
_ARM: Final = Arm(length=54, out=11, top=13.5, end=8.0, full=2.0, head=0.3)


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a wrapped piece is cut; `cross` is the height at which the fronts meet the side."""

    cloth: Cloth = SATIN
    figure: Figure = _BODY
    arm: Arm = _ARM
    cross: float = 40.0
    swell: float = 0.9
    tie: bool = True
    hang: Hang = field(default_factory=lambda: Hang(0.6, 0.15, 71))
    colours: dict[str, str] = field(default_factory=dict)


def _front(cut: Wrap, top: bool) -> Line:
    """The front that comes from the viewer's right and crosses to the left."""
    f = cut.figure
    reach = -f.waist * (0.86 if top else 0.7)
    points = [
        (reach, cut.cross + 3.0, 1),
        (-1.5, 25.5),
        (f.neck * 0.62, 10.5),
        (f.neck + 0.2, 0.3, 1),
        *f.shoulder_line()[1:],
        *f.side(),
        (f.hem * 0.4, f.length + 0.9),
    ]
    if f.length > 80:
        points += [
            (-f.hem * 0.30, f.length + 0.8, 1),
            (-f.hem * 0.42, f.length * 0.75),
            (reach - 0.3, cut.cross + 4.5, 1),
            (reach, cut.cross + 3.0, 1),
        ]
    else:
        points += [
            (reach * 0.9, f.length - 0.4, 1),
            (reach - 0.4, cut.cross + 4.5, 1),
            (reach, cut.cross + 3.0, 1),
        ]
    return g.spline(points)


def _pull(cut: Wrap) -> tuple[Fold, ...]:
    """Folds that are drawn from the bust and the shoulder to the tie."""
    f = cut.figure
    x, y = -f.waist * 0.78, cut.cross + 3.5
    starts = (
        (f.shoulder * 0.72, 14.0),
        (f.chest - 3, 25.0),
        (f.chest - 4, 33.0),
        (6.0, 21.0),
        (f.waist - 2, 40.0),
    )
    folds = [
        Fold(
            g.spline([(sx, sy), ((sx + x) / 2 + 1, (sy + y) / 2 + 2.2), (x + 1.5, y)]),
            1.2 + 0.2 * n,
            0.5 * (1 if n % 2 == 0 else -0.7),
            0.3,
            (0.6, 0.08),
        )
        for n, (sx, sy) in enumerate(starts)
    ]
    if f.length > 80:
        ends = ((4.0, 78.0, 0.9), (12.0, 88.0, 0.8), (-6.0, 92.0, 0.9), (18.0, 80.0, 0.6))
        folds += [
            Fold(
                g.spline([(x + 1, y + 1), ((x + ex) / 2 + 2, (y + ey) / 2), (ex, ey)]),
                1.9,
                depth,
                0.2,
                (0.06, 0.7),
            )
            for ex, ey, depth in ends
        ]
    return tuple(folds)


def _panel(cut: Wrap, top: bool) -> Panel:
    f = cut.figure
    line = _front(cut, top)
    whole = g.whole(g.spline([(0.0, 1.0, 1), *f.shoulder_line(), *f.side(), (0.0, f.length, 1)]))
    drapes = (
        Drape(4.6, 0.05, cut.swell * (1.5 if f.length > 80 else 0.5), seed=cut.hang.seed + top, wander=0.6),
    )

    def body(x: Floats, y: Floats) -> Floats:
        from garment_artwork.primitives.relief import height

        return height(Relief(body=8.0, drapes=drapes), whole, x, y, None)

    folds = _pull(cut) + dr.armpit(f.chest - 0.5, f.armhole, 9, 0.35, cut.hang.seed)[:3]
    side = -1 if top else 1
    folds = folds if side > 0 else tuple(dr.mirrored(fold) for fold in folds)
    relief = Relief(
        forms=(body,),
        folds=folds,
        crumples=dr.hang(cut.hang.depth * 0.7, cut.hang.seed + top, cut.hang.crisp),
    )
    shadow = Shadow(0.3, 0.5, 0.7, 0.5) if top else Shadow(0.2, 0.5, 0.8, 0.45)
    return Panel(line if side > 0 else g.mirror(line), cut.cloth, relief, shadow=shadow, edge=0.5)


def _cuffs(cut: Wrap) -> list[Mark]:
    _, _, outer, inner = torso.sleeve(cut.figure, cut.arm)
    shirt = shirts.Shirt(cloth=cut.cloth)
    marks: list[Mark] = []
    for side in (1, -1):
        marks.append(torso.sleeve_panel(cut.figure, cut.arm, cut.cloth, cut.hang, side))
        marks += shirts.cuff(shirt, outer[-1], inner[-1], 5.5, side)
    return marks


def _tie(cut: Wrap) -> list[Mark]:
    f = cut.figure
    y, w = cut.cross + 3.6, f.waist + 0.2
    band = g.spline(
        [
            (-w, y - 1.9, 1),
            (0, y - 1.0),
            (w, y - 1.9, 1),
            (w, y + 1.2, 1),
            (0, y + 2.1),
            (-w, y + 1.2, 1),
            (-w, y - 1.9, 1),
        ]
    )
    marks: list[Mark] = [
        Panel(
            band,
            cut.cloth,
            Relief(body=8.0, crumples=dr.hang(0.3, 5, 0.4)),
            grain=90,
            shadow=Shadow(0.1, 0.6, 0.5, 0.5),
            edge=0.5,
        )
    ]
    x = w * 0.72
    for points, width in (
        ([(x, y), (x + 3.5, y + 8), (x + 2.6, y + 17), (x + 4.2, y + 26)], (1.6, 2.8, 3.2)),
        ([(x - 0.5, y), (x - 1.6, y + 7), (x - 0.6, y + 14), (x - 1.8, y + 21)], (1.6, 2.8, 3.2)),
        (
            [(x - 0.5, y), (x - 4.0, y + 1.0), (x - 6.2, y + 3.2), (x - 3.5, y + 3.8), (x - 0.4, y + 0.8)],
            (1.4, 2.6, 1.4),
        ),
        (
            [(x + 0.5, y), (x + 3.6, y - 0.6), (x + 6.0, y + 1.6), (x + 3.6, y + 3.2), (x + 0.4, y + 0.8)],
            (1.4, 2.6, 1.4),
        ),
    ):
        line = g.spline([(float(a), float(b)) for a, b in points])
        tube = g.Tube(line, width)
        marks.append(
            Panel(
                tube.outline,
                cut.cloth,
                Relief(limb=tube, round=0.6, crumples=dr.hang(0.3, 8, 0.4)),
                shadow=Shadow(0.2, 0.6, 0.5, 0.5),
                edge=0.5,
            )
        )
    marks.append(
        Panel(
            g.ellipse(x, y + 0.4, 1.5, 1.8),
            cut.cloth,
            Relief(puff=(1.2, 0.8)),
            shadow=Shadow(0.15, 0.4, 0.4, 0.5),
        )
    )
    return marks


def wrap(cut: Wrap) -> Garment:
    """A whole wrap blouse or dress; the viewer's left front lies on top."""
    f = cut.figure
    inside = torso.neck_inside(f.neck + 0.2, -2.2, 34.0, cut.cloth)
    marks: list[Mark] = [*_cuffs(cut), *inside]
    xs = np.linspace(-f.hem * 0.92, f.hem * 0.92, 30)
    low = np.stack([xs, f.length + 1.4 * np.cos(xs / f.hem * np.pi / 2)], axis=1)
    marks.append(
        Panel(
            np.concatenate([low, [[f.hem * 0.9, f.length - 5], [-f.hem * 0.9, f.length - 5]]]),
            cut.cloth,
            shadow=None,
            tone=0.33,
        )
    )
    marks += [_panel(cut, top=False), _panel(cut, top=True)]
    edge = g.mirror(g.spline([(-1.5, 25.5), (f.neck * 0.62, 10.5), (f.neck + 0.2, 0.6)]))
    marks.append(Stitches(g.shift(edge, -0.9, 0.2), on=0.16, off=0.14, width=0.05, strength=0.25))
    if cut.tie:
        marks += _tie(cut)
    for side in (1, -1):
        seam = g.spline([(f.neck + 0.6, 1.5), (f.shoulder - 0.8, f.drop + 1.1)])
        marks.append(Seam(seam if side > 0 else g.mirror(seam), 0.1, 0.2, 0.06))
    return Garment(tuple(marks), colours=cut.colours)
