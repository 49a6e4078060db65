"""The drawings: every style can be drawn, stands free in its picture, reads on black, and is the same every time."""

from pathlib import Path

import numpy as np
import pytest

from kiosk.demo.drawing import UnknownPieceError, contact_sheet, draw
from kiosk.demo.drawing.gallery import _PATTERNS, render_all
from kiosk.demo.house.styles import picture_of, styles
from kiosk.pictures import canvas

HEIGHT = 240


@pytest.fixture(scope="module")
def drawn() -> dict[str, np.ndarray]:  # type: ignore[type-arg]  # rows x columns x RGBA
    """The first colour of every style, small."""
    return {style.style_id: draw(style.style_id, style.colours[0].code, HEIGHT) for style in styles()}


def test_every_style_of_the_house_has_a_pattern_and_no_pattern_is_left_over() -> None:
    assert set(_PATTERNS) == {style.style_id for style in styles()}


def test_each_picture_is_whole_and_stands_free(drawn: dict[str, np.ndarray]) -> None:  # type: ignore[type-arg]
    for style_id, picture in drawn.items():
        assert picture.shape == (HEIGHT, round(HEIGHT * 0.8), 4), style_id
        alpha = picture[..., 3]
        border = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
        assert border.max() == 0, f"{style_id} touches the edge of its picture"
        assert 0.04 < (alpha > 128).mean() < 0.9, style_id


def test_garments_with_two_sides_are_nearly_symmetric(drawn: dict[str, np.ndarray]) -> None:  # type: ignore[type-arg]
    for style_id in ("C101", "J201", "S301", "K401", "T501", "R602", "D704"):
        alpha = drawn[style_id][..., 3] > 128
        assert (alpha != alpha[:, ::-1]).mean() < 0.02, style_id


def test_black_cloth_reads_on_black_glass() -> None:
    for style in styles():
        if "BLK" not in [colour.code for colour in style.colours]:
            continue
        picture = draw(style.style_id, "BLK", HEIGHT)
        shown = picture[picture[..., 3] > 200][:, :3].astype(float).mean(axis=1)
        assert np.median(shown) > 24, f"{style.style_id} is lost on black"
        assert np.percentile(shown, 97) > 38, f"{style.style_id} has no light on it"


def test_white_cloth_keeps_its_folds() -> None:
    picture = draw("S301", "WHI", HEIGHT)
    shown = picture[picture[..., 3] > 200][:, :3].astype(float).mean(axis=1)
    assert np.median(shown) > 205
    assert (shown > 253).mean() < 0.02, "burnt out"
    assert shown.std() > 8, "flat"


def test_colours_of_a_style_differ_and_share_their_form() -> None:
    navy, camel = draw("C101", "NVY", HEIGHT), draw("C101", "CAM", HEIGHT)
    assert np.array_equal(navy[..., 3], camel[..., 3])
    solid = navy[..., 3] > 200
    assert np.abs(navy[solid].astype(int) - camel[solid]).mean() > 30


def test_the_same_picture_twice_has_the_same_bytes() -> None:
    first = canvas.png(draw("B903", "BOR", HEIGHT))
    draw("F805", "BLK", HEIGHT)
    draw("A002", "PET", HEIGHT)
    assert canvas.png(draw("B903", "BOR", HEIGHT)) == first


def test_a_larger_picture_shows_the_same_garment() -> None:
    small, large = draw("J202", "BLK", HEIGHT), draw("J202", "BLK", 3 * HEIGHT)
    shrunk = canvas.smaller(large, small.shape[1], small.shape[0])
    apart = np.abs(shrunk[..., 3].astype(int) - small[..., 3])
    assert (apart > 90).mean() < 0.01


def test_an_unknown_piece_is_named() -> None:
    with pytest.raises(UnknownPieceError, match="X999"):
        draw("X999", "BLK", HEIGHT)
    with pytest.raises(UnknownPieceError, match="ZZZ"):
        draw("C101", "ZZZ", HEIGHT)


def test_a_contact_sheet_lies_on_black() -> None:
    sheet = contact_sheet([("K401", "CAM"), ("F804", "WHI"), ("A006", "ECR")], 2, 160)
    assert sheet.shape == (320, 256, 3)
    assert sheet[0, 0].tolist() == [0, 0, 0]
    assert sheet[:160, :128].max() > 100
    assert sheet[160:, 128:].max() == 0


def test_only_missing_pictures_are_drawn(tmp_path: Path) -> None:
    names = [picture_of(style.style_id, colour.code) for style in styles() for colour in style.colours]
    for name in names:
        (tmp_path / name).write_bytes(b"kept")
    (tmp_path / "A006-RST.png").unlink()
    heard: list[tuple[int, int]] = []
    assert render_all(tmp_path, 120, lambda done, total: heard.append((done, total))) == 1
    assert heard == [(1, 1)]
    assert canvas.read(tmp_path / "A006-RST.png").shape == (120, 96, 4)
    assert (tmp_path / "C101-CAM.png").read_bytes() == b"kept"
    assert render_all(tmp_path, 120) == 0
