"""Parses GS1 Digital Links: web addresses with the article and the serial in their path.

Source: GS1 Digital Link Standard, URI Syntax (keys and qualifiers alternate in the path, other data are in the query).
The names `gtin` and `ser` of its first releases are taken too; compressed links are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from hardware.epc.gtin import Gtin
from hardware.errors import GtinError, LabelError
from hardware.labels.application_identifiers import IDENTIFIERS

_GTIN_KEYS: Final = ("01", "gtin")
_SERIAL_KEYS: Final = ("21", "ser")
# keys of the path apart from identifiers, as the first releases of the standard named them
_NAMES: Final = frozenset({"gtin", "cpv", "lot", "ser"})
# a percent sign that begins no character: the text was cut, or the serial is not encoded
_NOT_ENCODED: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BLANKS: Final = re.compile(r"[\x00-\x20]")
_COMPRESSED: Final = re.compile(r"(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[0-9A-Za-z_-]{10,}")


def is_link(text: str) -> bool:
    """Whether the text is a web address."""
    return text[:8].lower().startswith(("http://", "https://"))


def parse(text: str) -> tuple[str, str | None]:
    """GTIN (8 to 14 digits) and serial. Raises LabelError, also for a link that identifies no article."""
    if _BLANKS.search(text):  # urlsplit would remove some of them
        raise LabelError("a web address with blanks or line ends in it")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise LabelError("a broken web address") from None
    segments = [unquote(segment) for segment in parts.path.split("/")]
    start = _key_at(segments)
    if start is None:
        return _from_query(parts)
    return segments[start + 1], _serial_of_path(parts, segments[start:])


def _serial_of_path(parts: SplitResult, segments: list[str]) -> str | None:
    """The serial; None if there is none, or if it is not clear.

    From the article's key on, keys and values alternate; only the retailer's own path before it is free. Any other
    path or query has a serial with `/`, `?` or `%` that was not encoded, so that its end is not known.
    """
    pairs = segments[:-1] if segments[-1] == "" else segments
    known = all(key in IDENTIFIERS or key in _NAMES for key in pairs[::2])
    if (
        len(pairs) % 2
        or not known
        or _NOT_ENCODED.search(parts.path)
        or (parts.query and "=" not in parts.query)
    ):
        return None
    return _serial(zip(pairs[::2], pairs[1::2], strict=True))


def _serial(pairs: Iterable[tuple[str, str]]) -> str | None:
    """The serial; None if there is none, or more than one."""
    found = {value for key, value in pairs if key in _SERIAL_KEYS and value}
    return found.pop() if len(found) == 1 else None


def _key_at(segments: list[str]) -> int | None:
    """Where the article's key is: the last one that a GTIN follows, else the last one."""
    keys = [at for at, segment in enumerate(segments[:-1]) if segment in _GTIN_KEYS]
    fitting = [at for at in keys if _is_gtin(segments[at + 1])]
    found = fitting or keys
    return found[-1] if found else None


def _is_gtin(text: str) -> bool:
    try:
        Gtin(text)
    except GtinError:
        return False
    return True


def _from_query(parts: SplitResult) -> tuple[str, str | None]:
    """Links of systems that write all keys into the query, `?01=...&21=...`."""
    split = (pair.partition("=") for pair in re.split("[&;]", parts.query))
    pairs = [(key, unquote(value)) for key, _, value in split]
    gtins = {value for key, value in pairs if key in _GTIN_KEYS}
    if len(gtins) > 1:
        raise LabelError("a web address with more than one article")
    if gtins:
        return gtins.pop(), None if _NOT_ENCODED.search(parts.query) else _serial(pairs)
    if _COMPRESSED.fullmatch(parts.path.rpartition("/")[2]):
        raise LabelError(
            "a web address that identifies no article, or a compressed Digital Link, which is not supported"
        )
    raise LabelError("a web address that identifies no article")
