"""Texts of the store's pages in every language, from the gettext catalogues in `translations/`.

`store.pot` holds the English texts, `LANGUAGE.po` a translation. A text is found by its context: page and name, for
instance `receipt.total`. The catalogues are read when they are first used (about 10 ms for a language); there are no
compiled files that could be out of date.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kiosk.core.domain.texts import LANGUAGES

FOLDER: Final = Path(__file__).resolve().parent / "translations"
ENGLISH: Final = "en"


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is written. Raises OSError if there is none."""
    file = FOLDER / ("store.pot" if language == ENGLISH else f"{language}.po")
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


@cache
def page_texts(page: str, language: str) -> Mapping[str, str]:
    """The texts of one page by name; English if the language is not one of `LANGUAGES`."""
    prefix = f"{page}."
    found = {}
    for message in catalogue(language if language in LANGUAGES else ENGLISH):
        if message.context and message.context.startswith(prefix):
            found[message.context.removeprefix(prefix)] = str(message.string or message.id)
    return found
