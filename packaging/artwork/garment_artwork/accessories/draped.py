"""Scarf and silk square."""

import numpy as np

from garment_artwork.accessories.pieces import Piece
from garment_artwork.primitives import drapery as dr
from garment_artwork.primitives import geometry as g
from garment_artwork.primitives.cloth import Cloth, Floats, Surface, grain, seen, wave
from garment_artwork.primitives.marks import Mark, Panel, Shadow
from garment_artwork.primitives.relief import Crumple, Drape, Fold, Relief


def _fringe(x0: float, x1: float, y: float, length: float, cloth: Cloth, seed: int) -> list[Mark]:
    rng = np.random.default_rng(seed)
    marks: list[Mark] = []
    xs = np.arange(x0 + 0.25, x1 - 0.1, 0.62)
    for x in xs:
        sway = rng.uniform(-0.5, 0.5)
        far = y + length * rng.uniform(0.88, 1.08)
        line = g.spline([(float(x), y - 0.3), (float(x) + sway * 0.3, (y + far) / 2), (float(x) + sway, far)])
        tube = g.Tube(line, (0.5, 0.42, 0.34))
        marks.append(
            Panel(
                tube.outline,
                cloth,
                Relief(limb=tube, round=0.25),
                shadow=Shadow(0.08, 0.05, 0.15, 0.35),
                edge=0.0,
                tone=float(rng.uniform(0.86, 1.04)),
            )
        )
    return marks


def scarf(piece: Piece) -> list[Mark]:
    """Folded over once and looped: the loop above, two ends hanging."""
    left = g.path("-11,20 -11.6,40 -12.6,62 -12.9,82! -0.9,82.4! -1.2,60 -2,40 -3,22 -11,20")
    right = g.path("1,22 0.8,40 1.6,58 1.4,73.6! 13.2,73.2! 12.6,56 11.4,38 10,20 1,22")
    marks: list[Mark] = []
    for n, (line, x0, x1, y) in enumerate(((right, 1.5, 13.1, 73.4), (left, -12.8, -1.0, 82.2))):
        folds = dr.falling(21 + n, (x0 + 1.5, x1 - 1.5), (20, y), 3, 0.85, 1.5)
        marks += _fringe(x0, x1, y, 6.5, piece.cloth, 5 + n)
        marks.append(
            Panel(
                line,
                piece.cloth,
                Relief(
                    folds=folds,
                    drapes=(Drape(2.4, 0.35, 0.25, seed=3 + n),),
                    crumples=dr.hang(0.4, 22 + n, 0.05),
                ),
                shadow=Shadow(0.5, 0.4, 0.9, 0.5),
                edge=0.9,
                edge_width=0.3,
            )
        )
    back = g.path("-12.6,7 -9,-0.4 0,-3.2 9,-0.4 12.6,7 9,11 0,12.4 -9,11 -12.6,7")
    marks.append(
        Panel(
            back,
            piece.cloth,
            Relief(puff=(3.0, 1.2), crumples=dr.hang(0.4, 31, 0.05)),
            shadow=None,
            tone=0.5,
            edge=0.8,
            edge_width=0.3,
        )
    )
    for flip, seed in ((1, 41), (-1, 42)):
        end = (
            [(-4.6, 23.4), (0.4, 25.6), (3.6, 23.0), (1.6, 18.0)]
            if flip > 0
            else [(-3.4, 26.0), (3.6, 29.4), (8.2, 28.6), (9.0, 24.6), (6.6, 20.6), (2.2, 18.0)]
        )
        loop = g.spline(
            [
                (-12.8, 5.0),
                (-13.9, 11.0),
                (-10.6, 19.0),
                *end,
                (-4.6, 12.6),
                (-8.2, 6.2),
                (-9.4, 2.2),
                (-12.8, 5.0),
            ]
        )
        folds = (
            Fold(g.path("-12,6 -9,15 -1,23 6,26"), 1.1, 0.75, 0.3, (0.2, 0.3)),
            Fold(g.path("-10.6,5 -7,12.6 0,19.6 6,23"), 1.0, -0.65, 0.3, (0.2, 0.3)),
            Fold(g.path("-13,9 -9.8,18 -3,25 4,29"), 0.9, -0.55, 0.3, (0.2, 0.3)),
        )
        shape = loop if flip > 0 else g.mirror(loop)
        folds = folds if flip > 0 else tuple(dr.mirrored(fold) for fold in folds)
        marks.append(
            Panel(
                shape,
                piece.cloth,
                Relief(puff=(3.4, 2.2), folds=folds, crumples=(Crumple(0.12, 3, 3, seed),)),
                grain=-40 * flip,
                shadow=Shadow(0.5, 0.8, 1.1, 0.55),
                edge=0.9,
                edge_width=0.3,
            )
        )
    return marks


def printed(size: float) -> Cloth:
    """The silk square's print: a border, a ring of bridle-like links, a field of small marks."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        half = size / 2
        x, y = u, v
        r = np.sqrt(x * x + y * y)
        angle = np.arctan2(y, x)
        edge = np.maximum(np.abs(x), np.abs(y))
        soft = np.float32(0.6 / fine)

        def line(d: Floats, width: float) -> Floats:
            return ((width / 2 - np.abs(d)) / soft + 0.5).clip(0, 1)

        border = ((edge - (half - 4.2)) / soft + 0.5).clip(0, 1)
        lines = line(edge - (half - 6.0), 0.45) + line(edge - (half - 1.6), 0.4)
        ring = line(r - size * 0.30 - 1.4 * np.sin(12 * angle), 0.5) + line(
            r - size * 0.30 + 1.4 * np.sin(12 * angle), 0.5
        )
        rosette = line(r - size * (0.10 + 0.045 * np.cos(8 * angle)), 0.55) + line(r - size * 0.045, 0.45)
        rays = line(np.sin(24 * angle) * r / 6, 0.34) * ((r > size * 0.17) & (r < size * 0.25))
        cell = 5.2
        du, dv = x - cell * np.round(x / cell), y - cell * np.round(y / cell)
        dots = (
            ((0.55 - np.sqrt(du * du + dv * dv)) / soft + 0.5).clip(0, 1)
            * (r > size * 0.37)
            * (edge < half - 7.5)
        )
        corner = np.sqrt((np.abs(x) - half + 13) ** 2 + (np.abs(y) - half + 13) ** 2)
        corners = line(corner - 5.0, 0.5) + line(corner - 3.4, 0.4) + ((1.2 - corner) / soft + 0.5).clip(0, 1)
        second = np.maximum(border, (lines + ring + rays).clip(0, 1) * (1 - border)).astype(np.float32)
        third = (rosette + dots + corners + line(edge - (half - 2.6), 0.3)).clip(0, 1).astype(np.float32)
        twill = seen(0.2, fine) * wave((u + v) / np.float32(0.2))
        return Surface(second=second, third=third, tone=grain(u, 0.01), bump=0.006 * twill)

    return Cloth(weave=weave, gloss=0.30, tint=0.75, fuzz=0.3, warp=0.8)


def square(_piece: Piece) -> list[Mark]:
    """A carré, hung from one point so that it falls in a long lozenge of folds."""
    size = 62.0
    half = size / 2
    xs = np.linspace(-half, half, 80)
    wave_ = 0.5 * np.sin(xs / 4.2) + 0.35 * np.sin(xs / 2.3 + 1)
    top = np.stack([xs, -half + 0.35 * np.sin(xs / 5 + 2)], axis=1)
    bottom = np.stack([xs, half + wave_], axis=1)[::-1]
    right = np.stack([half + 0.4 * np.sin(xs / 6 + 0.6), xs], axis=1)
    left = np.stack([-half + 0.4 * np.sin(xs / 7 + 2.2), xs], axis=1)[::-1]
    line = np.concatenate([top, right, bottom, left])
    folds = (
        Fold(g.spline([(-half, -half), (-8, -6), (10, 24)]), 3.4, 1.0, 0.3, (0.2, 0.5)),
        Fold(g.spline([(half, -half), (10, -8), (-6, 22)]), 3.2, 0.8, -0.3, (0.2, 0.5)),
        Fold(g.spline([(-half + 8, -half), (-16, 0), (-12, half)]), 3.0, -0.8, 0.2, (0.3, 0.3)),
        Fold(g.spline([(half - 9, -half), (18, 2), (16, half)]), 3.0, -0.7, 0.2, (0.3, 0.3)),
    )
    relief = Relief(
        folds=folds, drapes=(Drape(5.2, 0.1, 1.0, seed=51, wander=0.8),), crumples=dr.hang(0.6, 52, 0.1)
    )
    return [Panel(line, printed(size), relief, shadow=None, edge=1.3, edge_width=0.3)]
