"""Leather, suede and felted cloth, and quilting."""

import numpy as np

from garment_artwork.primitives.cloth import Floats, Surface, Weave, grain, noise, seen, wave


def leather(pebble: float = 0.0, depth: float = 0.02) -> Weave:
    """Hide: smooth, or with a pebbled grain of that size."""

    def weave(u: Floats, v: Floats, fine: float) -> Surface:
        if not pebble:
            pores = noise(u, v, 0.16, 0.16, 51) * seen(0.3, fine)
            return Surface(tone=1 + 0.012 * pores, bump=0.0008 * pores)
        cell = np.abs(noise(u, v, pebble, pebble, 52)) + 0.6 * np.abs(
            noise(u, v, pebble * 0.6, pebble * 0.6, 53)
        )
        cell = np.minimum(cell, 0.9) * seen(pebble * 1.4, fine)
        return Surface(tone=(0.95 + 0.06 * cell).astype(np.float32), bump=depth * cell)

    return weave


def napped(amount: float = 0.05) -> Weave:
    """Suede, felt, flannel, melton: a soft nap brushed this way and that."""

    def weave(u: Floats, v: Floats, _fine: float) -> Surface:
        brushed = 0.5 * noise(u, v, 3.0, 4.5, 61) + 0.35 * noise(u, v, 0.35, 0.5, 62)
        return Surface(tone=(1 + amount * brushed).clip(0.7, 1.3) * grain(u, 0.024))

    return weave


def quilted(pitch: float = 7.0, puff: float = 0.55) -> Weave:
    """Wadding stitched in diamonds: cushions between sunken lines."""

    def weave(u: Floats, v: Floats, _fine: float) -> Surface:
        a, b = (u + v * 0.8) / np.float32(pitch), (u - v * 0.8) / np.float32(pitch)
        da, db = np.abs(a - np.round(a)) * 2, np.abs(b - np.round(b)) * 2
        cushion = (1 - (1 - da) ** 3) * (1 - (1 - db) ** 3)
        near = np.minimum(da, db)
        line = np.exp(-((near / 0.035) ** 2))
        pucker = 0.10 * wave(u * np.float32(1.3) + v * np.float32(0.4)) * np.exp(-near / 0.25)
        tone = (0.86 + 0.14 * cushion) * (1 - 0.28 * line)
        return Surface(tone=tone.astype(np.float32), bump=(puff * cushion + 0.25 * pucker).astype(np.float32))

    return weave
