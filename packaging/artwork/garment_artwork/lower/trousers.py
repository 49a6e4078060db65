"""Trousers, jeans and shorts: waistband, fly, pleats and creases, pockets, turn-ups, the break at the hem."""

import numpy as np

from garment_artwork.lower.waists import Legs, middle, pockets, waist, worn
from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.geometry import Line, Point
from garment_artwork.primitives.marks import Garment, Mark, Panel, Seam, Shadow, Stitches
from garment_artwork.primitives.relief import Drape, Fold, Relief
from garment_artwork.upper import torso


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

    outer: list[Point] = [
        (cut.waist, cut.band),
        (cut.waist + (cut.hip - cut.waist) * 0.55, cut.band + 6.5),
        (cut.hip, seat),
        (between(cut.rise + 8) + 0.25, cut.rise + 8),
    ]
    inner: list[Point] = [(0.0, cut.band), (0.0, cut.rise * 0.6), (0.15, cut.rise, 1), (0.6, cut.rise + 5.0)]
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
    mouth = torso.mouth(g.shift(a, -0.3, 0), g.shift(b, 0.3, 0), ("cloth", "second", "third"), side, 1.0)
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
        seam = g.shift(a[8:-2], -1.2, 0)
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


def trousers(cut: Legs) -> Garment:
    """A whole pair."""
    marks: list[Mark] = [*_leg(cut, -1), *_leg(cut, 1), *pockets(cut), *waist(cut), *middle(cut)]
    if cut.jeans:
        marks += worn(cut)
    return Garment(tuple(marks), fill=0.96, colours=cut.colours)
