"""Paints a garment's marks into a plate: coverage, slopes, tones and materials, still without colour.

A plate is made once for a style, since the form is expensive; `colouring` applies the colours.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import ndimage

from garment_artwork.canvas import resize
from garment_artwork.primitives import relief as forms
from garment_artwork.primitives.buttons import sew
from garment_artwork.primitives.cloth import Cloth, Surface
from garment_artwork.primitives.frame import Frame, Window
from garment_artwork.primitives.geometry import Line, beside, dashes, stroke
from garment_artwork.primitives.marks import Button, Garment, Mark, Panel, Seam, Shade, Shadow, Stitches
from garment_artwork.primitives.plate import Floats, Plate
from kiosk.pictures.canvas import coverage

# Rows of the coarse grid on which large forms are computed.
COARSE: Final = 420


def paint(garment: Garment, frame: Frame) -> Plate:
    """The plate of a garment within a frame."""
    plate = Plate(frame)
    for mark in garment.marks:
        _paint(plate, mark)
    return plate


def _paint(plate: Plate, mark: Mark) -> None:
    match mark:
        case Panel():
            _panel(plate, mark)
        case Seam():
            _seam(plate, mark)
        case Stitches():
            shapes = dashes(mark.line, mark.on, mark.off, mark.width)
            if shapes:
                _thread(plate, shapes, mark)
        case Button():
            _button(plate, mark)
        case Shade():
            _shade(plate, mark)


def _over(target: Floats, mask: Floats, value: Floats | float) -> None:
    target += mask * (value - target)


def _mask(frame: Frame, window: Window, shapes: list[Line]) -> Floats:
    x0, y0, x1, y1 = window
    moved = [frame.pixels(shape) - [x0, y0] for shape in shapes]
    return coverage(moved, x1 - x0, y1 - y0)


def _view(window: Window) -> tuple[slice, slice]:
    x0, y0, x1, y1 = window
    return slice(y0, y1), slice(x0, x1)


def _panel(plate: Plate, panel: Panel) -> None:
    frame = plate.frame
    window = frame.window([panel.outline])
    if window[2] - window[0] < 2 or window[3] - window[1] < 2:
        return
    see = _view(window)
    before = plate.tone[see].copy() if panel.inherit else plate.tone[see]
    if panel.shadow is not None:
        _throw(plate, panel.outline, panel.shadow)
    mask = _mask(frame, window, [panel.outline])
    if panel.holes:
        mask = mask * (1 - _mask(frame, window, list(panel.holes)))
    if panel.clip is not None:
        mask = mask * _mask(frame, window, [panel.clip])
    x, y = frame.places(window)
    gx, gy, hollow, u, v = _form(frame, panel, window, x, y)
    surface = panel.cloth.weave(u + panel.cloth.warp * gx, v + panel.cloth.warp * gy, frame.fine)
    if panel.inherit:
        gx, gy = plate.form_x[see] + gx, plate.form_y[see] + gy
    _over(plate.form_x[see], mask, gx)
    _over(plate.form_y[see], mask, gy)
    gx, gy = _bumped(surface, panel, mask, frame, gx, gy)
    _over(plate.gx[see], mask, gx)
    _over(plate.gy[see], mask, gy)
    _over(plate.tone[see], mask, _toned(panel, surface, hollow, x, y, before))
    _stuff(plate, panel.cloth, see, mask)
    _pour(plate, panel.slots, surface, see, mask)


def _toned(panel: Panel, surface: Surface, hollow: Floats, x: Floats, y: Floats, old: Floats) -> Floats:
    tone = hollow * (panel.tone(x, y) if callable(panel.tone) else np.float32(panel.tone))
    if panel.inherit:
        return tone * old
    return tone if surface.tone is None else tone * surface.tone


def _form(
    frame: Frame, panel: Panel, window: Window, x: Floats, y: Floats
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Slopes, hollowness and weave coordinates of a panel, from the coarse grid."""
    low = frame.coarse(min(COARSE, frame.height))
    part = low.window([panel.outline], margin=4 / low.fine)
    lx, ly = low.places(part)
    limb = forms.along(panel.relief.limb, lx, ly) if panel.relief.limb is not None else None
    h = forms.height(panel.relief, panel.outline, lx, ly, None if limb is None else (limb[0], limb[2]))
    slopes: list[Floats] = list(np.gradient(h, np.float32(1 / low.fine)))
    valley = ndimage.gaussian_filter(h, 1.1 * low.fine) - h
    hollow = (1 - 0.42 * valley.clip(-0.12, 1.2)).astype(np.float32)
    up = _Upscale(frame, low, window, part)
    u, v = _weave_places(panel, x, y, limb, up)
    return up(slopes[1]), up(slopes[0]), up(hollow), u, v


@dataclass(frozen=True, slots=True)
class _Upscale:
    frame: Frame
    low: Frame
    window: Window
    part: Window

    def __call__(self, field_: Floats) -> Floats:
        x0, y0, x1, y1 = self.window
        fx, fy = self.low.width / self.frame.width, self.low.height / self.frame.height
        left, top = x0 * fx - self.part[0], y0 * fy - self.part[1]
        right, bottom = left + (x1 - x0) * fx, top + (y1 - y0) * fy
        rows, columns = field_.shape
        above, below = max(0, int(np.ceil(-top))), max(0, int(np.ceil(bottom - rows)))
        before, after = max(0, int(np.ceil(-left))), max(0, int(np.ceil(right - columns)))
        wide = np.pad(field_, ((above, below), (before, after)), mode="edge").astype(np.float32)
        part = (left + before, top + above, right + before, bottom + above)
        return resize(wide, x1 - x0, y1 - y0, part)


def _weave_places(
    panel: Panel, x: Floats, y: Floats, limb: tuple[Floats, Floats, Floats] | None, up: _Upscale
) -> tuple[Floats, Floats]:
    if limb is not None:
        u, v = up(limb[1]), up(limb[2])
    elif panel.grain:
        angle = np.deg2rad(panel.grain)
        c, s = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        u, v = x * c + y * s, y * c - x * s
    else:
        u, v = x, y
    return u - np.float32(panel.origin[0]), v - np.float32(panel.origin[1])


def _bumped(
    surface: Surface, panel: Panel, mask: Floats, frame: Frame, gx: Floats, gy: Floats
) -> tuple[Floats, Floats]:
    if surface.bump is not None:
        dy, dx = np.gradient(surface.bump, np.float32(1 / frame.fine))
        gx, gy = gx + dx, gy + dy
    if panel.edge:
        rim = ndimage.gaussian_filter(mask, panel.edge_width * frame.fine)
        dy, dx = np.gradient(rim, np.float32(1 / frame.fine))
        depth = np.float32(panel.edge * panel.edge_width * 2)
        gx, gy = gx + depth * dx, gy + depth * dy
    return gx, gy


def _stuff(plate: Plate, cloth: Cloth, see: tuple[slice, slice], mask: Floats) -> None:
    for name, value in (
        ("gloss", cloth.gloss),
        ("shine", cloth.shine),
        ("fuzz", cloth.fuzz),
        ("tint", cloth.tint),
    ):
        _over(getattr(plate, name)[see], mask, value)
    _over(plate.alpha[see], mask, 1.0)


def _pour(
    plate: Plate, names: tuple[str, str, str], surface: Surface, see: tuple[slice, slice], mask: Floats
) -> None:
    keep = 1 - mask
    for old in plate.slots.values():
        old[see] *= keep
    rest = mask
    for name, share in ((names[2], surface.third), (names[1], surface.second)):
        if share is not None:
            plate.slot(name)[see] += rest * share
            rest = rest * (1 - share)
    plate.slot(names[0])[see] += rest


def _throw(plate: Plate, outline: Line, shadow: Shadow) -> None:
    """Darken what lies beneath a panel."""
    frame = plate.frame
    low = frame.coarse(min(COARSE, frame.height))
    margin = 2.6 * shadow.blur + max(abs(shadow.dx), abs(shadow.dy))
    window = frame.window([outline], margin)
    part = low.window([outline], margin + 3 / low.fine)
    mask = _mask(low, part, [outline + np.array([shadow.dx, shadow.dy])])
    soft = ndimage.gaussian_filter(mask, max(shadow.blur * low.fine, 0.6))
    dark = _Upscale(frame, low, window, part)(soft).clip(0, 1)
    plate.tone[_view(window)] *= 1 - np.float32(shadow.dark) * dark


def _shade(plate: Plate, shade: Shade) -> None:
    frame = plate.frame
    low = frame.coarse(min(COARSE, frame.height))
    margin = 3 * shade.blur
    window = frame.window([shade.shape], margin)
    part = low.window([shade.shape], margin + 3 / low.fine)
    soft = ndimage.gaussian_filter(_mask(low, part, [shade.shape]), max(shade.blur * low.fine, 0.5))
    dark = _Upscale(frame, low, window, part)(soft).clip(0, 1)
    if shade.clip is not None:
        dark = dark * _mask(frame, window, [shade.clip])
    plate.tone[_view(window)] *= 1 - np.float32(shade.amount) * dark


def _seam(plate: Plate, seam: Seam) -> None:
    frame = plate.frame
    width = max(seam.width, 1.3 / frame.fine)
    furrow, far = stroke(seam.line, width), stroke(beside(seam.line, 0) + width * 0.7, width)
    window = frame.window([furrow, far])
    see = _view(window)
    dark, lit = _mask(frame, window, [furrow]), _mask(frame, window, [far])
    if seam.clip is not None:
        inside = _mask(frame, window, [seam.clip])
        dark, lit = dark * inside, lit * inside
    plate.tone[see] *= (1 + np.float32(seam.light) * lit) * (1 - np.float32(seam.dark) * dark)


def _thread(plate: Plate, shapes: list[Line], mark: Stitches) -> None:
    frame = plate.frame
    window = frame.window(shapes, 0.2)
    see = _view(window)
    under = _mask(frame, window, [shape + 0.05 for shape in shapes])
    plate.tone[see] *= 1 - 0.35 * under
    mask = _mask(frame, window, shapes) * np.float32(mark.strength) * plate.alpha[see]
    keep = 1 - mask
    for old in plate.slots.values():
        old[see] *= keep
    plate.slot(mark.slot)[see] += mask
    _over(plate.tone[see], mask, 1.0)


def _button(plate: Plate, button: Button) -> None:
    sew(plate, button)
