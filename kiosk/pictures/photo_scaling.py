"""A retailer's photographs, made safe and small: limits before decoding, upright, sRGB, in the sizes a mirror shows.

Errors of this package:

    PictureError            something is wrong with a picture; says which and what
    ├── UnknownPictureFormatError    not a format we read (JPEG, PNG, WebP, TIFF), whatever its name says
    ├── DamagedPictureError  cut off or damaged
    └── OversizedPictureError       more bytes or pixels than the limits allow; nothing was decoded
"""

import io
import struct
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF")
# What Pillow raises on damaged files; it promises no narrower tree.
_DAMAGE: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)


class PictureError(Exception):
    """Something is wrong with a picture; `name` is the retailer's name for it."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"picture {name}: {what}")
        self.name = name
        self.what = what


class UnknownPictureFormatError(PictureError):
    """The bytes are in no format that we read."""


class DamagedPictureError(PictureError):
    """The picture is cut off or damaged."""


class OversizedPictureError(PictureError):
    """The picture is beyond the limits; it was not decoded."""


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What is accepted: bytes of the file, and pixels once decoded (80 million is a 10,000 x 8,000 studio shot)."""

    max_bytes: int = 40_000_000
    max_pixels: int = 80_000_000


@dataclass(frozen=True, slots=True)
class MirrorPicture:
    """A picture as the mirror fetches it: WebP, `width` x `height` pixels, with alpha where the original has it."""

    width: int
    height: int
    webp: bytes


DEFAULT_LIMITS: Final = PictureLimits()
# Heights for the rail of pieces, a page's hero, and the whole of a 4K portrait screen.
MIRROR_HEIGHTS: Final = (480, 1200, 2400)


def for_mirror(
    photograph: bytes,
    name: str,
    heights: Sequence[int] = MIRROR_HEIGHTS,
    limits: PictureLimits = DEFAULT_LIMITS,
) -> tuple[MirrorPicture, ...]:
    """The photograph in each height, smallest first; never larger than it is (one size is left then).

    Raises `UnknownPictureFormatError`, `DamagedPictureError` or `OversizedPictureError`.
    """
    with warnings.catch_warnings():
        # The limit that counts is ours, checked before anything is decoded; damage shows as an error or not at all.
        warnings.simplefilter("ignore")
        upright = _upright(photograph, name, max(heights), limits)
    fitting = sorted({min(height, upright.height) for height in heights})
    return tuple(_at(upright, height) for height in fitting)


def _upright(photograph: bytes, name: str, tallest: int, limits: PictureLimits) -> Image.Image:
    if len(photograph) > limits.max_bytes:
        raise OversizedPictureError(name, f"{len(photograph):,} bytes, more than {limits.max_bytes:,}")
    try:
        picture = Image.open(io.BytesIO(photograph), formats=_FORMATS)
    except UnidentifiedImageError as unknown:
        raise UnknownPictureFormatError(name, "not a JPEG, PNG, WebP or TIFF") from unknown
    except Image.DecompressionBombError as bomb:
        raise OversizedPictureError(name, f"more than {limits.max_pixels:,} pixels") from bomb
    except _DAMAGE as damage:
        raise DamagedPictureError(name, str(damage)[:120]) from damage
    with picture:
        pixels = picture.width * picture.height
        if pixels > limits.max_pixels:
            raise OversizedPictureError(name, f"{pixels:,} pixels, more than {limits.max_pixels:,}")
        return _decoded(picture, name, tallest)


def _decoded(picture: Image.Image, name: str, tallest: int) -> Image.Image:
    try:
        # A JPEG can be decoded at a half, a quarter or an eighth of its size, which saves most of the work.
        picture.draft(None, (tallest, tallest))
        picture.load()
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
        alpha = "A" in upright.getbands() or "transparency" in upright.info
        return _in_srgb(upright.convert("RGBA" if alpha else "RGB"), profile)
    except _DAMAGE as damage:
        raise DamagedPictureError(name, str(damage)[:120]) from damage


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture's colours in sRGB; one whose profile cannot be read is taken to be sRGB already."""
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        found = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, *_DAMAGE):
        return picture
    return picture if found is None else found


def _at(picture: Image.Image, height: int) -> MirrorPicture:
    width = max(1, round(picture.width * height / picture.height))
    # Premultiplied, so that the colour under transparent pixels does not bleed into the edge.
    inner = picture.convert("RGBa") if picture.mode == "RGBA" else picture
    small = inner.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    sink = io.BytesIO()
    small.convert(picture.mode).save(sink, "WEBP", quality=86, alpha_quality=100, method=4)
    return MirrorPicture(width, height, sink.getvalue())
