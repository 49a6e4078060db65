"""Scales photographs of retailers to WebP: checks limits before decoding, applies rotation and colour profile.

Errors of this package:

    PictureError                   a picture cannot be used; names the picture and the problem
    ├── UnknownPictureFormatError  not a JPEG, PNG, WebP or TIFF, even if its name says so
    ├── DamagedPictureError        truncated or damaged
    └── OversizedPictureError      more bytes or pixels than the limits allow; nothing was decoded
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
_BYTES_OF_PIXEL: Final = 4
# Exceptions that Pillow raises on damaged files; it documents no common base class.
_DECODE_ERRORS: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)


class PictureError(Exception):
    """A picture cannot be used; `name` is its file name, `problem` the reason."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"picture {name}: {problem}")
        self.name = name
        self.problem = problem


class UnknownPictureFormatError(PictureError):
    """The bytes are not a JPEG, PNG, WebP or TIFF."""


class DamagedPictureError(PictureError):
    """The picture is truncated or damaged."""


class OversizedPictureError(PictureError):
    """The picture exceeds the limits; it was not decoded."""


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """Limits of the file in bytes, of the picture in pixels (80 million: 10,000 x 8,000), and of what is decoded of it
    in bytes, with 4 for a pixel: a JPEG is scaled by 1/2, 1/4 or 1/8 while it is decoded."""

    max_bytes: int = 40_000_000
    max_pixels: int = 80_000_000
    max_decoded_bytes: int = 320_000_000


@dataclass(frozen=True, slots=True)
class ScaledPhoto:
    """A scaled photograph: WebP, `width` x `height` pixels, with alpha if the original has it."""

    width: int
    height: int
    webp: bytes


DEFAULT_LIMITS: Final = PictureLimits()
# Heights in pixels for the wardrobe page, the garment page, and a 4K portrait screen.
MIRROR_HEIGHTS: Final = (480, 1200, 2400)


def scale_photo(
    photograph: bytes,
    name: str,
    heights: Sequence[int] = MIRROR_HEIGHTS,
    limits: PictureLimits = DEFAULT_LIMITS,
) -> tuple[ScaledPhoto, ...]:
    """The photograph in each height, smallest first. It is never enlarged: greater heights become its own height, once.

    Raises `UnknownPictureFormatError`, `DamagedPictureError` or `OversizedPictureError`.
    """
    with warnings.catch_warnings():
        # Pillow only warns about large pictures; our own limit is checked before decoding.
        warnings.simplefilter("ignore")
        upright = _decode_within_limits(photograph, name, max(heights), limits)
    fitting = sorted({min(height, upright.height) for height in heights})
    return tuple(_scale(upright, height) for height in fitting)


def _decode_within_limits(photograph: bytes, name: str, tallest: int, limits: PictureLimits) -> Image.Image:
    if len(photograph) > limits.max_bytes:
        raise OversizedPictureError(name, f"{len(photograph):,} bytes, more than {limits.max_bytes:,}")
    try:
        picture = Image.open(io.BytesIO(photograph), formats=_FORMATS)
    except UnidentifiedImageError as error:
        raise UnknownPictureFormatError(name, "not a JPEG, PNG, WebP or TIFF") from error
    except Image.DecompressionBombError as error:
        raise OversizedPictureError(name, f"more than {limits.max_pixels:,} pixels") from error
    except _DECODE_ERRORS as error:
        raise DamagedPictureError(name, str(error)[:120]) from error
    with picture:
        pixels = picture.width * picture.height
        if pixels > limits.max_pixels:
            raise OversizedPictureError(name, f"{pixels:,} pixels, more than {limits.max_pixels:,}")
        return _decode(picture, name, tallest, limits)


def _decode(picture: Image.Image, name: str, tallest: int, limits: PictureLimits) -> Image.Image:
    try:
        # JPEG decoders can scale by 1/2, 1/4 or 1/8 at little cost.
        picture.draft(None, (tallest, tallest))
        _check_decoded(picture, name, limits)
        picture.load()
        profile = picture.info.get("icc_profile")
        ImageOps.exif_transpose(picture, in_place=True)
        alpha = "A" in picture.getbands() or "transparency" in picture.info
        wanted = "RGBA" if alpha else "RGB"
        # no second copy of a large picture without need
        return _to_srgb(picture if picture.mode == wanted else picture.convert(wanted), profile)
    except _DECODE_ERRORS as error:
        raise DamagedPictureError(name, str(error)[:120]) from error


def _check_decoded(picture: Image.Image, name: str, limits: PictureLimits) -> None:
    decoded = picture.width * picture.height * _BYTES_OF_PIXEL
    if decoded > limits.max_decoded_bytes:
        raise OversizedPictureError(
            name, f"{decoded:,} bytes decoded, more than {limits.max_decoded_bytes:,}"
        )


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture converted to sRGB; unchanged if its profile is missing or unreadable."""
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        found = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, *_DECODE_ERRORS):
        return picture
    return picture if found is None else found


def _scale(picture: Image.Image, height: int) -> ScaledPhoto:
    width = max(1, round(picture.width * height / picture.height))
    # Premultiplied alpha, so that the colour of transparent pixels does not bleed into edges.
    inner = picture.convert("RGBa") if picture.mode == "RGBA" else picture
    small = inner.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    sink = io.BytesIO()
    small.convert(picture.mode).save(sink, "WEBP", quality=86, alpha_quality=100, method=4)
    return ScaledPhoto(width, height, sink.getvalue())
