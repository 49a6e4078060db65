"""The words of a text as they are compared in a search: without case, accents, width and punctuation.

One name is written in several ways: "T-Shirt", "t shirt", "tshirt"; "grün", "gruen". A style is stored with its words
and with the other ways to write them (`search_spellings`); a question has alternatives for each word (`asked_words`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

MAX_CHARS: Final = 4000
MAX_PARTS: Final = 6
"""Parts of one compound that are joined with each other."""
SHORT: Final = 2
"""A word of so few letters says little alone: it is looked for together with its neighbours first."""
_MARKS: Final = "Mn"
_FORMAT: Final = "Cf"
"""Not visible: soft hyphens, joiners, marks of direction."""
_ARTICLE: Final = "\u0627\u0644"
"""The Arabic article, which is written together with its word."""
_SPELLED: Final = str.maketrans({
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
    "\u0640": "",  # tatweel, which lengthens an Arabic word in print
    "\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u0671": "\u0627", "\u06a9": "\u0643",
})  # fmt: skip
"""Letters that Unicode does not decompose, as people without them on the keyboard write them; of Arabic: final yeh, teh
marbuta, alef wasla, and the yeh and kaf of Persian keyboards."""
_TWO_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
"""How they are written on a keyboard without them; `search_words` has the plain letter."""


def search_words(text: str) -> tuple[str, ...]:
    """The words of a text: letters and digits by Unicode's NFKD form, casefolded, without combining marks.

    So "Größe", "GROSSE" and "grosse" are one word, as are an Arabic word with and without vowel marks, and full-width
    and ASCII letters. A text without spaces (Japanese, Chinese) is one word, in which a search finds a part.
    """
    return tuple(part for compound in _compounds(_folded(text)) for part in compound)


def search_text(texts: Iterable[str]) -> str:
    """The words of some texts, each once, each between spaces; at most `MAX_CHARS` characters."""
    return _packed(word for text in texts for word in search_words(text))


def search_spellings(texts: Iterable[str]) -> str:
    """Other ways to write the words of some texts, packed as in `search_text`: neighbours as one word, umlauts as two
    letters."""
    return _packed(spelling for text in texts for spelling in _spellings(_folded(text)))


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question. `alone`: the word, with other spellings; `joined`: the same with its neighbours."""

    alone: tuple[str, ...]
    joined: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Any of these is enough."""
        return tuple(dict.fromkeys((*self.alone, *self.joined)))


def asked_words(question: str, most: int) -> tuple[AskedWord, ...]:
    """The first words of a question."""
    folded = _folded(question)
    compounds = _compounds(folded)
    words = tuple(part for compound in compounds for part in compound)
    longer = tuple(part for compound in _compounds(_two_letters(folded)) for part in compound)
    runs = tuple(_runs(compounds))
    return tuple(
        AskedWord(
            tuple(dict.fromkeys((word, longer[n], _without_article(word)))),
            tuple(dict.fromkeys(text for first, last, text in runs if first <= n < last)),
        )
        for n, word in enumerate(words[:most])
    )


def _folded(text: str) -> str:
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != _FORMAT)
    return unicodedata.normalize("NFC", "".join(seen).casefold())


def _two_letters(folded: str) -> str:
    return folded.translate(_TWO_LETTERS)


def _compounds(folded: str) -> tuple[tuple[str, ...], ...]:
    """Words that stand without a space between them are parts of one compound."""
    plain = unicodedata.normalize("NFKD", folded).translate(_SPELLED)
    letters = "".join(_letter(c) for c in plain if unicodedata.category(c) != _MARKS)
    found = (tuple(compound.replace("-", " ").split()) for compound in letters.split())
    return tuple(compound for compound in found if compound)


def _letter(c: str) -> str:
    """A letter or digit; a hyphen for anything else that is no space."""
    if c.isdecimal():
        return str(unicodedata.decimal(c))
    return c if c.isalnum() or c.isspace() else "-"


def _runs(compounds: tuple[tuple[str, ...], ...]) -> Iterator[tuple[int, int, str]]:
    """Neighbours as one word, with the positions of the first word and the one after the last: two words, three round
    a short one ("rock n roll"), and all parts of a compound that stand together."""
    words = [part for compound in compounds for part in compound]
    for n, pair in enumerate(pairwise(words)):
        yield n, n + 2, "".join(pair)
        if len(pair[1]) <= SHORT and n + 2 < len(words):
            yield n, n + 3, "".join(words[n : n + 3])
    begin = 0
    for compound in compounds:
        parts = compound[:MAX_PARTS]
        for first in range(len(parts)):
            for last in range(first + 3, len(parts) + 1):
                yield begin + first, begin + last, "".join(parts[first:last])
        begin += len(compound)


def _spellings(folded: str) -> Iterator[str]:
    compounds = _compounds(folded)
    known = {part for compound in compounds for part in compound}
    for spelled in (compounds, _compounds(_two_letters(folded))):
        yield from (part for compound in spelled for part in compound if part not in known)
        yield from (text for _, _, text in _runs(spelled))


def _without_article(word: str) -> str:
    return word[len(_ARTICLE) :] if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 2 else word


def _packed(words: Iterable[str]) -> str:
    found = f" {' '.join(dict.fromkeys(words))} "
    return found if len(found) <= MAX_CHARS else found[: found.rindex(" ", 0, MAX_CHARS) + 1]
