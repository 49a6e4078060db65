"""Language codes as other systems write them: `en`, `en-GB`, `en_US`, `EN`, `eng`."""

from __future__ import annotations

import re
from typing import Final

_PRIMARY: Final = re.compile("[a-z]{2,3}")
_SHORTER: Final = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "jpn": "ja",
    "zho": "zh", "chi": "zh", "ara": "ar",
}  # fmt: skip
"""ISO 639-2 (both its forms) to ISO 639-1, of the languages of the shop."""


def language_code(written: str) -> str:
    """The language of a tag (BCP 47) or of a locale's name (POSIX), without region and script; empty if it is none."""
    code = re.split("[-_.@]", written.strip(), maxsplit=1)[0].casefold()
    return _SHORTER.get(code, code) if _PRIMARY.fullmatch(code) else ""
