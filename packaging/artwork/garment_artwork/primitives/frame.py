"""Where a drawing's centimetres lie among a picture's pixels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garment_artwork.primitives.geometry import Line

Floats = NDArray[np.floating[Any]]
Window = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are outside."""


@dataclass(frozen=True, slots=True)
class Frame:
    """`fine` pixels a centimetre; the drawing's origin lies at (`left`, `top`) pixels."""

    width: int
    height: int
    fine: float
    left: float
    top: float

    def pixels(self, line: Line) -> Line:
        """A line in pixels."""
        found: Line = line * self.fine + np.array([self.left, self.top])
        return found

    def window(self, lines: list[Line], margin: float = 0.0) -> Window:
        """The part of the picture that holds the lines and so many centimetres about them."""
        points = self.pixels(np.concatenate(lines))
        pad = margin * self.fine + 1
        x0, y0 = np.floor(points.min(axis=0) - pad).astype(int)
        x1, y1 = np.ceil(points.max(axis=0) + pad).astype(int)
        return max(0, int(x0)), max(0, int(y0)), min(self.width, int(x1)), min(self.height, int(y1))

    def places(self, window: Window) -> tuple[Floats, Floats]:
        """The centimetres of each pixel's middle in a window, as two grids."""
        x0, y0, x1, y1 = window
        xs = ((np.arange(x0, x1) + 0.5 - self.left) / self.fine).astype(np.float32)
        ys = ((np.arange(y0, y1) + 0.5 - self.top) / self.fine).astype(np.float32)
        grid_x, grid_y = np.meshgrid(xs, ys)
        return grid_x, grid_y

    def coarse(self, height: int) -> "Frame":
        """The same frame with that many rows."""
        factor = height / self.height
        width = max(1, round(self.width * factor))
        return Frame(width, height, self.fine * factor, self.left * factor, self.top * factor)


def fitted(lines: list[Line], height: int, ratio: float, fill: float) -> Frame:
    """A frame of that height and width-to-height ratio whose middle `fill` holds the lines."""
    points = np.concatenate(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    width = round(height * ratio)
    fine = min(width / (high[0] - low[0]), height / (high[1] - low[1])) * fill
    left, top = np.array([width, height]) / 2 - (low + high) / 2 * fine
    return Frame(width, height, float(fine), float(left), float(top))
