"""The plot of a survey: its size, the shade of strong and weak cells, the title without letters that our fonts lack."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image

from kiosk.pictures.signal_plot import SignalPlot, signal_plot_png

PLOT = SignalPlot(
    title="Ostrevane",
    summary="Survey of 2026-03-01: passed",
    passed=True,
    rooms=("1", "2"),
    antennas=("1", "2", "3"),
    levels={("1", "1"): -40.0, ("1", "2"): -70.0},
    own={("1", "1")},
    notes={"1": ("passed, 20.0 dB", True)},
)
CELL, LEFT, TOP = 96, 280, 190


def decoded(plot: SignalPlot) -> Image.Image:
    return Image.open(io.BytesIO(signal_plot_png(plot))).convert("RGB")


def brightness(picture: Image.Image, row: int, column: int) -> int:
    """Brightness of a cell, beside its number."""
    pixel = picture.getpixel((LEFT + column * CELL + 12, TOP + row * CELL + 12))
    assert isinstance(pixel, tuple)
    return sum(pixel)


def test_strong_signals_are_darker_than_weak_ones_and_missing_ones_are_blank() -> None:
    picture = decoded(PLOT)
    strong, weak, missing = (brightness(picture, 0, column) for column in range(3))
    assert strong < weak < missing


def test_more_rooms_and_antennas_make_a_larger_picture() -> None:
    many = tuple(str(n) for n in range(12))
    small, large = decoded(PLOT), decoded(replace(PLOT, rooms=many, antennas=many))
    assert large.height == small.height + 10 * CELL
    assert large.width > small.width


def test_a_title_with_letters_that_our_fonts_lack_is_replaced() -> None:
    assert signal_plot_png(replace(PLOT, title="東京")) == signal_plot_png(replace(PLOT, title="Cheval"))
    assert signal_plot_png(PLOT) != signal_plot_png(replace(PLOT, title="Cheval"))


def test_a_long_name_is_shortened() -> None:
    cut = signal_plot_png(replace(PLOT, rooms=("x" * 17 + "…", "2")))
    assert signal_plot_png(replace(PLOT, rooms=("x" * 30, "2"))) == cut
