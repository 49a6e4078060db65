"""The large forms of a piece of cloth as a height field in centimetres: body, limbs, folds, drape, creases.

Heights are computed on a coarse grid (forms are smooth) and scaled up, so that a drawing costs the same at any size
and looks the same at all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from garment_artwork.canvas import resize
from garment_artwork.primitives import geometry
from garment_artwork.primitives.geometry import Line, Tube
from kiosk.pictures.canvas import coverage

Floats = NDArray[np.floating[Any]]
Form = Callable[[Floats, Floats], Floats]
"""A height by place: (x, y) in centimetres to centimetres."""

# A limb or a body is never lit to its very edge, where its slope would be endless.
_EDGE: Final = 0.985
# Centimetres over which a body keeps its width.
_ROWS: Final = 9.0


@dataclass(frozen=True, slots=True)
class Fold:
    """A ridge (depth above 0) or a crease (below) along a line; `width` in cm, `lean` makes one side steeper."""

    line: Line
    width: float
    depth: float
    lean: float = 0.0
    fade: tuple[float, float] = (0.3, 0.3)


@dataclass(frozen=True, slots=True)
class Drape:
    """Folds that fall down a panel and open towards its hem: so many over its width, amplitude at top and hem."""

    count: float
    top: float
    hem: float
    phase: float = 0.0
    sharp: float = 1.0
    wander: float = 0.25
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Crumple:
    """Random unevenness: height in cm, and the size of its features across and along.

    `ridge` turns hills into creases, as stiff or thin cloth has them (0 soft, 1 sharp).
    """

    depth: float
    across: float
    along: float
    seed: int = 0
    ridge: float = 0.0


@dataclass(frozen=True, slots=True)
class Relief:
    """What gives a panel its form. `body` is the depth of a torso under it, `puff` (radius, depth) a cushion."""

    body: float = 0.0
    power: float = 2.2
    limb: Tube | None = None
    round: float = 0.0
    puff: tuple[float, float] = (0.0, 0.0)
    folds: tuple[Fold, ...] = ()
    drapes: tuple[Drape, ...] = ()
    crumples: tuple[Crumple, ...] = ()
    forms: tuple[Form, ...] = ()


FLAT: Final = Relief()


def height(relief: Relief, outline: Line, x: Floats, y: Floats, limb: tuple[Floats, Floats] | None) -> Floats:
    """The height of a panel on the grid of places `x`, `y`; `limb` is the result of `along` where it has a limb."""
    h = np.zeros(x.shape, np.float32)
    if relief.body or relief.drapes:
        u, v = across(outline, x, y)
        if relief.body:
            h += relief.body * (1 - np.abs(u) ** relief.power).clip(0) ** np.float32(1 / relief.power)
        for drape in relief.drapes:
            h += _draped(drape, u, v)
    if relief.round and limb is not None:
        s = (limb[0] / _EDGE).clip(-1, 1)
        h += relief.round * np.sqrt((1 - s * s * np.float32(_EDGE)).clip(0.0))
    if relief.puff[1]:
        h += cushion(outline, x, y, *relief.puff)
    for fold in relief.folds:
        _add_fold(h, fold, x, y)
    for crumple in relief.crumples:
        h += crumpled(crumple, x, y)
    for form in relief.forms:
        h += form(x, y)
    return h


def across(outline: Line, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Where each place lies between the panel's left (-1) and right (1) edge, and between its top (0) and end (1)."""
    rows = y[:, 0].astype(float)
    low, high = edges(outline, rows)
    # A hem or a shoulder that narrows does not make the body under it narrower.
    reach = max(3, round(_ROWS / max(float(y[1, 0] - y[0, 0]), 1e-6)))
    low = ndimage.gaussian_filter1d(ndimage.minimum_filter1d(low, reach), reach / 4)
    high = ndimage.gaussian_filter1d(ndimage.maximum_filter1d(high, reach), reach / 4)
    middle, half = (low + high)[:, None] / 2, np.maximum((high - low)[:, None] / 2, 0.2)
    u = ((x - middle) / half * _EDGE).clip(-1, 1).astype(np.float32)
    top, end = outline[:, 1].min(), outline[:, 1].max()
    v = ((y - top) / max(end - top, 1e-6)).clip(0, 1).astype(np.float32)
    return u, v


def edges(outline: Line, rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The leftmost and rightmost x of an outline on each row; the nearest row's where it does not reach."""
    a, b = outline, np.roll(outline, -1, axis=0)
    inside = np.clip(rows, outline[:, 1].min() + 1e-3, outline[:, 1].max() - 1e-3)[:, None]
    crossing = (np.minimum(a[:, 1], b[:, 1]) <= inside) & (np.maximum(a[:, 1], b[:, 1]) >= inside)
    rise = np.where(np.abs(b[:, 1] - a[:, 1]) < 1e-9, 1e-9, b[:, 1] - a[:, 1])
    where = a[:, 0] + (inside - a[:, 1]) / rise * (b[:, 0] - a[:, 0])
    where = np.clip(where, np.minimum(a[:, 0], b[:, 0]), np.maximum(a[:, 0], b[:, 0]))
    low = np.where(crossing, where, np.inf).min(axis=1)
    high = np.where(crossing, where, -np.inf).max(axis=1)
    return low, high


def along(tube: Tube, x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    """For each place: across the limb from -1 to 1, centimetres across, centimetres along."""
    left, right = geometry.even(tube.left, 120), geometry.even(tube.right, 120)
    widest = float(np.linalg.norm(right - left, axis=1).max())
    shares = np.linspace(-0.12, 1.12, int(min(max(widest / 0.35, 16), 90)))
    nodes = left[:, None, :] * (1 - shares)[None, :, None] + right[:, None, :] * shares[None, :, None]
    width = np.linalg.norm(right - left, axis=1)[:, None]
    side = np.broadcast_to(1 - 2 * shares[None, :], nodes.shape[:2])
    aside = side * width / 2
    ahead = np.broadcast_to(geometry.arc((left + right) / 2)[:, None], nodes.shape[:2])
    away, near = cKDTree(nodes.reshape(-1, 2)).query(np.stack([x.ravel(), y.ravel()], axis=1), k=4)
    weight = 1 / (away**2 + 1e-4)
    weight /= weight.sum(axis=1, keepdims=True)

    def spread(values: NDArray[np.float64]) -> Floats:
        found = (values.reshape(-1)[near] * weight).sum(axis=1).reshape(x.shape)
        smooth: Floats = ndimage.gaussian_filter(found, 0.8).astype(np.float32)
        return smooth

    return spread(side), spread(aside), spread(ahead)


def cushion(outline: Line, x: Floats, y: Floats, radius: float, depth: float) -> Floats:
    """A form that rises from the outline's edge over `radius` cm to `depth` cm."""
    scale = 1.0 / max(float(x[0, 1] - x[0, 0]), 1e-6)
    shape = (outline - [float(x[0, 0]), float(y[0, 0])]) * scale + 0.5
    mask = coverage([shape], x.shape[1], x.shape[0])
    inside = ndimage.distance_transform_edt(np.pad(mask > 0.5, 1))[1:-1, 1:-1] / scale
    rise = (inside / radius).clip(0, 1)
    h = depth * np.sqrt((1 - (1 - rise) ** 2).clip(0))
    found: Floats = ndimage.gaussian_filter(h.astype(np.float32), radius * scale * 0.16)
    return found


def crumpled(crumple: Crumple, x: Floats, y: Floats) -> Floats:
    """Smooth noise fixed to the cloth, so that it is the same at every size of picture."""
    x0, y0, x1, y1 = -120.0, -80.0, 120.0, 190.0
    columns, rows = int((x1 - x0) / crumple.across) + 4, int((y1 - y0) / crumple.along) + 4
    lattice = np.random.default_rng(977 + crumple.seed).standard_normal((rows, columns)).astype(np.float32)
    step = float(x[0, 1] - x[0, 0])
    left, upper = (float(x[0, 0]) - x0) / crumple.across, (float(y[0, 0]) - y0) / crumple.along
    box = (
        left,
        upper,
        left + x.shape[1] * step / crumple.across,
        upper + x.shape[0] * step / crumple.along,
    )
    soft = resize(lattice, x.shape[1], x.shape[0], box)
    if crumple.ridge:
        soft = soft + crumple.ridge * (1.3 - 1.9 * np.sqrt(soft * soft + 0.05) - soft)
    return np.float32(crumple.depth) * soft


def _draped(drape: Drape, u: Floats, v: Floats) -> Floats:
    rng = np.random.default_rng(31 + drape.seed)
    a, b, c = rng.uniform(0, 2 * np.pi, 3)
    shifted = u + drape.wander * (
        0.10 * np.sin(3.1 * v + a) + 0.16 * np.sin(2.3 * u + b) + 0.05 * np.sin(9 * v + 5 * u)
    )
    wave = np.cos(np.pi * drape.count * shifted + drape.phase + c * 0.2)
    uneven = 0.75 + 0.25 * np.sin(2.7 * np.pi * u + a)
    if drape.sharp != 1.0:
        wave = 2 * ((wave + 1) / 2) ** drape.sharp - 1
    found: Floats = (wave * uneven * (drape.top + (drape.hem - drape.top) * v**1.35)).astype(np.float32)
    return found


def _add_fold(h: Floats, fold: Fold, x: Floats, y: Floats) -> None:
    reach = fold.width * 3.2
    step = float(x[0, 1] - x[0, 0])
    low, high = fold.line.min(axis=0) - reach, fold.line.max(axis=0) + reach
    left, right = ((np.array([low[0], high[0]]) - x[0, 0]) / step).astype(int).clip(0, x.shape[1])
    upper, lower = ((np.array([low[1], high[1]]) - y[0, 0]) / step).astype(int).clip(0, x.shape[0])
    if right - left < 2 or lower - upper < 2:
        return
    px, py = x[upper:lower, left:right], y[upper:lower, left:right]
    points = geometry.even(fold.line, 26).astype(np.float32)
    distance, side, t = _nearest(points, px, py)
    width = fold.width * np.where(side > 0, 1 + fold.lean, 1 - fold.lean)
    start, end = max(fold.fade[0], 1e-3), max(fold.fade[1], 1e-3)
    swell = _ease(t / start) * _ease((1 - t) / end)
    # A rounded crest with long flanks: cloth comes down from a fold in a slope, not in a bell.
    crest = 1 / (1 + (distance / width) ** 2) ** 1.5
    h[upper:lower, left:right] += fold.depth * swell * crest


def _nearest(points: Floats, px: Floats, py: Floats) -> tuple[Floats, Floats, Floats]:
    """Distance to a polyline, the side of it, and the fraction of its length."""
    best = np.full(px.shape, np.inf, np.float32)
    side, t = np.zeros(px.shape, np.float32), np.zeros(px.shape, np.float32)
    count = len(points) - 1
    for n in range(count):
        (ax, ay), (dx, dy) = points[n], points[n + 1] - points[n]
        rx, ry = px - ax, py - ay
        f = ((rx * dx + ry * dy) / max(float(dx * dx + dy * dy), 1e-9)).clip(0, 1)
        d2 = (rx - f * dx) ** 2 + (ry - f * dy) ** 2
        nearer = d2 < best
        best = np.where(nearer, d2, best)
        side = np.where(nearer, rx * dy - ry * dx, side)
        t = np.where(nearer, (n + f) / count, t)
    return np.sqrt(best), side, t


def _ease(t: Floats) -> Floats:
    t = t.clip(0, 1)
    found: Floats = t * t * (3 - 2 * t)
    return found
