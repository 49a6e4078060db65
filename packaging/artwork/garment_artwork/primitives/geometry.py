"""Lines and outlines in centimetres: splines through points, mirrored halves, strokes, dashes, tubes.

x runs to the viewer's right from the middle of the garment, y downwards from its highest point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]
"""Points of a polyline, shape (n, 2)."""
Point = tuple[float, float] | tuple[float, float, int]
"""A point a line runs smoothly through; with a third number it is a corner."""

_STEPS: Final = 14


def spline(points: Sequence[Point]) -> Line:
    """A smooth line through the points (Catmull-Rom, tension by chord), broken at corners."""
    runs: list[list[tuple[float, float]]] = [[]]
    for index, point in enumerate(points):
        runs[-1].append((point[0], point[1]))
        if len(point) == 3 and 0 < index < len(points) - 1:
            runs.append([(point[0], point[1])])
    parts = [_smooth(np.array(run, float)) for run in runs]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def path(text: str) -> Line:
    """A spline written as `x,y x,y! ...`; an exclamation mark makes a corner."""
    points: list[Point] = []
    for word in text.split():
        x, y = word.rstrip("!").split(",")
        points.append((float(x), float(y), 1) if word.endswith("!") else (float(x), float(y)))
    return spline(points)


def _smooth(points: Line) -> Line:
    if len(points) < 3:
        t = np.linspace(0, 1, 9)[:, None]
        straight: Line = points[:1] * (1 - t) + points[-1:] * t
        return straight
    chord = np.maximum(np.linalg.norm(np.diff(points, axis=0), axis=1), 1e-9)
    slope = np.diff(points, axis=0) / chord[:, None]
    inner = (slope[:-1] * chord[1:, None] + slope[1:] * chord[:-1, None]) / (chord[:-1] + chord[1:])[:, None]
    first, last = 1.5 * slope[0] - 0.5 * inner[0], 1.5 * slope[-1] - 0.5 * inner[-1]
    tangent = np.concatenate([[first], inner, [last]])
    t = np.linspace(0, 1, _STEPS, endpoint=False)[:, None]
    h00, h10 = 2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t
    h01, h11 = -2 * t**3 + 3 * t**2, t**3 - t**2
    pieces = [
        h00 * points[i] + h10 * chord[i] * tangent[i] + h01 * points[i + 1] + h11 * chord[i] * tangent[i + 1]
        for i in range(len(chord))
    ]
    return np.concatenate([*pieces, points[-1:]])


def near(point: Line, dx: float = 0.0, dy: float = 0.0) -> tuple[float, float]:
    """A place beside a point."""
    return float(point[0]) + dx, float(point[1]) + dy


def mirror(line: Line) -> Line:
    """The same line on the other side of the middle."""
    found: Line = line * np.array([-1.0, 1.0])
    return found


def whole(half: Line) -> Line:
    """A closed outline from its right half, which runs from the top middle to the bottom middle."""
    return np.concatenate([half, mirror(half)[::-1]])


def shift(line: Line, dx: float, dy: float) -> Line:
    """The line moved by so much."""
    found: Line = line + np.array([dx, dy])
    return found


def turn(line: Line, degrees: float, about: tuple[float, float] = (0.0, 0.0)) -> Line:
    """The line turned clockwise (as seen) about a point."""
    angle = np.deg2rad(degrees)
    c, s = np.cos(angle), np.sin(angle)
    found: Line = (line - about) @ np.array([[c, s], [-s, c]]) + about
    return found


def normals(line: Line) -> Line:
    """Unit normals, to the left of the direction of travel when y points down."""
    step = np.gradient(line, axis=0)
    length = np.maximum(np.linalg.norm(step, axis=1), 1e-9)[:, None]
    found: Line = np.stack([step[:, 1], -step[:, 0]], axis=1) / length
    return found


def stroke(line: Line, width: float | Sequence[float]) -> Line:
    """Closed outline of a stroke of that width (or of widths spread evenly over its length)."""
    half = _widths(line, width)[:, None] / 2
    aside = normals(line) * half
    return np.concatenate([line + aside, (line - aside)[::-1]])


def _widths(line: Line, width: float | Sequence[float]) -> NDArray[np.float64]:
    if isinstance(width, float | int):
        return np.full(len(line), float(width))
    t = arc(line)
    found: NDArray[np.float64] = np.interp(t / t[-1], np.linspace(0, 1, len(width)), width)
    return found


def arc(line: Line) -> NDArray[np.float64]:
    """Length along the line up to each point."""
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def at(line: Line, length: NDArray[np.float64] | float) -> Line:
    """The points at those lengths along the line."""
    where = arc(line)
    lengths = np.atleast_1d(np.asarray(length, float))
    return np.stack([np.interp(lengths, where, line[:, axis]) for axis in (0, 1)], axis=1)


def even(line: Line, count: int) -> Line:
    """The line as `count` points at even distances."""
    return at(line, np.linspace(0, arc(line)[-1], count))


def part(line: Line, start: float, end: float) -> Line:
    """The stretch of a line between two fractions of its length."""
    length = arc(line)[-1]
    return at(line, np.linspace(start * length, end * length, max(8, len(line))))


def beside(line: Line, distance: float) -> Line:
    """The line moved aside along its normals."""
    return line + normals(line) * distance


def dashes(line: Line, on: float, off: float, width: float) -> list[Line]:
    """A row of stitches as small outlines."""
    length = arc(line)[-1]
    starts = np.arange(off / 2, max(length - on, off), on + off)
    return [stroke(at(line, np.array([start, start + on])), width) for start in starts]


def ellipse(x: float, y: float, rx: float, ry: float, count: int = 72) -> Line:
    """A closed ellipse about a point."""
    t = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack([x + rx * np.cos(t), y + ry * np.sin(t)], axis=1)


def box(x0: float, y0: float, x1: float, y1: float, radius: float = 0.0) -> Line:
    """A closed rectangle with rounded corners."""
    if radius <= 0:
        return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], float)
    t = np.linspace(0, np.pi / 2, 8)
    corners = [
        (x1 - radius, y0 + radius, -np.pi / 2),
        (x1 - radius, y1 - radius, 0.0),
        (x0 + radius, y1 - radius, np.pi / 2),
        (x0 + radius, y0 + radius, np.pi),
    ]
    return np.concatenate(
        [np.stack([x + radius * np.cos(t + a), y + radius * np.sin(t + a)], axis=1) for x, y, a in corners]
    )


def rounded(corners: Sequence[tuple[float, float]], radius: float, bow: float = 0.0) -> Line:
    """A closed outline of straight (or, with `bow`, slightly swelling) edges with rounded corners."""
    points = np.array(corners, float)
    middle = points.mean(axis=0)
    parts: list[Line] = []
    count = len(points)
    for n in range(count):
        before, here, after = points[n - 1], points[n], points[(n + 1) % count]
        inward, onward = before - here, after - here
        reach = min(radius, float(np.linalg.norm(inward)) / 2.2, float(np.linalg.norm(onward)) / 2.2)
        a = here + inward / np.linalg.norm(inward) * reach
        b = here + onward / np.linalg.norm(onward) * reach
        t = np.linspace(0, 1, 9)[:, None]
        parts.append((1 - t) ** 2 * a + 2 * t * (1 - t) * here + t**2 * b)
        if bow:
            end = after - onward / np.linalg.norm(onward) * reach
            across = np.linspace(0, 1, 14)[1:-1, None]
            edge = b * (1 - across) + end * across
            away = (b + end) / 2 - middle
            parts.append(edge + away / np.linalg.norm(away) * bow * 4 * across * (1 - across))
    return np.concatenate(parts)


@dataclass(frozen=True, slots=True)
class Tube:
    """A limb of cloth: a middle line and its widths along it, from the top to the open end."""

    middle: Line
    widths: tuple[float, ...]
    edges: tuple[Line, Line] | None = None

    @property
    def outline(self) -> Line:
        """The closed outline."""
        return stroke(self.middle, self.widths)

    @property
    def left(self) -> Line:
        """The edge on the left of the direction of travel."""
        if self.edges is not None:
            return self.edges[0]
        return self.middle + normals(self.middle) * _widths(self.middle, self.widths)[:, None] / 2

    @property
    def right(self) -> Line:
        """The other edge."""
        if self.edges is not None:
            return self.edges[1]
        return self.middle - normals(self.middle) * _widths(self.middle, self.widths)[:, None] / 2

    def across(self, start: float, bow: float = 0.0) -> Line:
        """A line over the tube at a fraction of its length, bowed by so many centimetres along it."""
        n = round(start * (len(self.middle) - 1))
        a, b = self.left[n], self.right[n]
        t = np.linspace(0, 1, 16)[:, None]
        along = np.gradient(self.middle, axis=0)[n]
        along = along / max(float(np.linalg.norm(along)), 1e-9)
        found: Line = a * (1 - t) + b * t + along * (bow * 4 * t * (1 - t))
        return found

    def mirrored(self) -> "Tube":
        """The same limb on the other side."""
        edges = None if self.edges is None else (mirror(self.edges[0]), mirror(self.edges[1]))
        return Tube(mirror(self.middle), self.widths, edges)


def limb(outer: Line, inner: Line, count: int = 64) -> tuple[Tube, Line]:
    """A sleeve or leg between its two edges: the tube for its form and weave, and its own outline."""
    a, b = even(outer, count), even(inner, count)
    middle = (a + b) / 2
    widths = np.linalg.norm(a - b, axis=1)
    return Tube(middle, tuple(float(w) for w in widths), (a, b)), np.concatenate([a, b[::-1]])
