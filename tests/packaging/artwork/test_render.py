"""Every style has a drawing that stands free, is visible on black and comes out the same; the shipped ones match."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from garment_artwork import canvas
from garment_artwork.__main__ import HEIGHT_PX, main
from garment_artwork.render import PATTERNS, UnknownPieceError, contact_sheet, draw
from kiosk import paths
from kiosk.demo.invented_shop.styles import picture_of, styles

HEIGHT = 240
pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def drawn() -> dict[str, npt.NDArray[np.uint8]]:
    """The first colour of every style, small: rows x columns x RGBA."""
    return {style.style_id: draw(style.style_id, style.colours[0].code, HEIGHT) for style in styles()}


def test_every_style_has_a_pattern_and_every_pattern_a_style() -> None:
    assert set(PATTERNS) == {style.style_id for style in styles()}


def test_each_picture_is_whole_and_stands_free(drawn: dict[str, npt.NDArray[np.uint8]]) -> None:
    for style_id, picture in drawn.items():
        assert picture.shape == (HEIGHT, round(HEIGHT * 0.8), 4), style_id
        alpha = picture[..., 3]
        border = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
        assert border.max() == 0, f"{style_id} touches the edge of its picture"
        assert 0.04 < (alpha > 128).mean() < 0.9, style_id


def test_garments_with_two_sides_are_nearly_symmetric(drawn: dict[str, npt.NDArray[np.uint8]]) -> None:
    for style_id in ("C101", "J201", "S301", "K401", "T501", "R602", "D704"):
        alpha = drawn[style_id][..., 3] > 128
        assert (alpha != alpha[:, ::-1]).mean() < 0.02, style_id


def test_black_garments_stay_visible_on_black() -> None:
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
    first = canvas.webp(draw("B903", "BOR", HEIGHT))
    draw("F805", "BLK", HEIGHT)
    draw("A002", "PET", HEIGHT)
    assert canvas.webp(draw("B903", "BOR", HEIGHT)) == first


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


def difference(one: Path, other: Path) -> float:
    """Mean absolute difference of two pictures' premultiplied channels, 0 to 255."""
    pair = [canvas.read(path).astype(float) for path in (one, other)]
    first, second = (np.dstack([p[..., :3] * p[..., 3:] / 255, p[..., 3:]]) for p in pair)
    return float(np.abs(first - second).mean())


def test_the_command_draws_a_shipped_picture_again(tmp_path: Path) -> None:
    assert main(["J204-NVY", "J204-ECR", "--out", str(tmp_path)]) == 0
    shipped = paths.assets() / "demo" / "pictures"
    assert canvas.read(tmp_path / "J204-NVY.webp").shape == (HEIGHT_PX, HEIGHT_PX * 4 // 5, 4)
    assert difference(tmp_path / "J204-NVY.webp", shipped / "J204-NVY.webp") < 0.5
    assert difference(tmp_path / "J204-ECR.webp", shipped / "J204-NVY.webp") > 5, "another picture is noticed"


def test_every_picture_of_the_catalogue_is_shipped_and_small() -> None:
    shipped = {file.name: file.stat().st_size for file in (paths.assets() / "demo" / "pictures").iterdir()}
    assert set(shipped) == {picture_of(style.style_id, c.code) for style in styles() for c in style.colours}
    assert sum(shipped.values()) < 9_000_000


def test_a_wrong_argument_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (["X999-BLK"], ["--height", "9"]):
        with pytest.raises(SystemExit) as ended:
            main([*wrong, "--out", str(tmp_path)])
        assert ended.value.code == 2
    assert "X999" in capsys.readouterr().err
