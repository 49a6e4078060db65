"""Pours colours into a plate under the demo's one light: a soft window at the upper left, a faint rim from behind.

Sums are made in linear light. The garments hang on black glass, so dark cloth is lit the way a photographer lights
it: opened a little, with a cool line of light along its outer edges.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from garment_artwork.primitives.plate import Plate

Floats = NDArray[np.floating[Any]]
Pixels = NDArray[np.uint8]
Rgb = NDArray[np.float32]
Vector = tuple[np.float32, np.float32, np.float32]


def _unit(x: float, y: float, z: float) -> Vector:
    length = (x * x + y * y + z * z) ** 0.5
    return np.float32(x / length), np.float32(y / length), np.float32(z / length)


_KEY: Final = _unit(-0.54, -0.58, 0.62)
_FILL: Final = _unit(0.80, -0.10, 0.52)
_HALF: Final = _unit(float(_KEY[0]), float(_KEY[1]), float(_KEY[2]) + 1.0)
_RIM: Final = (0.82, 0.91, 1.0)
_LEVELS: Final = 4096


@dataclass(frozen=True, slots=True)
class Lit:
    """A plate under the light, as columns over the pixels it covers."""

    shape: tuple[int, int]
    where: NDArray[np.int64]
    alpha: Floats
    light: Floats
    gloss: Floats
    shine: Floats
    rim: Floats
    tint: Floats
    slots: dict[str, Floats]


def lit(plate: Plate) -> Lit:
    """Light a plate once; its colours can then be poured one after the other."""
    where = np.flatnonzero(plate.alpha.ravel() > 0.002)

    def column(field: Floats) -> Floats:
        return field.ravel()[where]

    gx, gy, tone = column(plate.gx), column(plate.gy), column(plate.tone)
    nz = 1 / np.sqrt(1 + gx * gx + gy * gy)
    nx, ny = -gx * nz, -gy * nz
    key = ((nx * _KEY[0] + ny * _KEY[1] + nz * _KEY[2] + np.float32(0.16)) / np.float32(1.16)).clip(0)
    fill = (nx * _FILL[0] + ny * _FILL[1] + nz * _FILL[2]).clip(0)
    light = (np.float32(1.06) * key + np.float32(0.15) * fill + np.float32(0.10) * (1 - ny)) * tone
    facing = (nx * _HALF[0] + ny * _HALF[1] + nz * _HALF[2]).clip(0)
    broad = facing**8
    broad *= broad
    rim = (1 - nz) ** np.float32(1.5) * (np.float32(0.45) + np.float32(0.55) * np.abs(nx))
    alpha = column(plate.alpha)
    share = 1 / np.maximum(alpha, np.float32(1e-3))
    return Lit(
        shape=(plate.frame.height, plate.frame.width),
        where=where,
        alpha=alpha,
        light=light,
        gloss=column(plate.gloss) * broad * tone,
        shine=column(plate.shine) * broad**8 * tone,
        rim=rim * column(plate.fuzz) * (np.float32(0.35) + np.float32(0.65) * tone),
        tint=column(plate.tint),
        slots={name: column(field) * share for name, field in plate.slots.items()},
    )


def linear(colour: str) -> Rgb:
    """`#RRGGBB` as linear light, 0..1."""
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
    found: Rgb = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(
        np.float32
    )
    return found


def shade_of(colour: Rgb, rule: str) -> Rgb:
    """A colour by rule: `#RRGGBB`, `cloth`, `cloth*0.5` (darker), `cloth>#FFFFFF:0.3` (towards another)."""
    if rule.startswith("#"):
        return linear(rule)
    if "*" in rule:
        return colour * np.float32(rule.partition("*")[2])
    if ">" in rule:
        towards, _, share = rule.partition(">")[2].partition(":")
        found: Rgb = colour + (linear(towards) - colour) * np.float32(share)
        return found
    return colour


def colour(plate: Lit, cloth: str, rules: Mapping[str, str]) -> Pixels:
    """The picture as RGBA, 8 bits each, with straight alpha; `cloth` is the style's colour as `#RRGGBB`."""
    base = linear(cloth)
    paints = {name: _opened(shade_of(base, rules.get(name, "cloth"))) for name in plate.slots}
    channels = [_mixed(plate, {name: float(p[c]) for name, p in paints.items()}) for c in range(3)]
    dark = _mixed(plate, {name: float(np.exp(-float(p.mean()) / 0.06)) for name, p in paints.items()})
    middle = (channels[0] + channels[1] + channels[2]) / np.float32(3)
    gleam = plate.gloss * (np.float32(0.18) + np.float32(0.9) * np.sqrt(middle))
    rim = plate.rim * (np.float32(0.02) + np.float32(0.24) * dark)
    # Dark cloth is shown with more contrast: what little it gives back is all there is to see of its form.
    light = plate.light * np.sqrt(1 + dark * (plate.light / np.float32(0.86) - 1)).clip(0.4, 1.6)
    deep = (np.float32(1.0) - plate.light).clip(0, 1) * np.float32(0.55)
    out = np.zeros((plate.shape[0] * plate.shape[1], 4), np.uint8)
    for c, channel in enumerate(channels):
        hue = channel / np.maximum(middle, np.float32(1e-4))
        # Light that has been once on the cloth comes back in its colour: shadows are deeper in hue than in grey.
        body = channel * light * (1 + deep * (hue - 1).clip(-0.6, 0.6))
        body += (
            gleam * (1 + plate.tint * (hue - 1))
            + plate.shine
            + rim * (np.float32(0.4 * _RIM[c]) + np.float32(0.6) * hue.clip(0, 1.6))
        )
        out[plate.where, c] = _encoded(body)
    out[plate.where, 3] = (plate.alpha * 255 + 0.5).clip(0, 255).astype(np.uint8)
    return out.reshape(*plate.shape, 4)


def _mixed(plate: Lit, values: dict[str, float]) -> Floats:
    total = np.zeros(plate.alpha.shape, np.float32)
    for name, value in values.items():
        total += plate.slots[name] * np.float32(value)
    return total


def _opened(paint: Rgb) -> Rgb:
    """Very dark dyes, as an exposure for dark cloth would show them."""
    hue = paint / max(float(paint.max()), 1e-4)
    found: Rgb = paint + np.float32(0.013 * np.exp(-float(paint.mean()) / 0.04)) * (0.9 + 0.1 * hue)
    return found


def _curve() -> NDArray[np.uint8]:
    """Linear light 0..1.5 to sRGB, with a soft shoulder that keeps white cloth from burning out."""
    body = np.linspace(0, 1.5, _LEVELS)
    body = np.where(body > 0.7, 0.7 + 0.3 * np.tanh((body - 0.7) / 0.3), body)
    value = np.where(body <= 0.0031308, 12.92 * body, 1.055 * body ** (1 / 2.4) - 0.055)
    return (value * 255 + 0.5).clip(0, 255).astype(np.uint8)


_CURVE: Final = _curve()
# Dark tones need finer steps than a straight table has: the table is walked by the square root of light.
_ROOT: Final = _CURVE[((np.linspace(0, 1.5**0.5, _LEVELS) ** 2) / 1.5 * (_LEVELS - 1)).round().astype(int)]


def _encoded(body: Floats) -> NDArray[np.uint8]:
    steps = np.sqrt(body.clip(0, 1.5)) * np.float32((_LEVELS - 1) / 1.5**0.5)
    found: NDArray[np.uint8] = _ROOT[steps.astype(np.int32)]
    return found
