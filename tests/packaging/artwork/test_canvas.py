"""Scaling of cut-out pictures and their WebP size."""

import numpy as np

from garment_artwork.canvas import smaller, webp
from kiosk.pictures.canvas import png


def test_webp_is_smaller_than_png() -> None:
    ramp = np.linspace(0, 255, 200, dtype=np.uint8)
    pixels = np.dstack([np.broadcast_to(ramp, (200, 200))] * 3 + [np.full((200, 200), 255, np.uint8)])
    assert len(webp(pixels)) < len(png(pixels))


def test_smaller_keeps_the_colour_of_a_cut_out_up_to_its_edge() -> None:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[10:30, 10:30] = (240, 240, 240, 255)
    small = smaller(pixels, 13, 13)
    assert small[small[..., 3] > 60][:, :3].min() > 220
