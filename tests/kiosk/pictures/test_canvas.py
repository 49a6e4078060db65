"""Shapes as masks, and pictures as bytes."""

import numpy as np
import pytest

from kiosk.pictures import canvas


def test_a_square_covers_its_area() -> None:
    square = np.array([[2.0, 2.0], [6.0, 2.0], [6.0, 6.0], [2.0, 6.0]])
    mask = canvas.coverage([square], 8, 8)
    assert mask.shape == (8, 8)
    assert mask.sum() == pytest.approx(16.0, rel=0.15)
    assert mask[4, 4] == 1
    assert mask[0, 0] == 0


def test_an_edge_between_pixels_is_half_covered() -> None:
    half = np.array([[0.0, 0.0], [2.5, 0.0], [2.5, 5.0], [0.0, 5.0]])
    assert canvas.coverage([half], 5, 5)[2, 2] == pytest.approx(0.5, abs=0.15)


def test_shapes_unite_and_slivers_are_left_out() -> None:
    one, two = np.array([[0, 0], [2, 0], [2, 4], [0, 4.0]]), np.array([[2, 0], [4, 0], [4, 4], [2, 4.0]])
    assert canvas.coverage([one, two, np.zeros((2, 2))], 4, 4).min() > 0.9


def test_png_keeps_every_pixel_and_is_the_same_every_time() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (20, 30, 4), dtype=np.uint8)
    data = canvas.png(pixels)
    assert data == canvas.png(pixels)
    assert data[:4] == b"\x89PNG"
