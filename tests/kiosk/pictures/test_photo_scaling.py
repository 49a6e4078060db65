"""Retailers' photographs: upright, small, and never trusted."""

import contextlib
import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.pictures.photo_scaling import (
    DamagedPictureError,
    OversizedPictureError,
    PictureError,
    PictureLimits,
    UnknownPictureFormatError,
    scale_photo,
)

PHOTOS = Path(__file__).parents[4] / "shared" / "data" / "photos"


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    sink = io.BytesIO()
    picture.save(sink, kind, **options)
    return sink.getvalue()


def half_and_half(width: int = 400, height: int = 600) -> Image.Image:
    """Red above, blue below."""
    picture = Image.new("RGB", (width, height), (200, 20, 20))
    picture.paste((20, 20, 200), (0, height // 2, width, height))
    return picture


def top_is_red(webp: bytes) -> bool:
    with Image.open(io.BytesIO(webp)) as picture:
        rgb = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 8))
    assert isinstance(rgb, tuple)
    return rgb[0] > 150 > rgb[2]


def test_a_photograph_comes_in_every_height_but_is_never_enlarged() -> None:
    pictures = scale_photo(encoded(half_and_half(800, 1500), "JPEG"), "coat.jpg", (480, 1200, 2400))
    assert [p.height for p in pictures] == [480, 1200, 1500]
    assert [p.width for p in pictures] == [256, 640, 800]
    assert all(p.webp[:4] == b"RIFF" for p in pictures)


def lying(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(half_and_half().transpose(Image.Transpose.ROTATE_180), "JPEG", exif=exif)


def test_a_photograph_held_upside_down_hangs_upright() -> None:
    assert top_is_red(scale_photo(lying(3), "turned.jpg", (200,))[0].webp)


def test_planted_fault_without_orientation_is_caught() -> None:
    # The same photograph without its note of orientation stands for a reader that ignores it.
    assert not top_is_red(scale_photo(lying(1), "turned.jpg", (200,))[0].webp)


def cut_out() -> Image.Image:
    """A light square on transparent black."""
    picture = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    picture.paste((250, 250, 250, 255), (103, 103, 197, 197))
    return picture


def has_dark_rim(picture: Image.Image) -> bool:
    pixels = np.asarray(picture.convert("RGBA"))
    shown = pixels[pixels[..., 3] > 60]
    return bool((shown[:, :3] < 200).any())


def test_transparency_is_kept_and_leaves_no_fringe() -> None:
    (small,) = scale_photo(encoded(cut_out()), "cut.png", (75,))
    with Image.open(io.BytesIO(small.webp)) as picture:
        assert np.asarray(picture.convert("RGBA"))[..., 3].min() == 0
        assert not has_dark_rim(picture)


def test_planted_fault_channels_shrunk_one_by_one_leave_a_fringe() -> None:
    bands = [band.resize((75, 75), Image.Resampling.BILINEAR) for band in cut_out().split()]
    assert has_dark_rim(Image.merge("RGBA", bands))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [9_500, 12_000, 200_000])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    with pytest.raises(OversizedPictureError, match=r"bomb\.png"):
        scale_photo(bomb(side, side), "bomb.png")


def test_a_picture_just_within_the_limit_is_taken() -> None:
    picture = encoded(half_and_half(100, 100))
    assert scale_photo(picture, "small.png", (50,), PictureLimits(max_pixels=10_000))
    with pytest.raises(OversizedPictureError):
        scale_photo(picture, "small.png", (50,), PictureLimits(max_pixels=9_999))


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(OversizedPictureError, match="bytes"):
        scale_photo(b"\xff" * 1_001, "big.jpg", limits=PictureLimits(max_bytes=1_000))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_that_is_cut_off_is_named_as_broken(kind: str) -> None:
    noise = Image.effect_noise((300, 300), 80).convert("RGB")
    whole = encoded(noise, kind)
    with pytest.raises(PictureError, match="torn"):
        scale_photo(whole[: len(whole) // 2], "torn", (100,))


@pytest.mark.parametrize("nothing", [b"", b"GIF89a", b"<html>404</html>", b"%PDF-1.7", b"\0" * 500])
def test_a_file_without_a_picture_is_an_unknown_format(nothing: bytes) -> None:
    with pytest.raises(UnknownPictureFormatError):
        scale_photo(nothing, "page.jpg")


@settings(max_examples=30)
@given(data=st.data())
def test_damage_anywhere_gives_a_picture_or_a_picture_error(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "TIFF"]))
    whole = bytearray(encoded(half_and_half(40, 60), kind))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    # Anything but a picture or one of the three named errors fails the test.
    with contextlib.suppress(UnknownPictureFormatError, DamagedPictureError, OversizedPictureError):
        assert scale_photo(bytes(whole), "damaged", (30,), PictureLimits(max_pixels=1_000_000))


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="the shared photographs are not on this machine")
def test_real_photographs_pass() -> None:
    for path in sorted(PHOTOS.glob("*.webp"))[:12]:
        pictures = scale_photo(path.read_bytes(), path.name, (200,))
        assert pictures[-1].height <= 200
