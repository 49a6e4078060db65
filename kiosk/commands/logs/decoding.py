"""Writes letters that a log has in another form as letters, so that a name or an address is found in each of them."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Final
from urllib.parse import unquote_to_bytes

_JSON: Final = re.compile(r"(?:\\{1,8}u[0-9A-Fa-f]{4})+")
_BYTES: Final = re.compile(r"(?:\\{1,8}x[0-9A-Fa-f]{2})+")
_PERCENT: Final = re.compile(r"(?:%(?:25)*[0-9A-Fa-f]{2})+")
_TWICE: Final = re.compile(r"%(?:25)+(?=[0-9A-Fa-f]{2})")
_NO_HEX: Final = re.compile(r"\\{1,8}[ux]")
_HTML: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,12});")
_KEPT: Final = frozenset("@ .-+_~':")
"""Signs of addresses and numbers; others stay as they are, so that nothing forges a line or a quotation."""


def decoded(text: str) -> str:
    """JSON (`\\u00e8`), bytes of Python (`\\xc3\\xa8`), URLs (`%C3%A8`), HTML (`&egrave;`), letters in two parts."""
    for pattern, value in (
        (_JSON, _of_json),
        (_BYTES, _of_bytes),
        (_PERCENT, _of_percent),
        (_HTML, unescape),
    ):
        text = pattern.sub(lambda found, value=value: _plain(found[0], value(found[0])), text)  # type: ignore[misc]
    return unicodedata.normalize("NFC", text)


def _plain(written: str, text: str) -> str:
    """The text, if letters, digits and signs of addresses are all that it contains."""
    return (
        text if text and all(each.isalnum() or _is_mark(each) or each in _KEPT for each in text) else written
    )


def _is_mark(each: str) -> bool:
    return unicodedata.category(each) in ("Mn", "Mc")


def _of_json(written: str) -> str:
    return bytes.fromhex(_NO_HEX.sub("", written)).decode("utf-16-be", "replace")


def _of_bytes(written: str) -> str:
    """UTF-8 of bytes; else a text of which Python writes single signs so."""
    raw = bytes.fromhex(_NO_HEX.sub("", written))
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _of_percent(written: str) -> str:
    return unquote_to_bytes(_TWICE.sub("%", written)).decode("utf-8", "replace")
