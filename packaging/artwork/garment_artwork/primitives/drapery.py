"""How cloth falls: families of folds for bodies, sleeves, legs and waists, drawn from a seed."""

from collections.abc import Sequence

import numpy as np

from garment_artwork.primitives.geometry import Line, Tube, arc, at, mirror, normals, spline
from garment_artwork.primitives.relief import Crumple, Fold


def falling(
    seed: int, xs: tuple[float, float], ys: tuple[float, float], count: int, depth: float, width: float = 1.6
) -> tuple[Fold, ...]:
    """Long folds that hang down, spread over `xs`, each beginning and ending somewhere within `ys`."""
    rng = np.random.default_rng(seed)
    found = []
    for n in range(count):
        x = xs[0] + (xs[1] - xs[0]) * (n + rng.uniform(0.2, 0.8)) / count
        top = ys[0] + (ys[1] - ys[0]) * rng.uniform(0.0, 0.3)
        end = ys[1] + (ys[1] - ys[0]) * rng.uniform(-0.15, 0.12)
        lean = rng.uniform(-0.05, 0.05) * (end - top)
        bow = rng.uniform(-0.03, 0.03) * (end - top)
        line = spline([(x, top), (x + lean * 0.4 + bow, (top + end) / 2), (x + lean, end)])
        sign = 1.0 if rng.random() < 0.6 else -1.0
        found.append(
            Fold(
                line,
                width * rng.uniform(0.7, 1.4),
                sign * depth * rng.uniform(0.5, 1.1),
                rng.uniform(-0.4, 0.4),
                (0.45, 0.25),
            )
        )
    return tuple(found)


def armpit(x: float, y: float, reach: float, depth: float, seed: int = 0) -> tuple[Fold, ...]:
    """The drag lines that run from each armpit towards the chest and down the side."""
    rng = np.random.default_rng(100 + seed)
    found: list[Fold] = []
    for side in (1.0, -1.0):
        for angle, length in ((160, 0.9), (128, 1.3), (104, 1.9)):
            a = np.deg2rad(angle + rng.uniform(-7, 7))
            far = reach * length * rng.uniform(0.8, 1.15)
            dx, dy = np.cos(a) * far, np.sin(a) * far
            line = spline([(x, y), (x + dx * 0.5 - dy * 0.06, y + dy * 0.5 + dx * 0.05), (x + dx, y + dy)])
            line = line if side > 0 else mirror(line)
            width = 1.25 * rng.uniform(0.8, 1.3)
            found.append(Fold(line, width, depth * rng.uniform(0.6, 1.1), 0.3, (0.15, 0.8)))
    return tuple(found)


def crossing(
    limb: Tube, seed: int, places: Sequence[float], depth: float, slant: float = 0.5, width: float = 0.9
) -> tuple[Fold, ...]:
    """Creases over a limb at those fractions of its length, slanting one way and the other."""
    rng = np.random.default_rng(200 + seed)
    side = normals(limb.middle)
    found = []
    for n, place in enumerate(places):
        index = min(int(place * (len(limb.middle) - 1)), len(limb.middle) - 1)
        half = float(np.interp(place, np.linspace(0, 1, len(limb.widths)), limb.widths)) / 2
        middle, aside = limb.middle[index], side[index]
        down = np.array([-aside[1], aside[0]])
        down = down if down[1] > 0 else -down
        tilt = slant * half * rng.uniform(0.6, 1.5) * (1 if n % 2 else -1)
        start, end = rng.uniform(-1.1, -0.8), rng.uniform(0.2, 0.7)
        if n % 2:
            start, end = -end, -start
        points = [
            tuple(middle + aside * half * t + down * (tilt * t + 0.22 * half * (1 - t * t)))
            for t in np.linspace(start, end, 5)
        ]
        line = spline([(float(x), float(y)) for x, y in points])
        outward = (0.22, 0.7) if n % 2 == 0 else (0.7, 0.22)
        found.append(
            Fold(line, width * rng.uniform(0.7, 1.25), depth * rng.uniform(0.6, 1.15), 0.25, outward)
        )
    return tuple(found)


def lengthwise(limb: Tube, seed: int, count: int, depth: float, width: float = 0.9) -> tuple[Fold, ...]:
    """Long folds that run down a limb."""
    rng = np.random.default_rng(300 + seed)
    side = normals(limb.middle)
    total = arc(limb.middle)[-1]
    found = []
    for n in range(count):
        across = -0.6 + 1.2 * (n + rng.uniform(0.25, 0.75)) / count
        start, end = rng.uniform(0.05, 0.35), rng.uniform(0.6, 0.98)
        fractions = np.linspace(start, end, 7)
        half = np.interp(fractions, np.linspace(0, 1, len(limb.widths)), limb.widths) / 2
        middle = at(limb.middle, fractions * total)
        index = (fractions * (len(side) - 1)).astype(int)
        line = middle + side[index] * (half * (across + rng.uniform(-0.12, 0.12, 7)))[:, None]
        sign = 1.0 if rng.random() < 0.55 else -1.0
        smooth = spline([(float(x), float(y)) for x, y in line])
        found.append(Fold(smooth, width * rng.uniform(0.7, 1.3), sign * depth * rng.uniform(0.6, 1.1), 0.2))
    return tuple(found)


def gathers(
    start: tuple[float, float],
    end: tuple[float, float],
    length: float,
    count: int,
    depth: float,
    seed: int = 0,
) -> tuple[Fold, ...]:
    """Small folds that spring from a gathered seam between two points, square to it, down (or up) by `length`."""
    rng = np.random.default_rng(400 + seed)
    a, b = np.array(start), np.array(end)
    along = (b - a) / max(float(np.linalg.norm(b - a)), 1e-9)
    away = np.array([-along[1], along[0]])
    found = []
    for n in range(count):
        origin = a + (b - a) * (n + rng.uniform(0.2, 0.8)) / count
        far = length * rng.uniform(0.45, 1.1)
        spread = (n / max(count - 1, 1) - 0.5) * 0.25 * far
        tip = origin + away * far + along * spread
        middle = (origin + tip) / 2 + along * rng.uniform(-0.1, 0.1) * far * 0.3
        line = spline([tuple(origin), tuple(middle), tuple(tip)])
        width = float(np.linalg.norm(b - a)) / count * 0.42
        found.append(Fold(line, width, depth * rng.uniform(0.6, 1.2), 0.0, (0.05, 0.8)))
    return tuple(found)


def both(folds: tuple[Fold, ...]) -> tuple[Fold, ...]:
    """The folds and their mirror images."""
    return folds + tuple(mirrored(fold) for fold in folds)


def mirrored(fold: Fold) -> Fold:
    """A fold on the other side of the middle."""
    return Fold(mirror(fold.line), fold.width, fold.depth, -fold.lean, fold.fade)


def reach(line: Line, start: float, end: float) -> Line:
    """The part of a line between two heights (y)."""
    keep = (line[:, 1] >= start) & (line[:, 1] <= end)
    found: Line = line[keep]
    return found


def hang(depth: float, seed: int, crisp: float = 0.25) -> tuple[Crumple, ...]:
    """The quiet unevenness of hanging cloth: long soft waves down, shorter ones between, small creases on them."""
    return (
        Crumple(depth * 0.62, 4.6, 30.0, seed),
        Crumple(depth * 0.30, 2.6, 13.0, seed + 1, crisp),
        Crumple(depth * 0.13, 2.2, 4.2, seed + 2, crisp),
    )
