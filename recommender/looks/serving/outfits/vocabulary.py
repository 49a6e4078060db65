"""Finds words of several lists in a text: with spaces, as parts of compounds, and in scripts without spaces."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Generic, TypeVar

from recommender.looks.serving.outfits.words import BEGINNINGS, CUT_AT, ENDINGS, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

M = TypeVar("M")
# Longer texts are cut before they are searched.
MAX_LENGTH = 200
_MAX_PHRASE = 3
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# Latin accents, and Arabic vowel signs. Japanese voicing marks are part of the letter.
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u0652]")


def folded(text: str) -> str:
    """Lower case, without accents and vowel signs."""
    return unicodedata.normalize(
        "NFKC", _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    ).strip()


_CUT_AT = frozenset(words_of(CUT_AT))


class Vocabulary(Generic[M]):
    """Lists of words, each with a meaning."""

    def __init__(self, lists: Mapping[M, str]) -> None:
        self._meaning = {
            folded(word): meaning for meaning, listed in lists.items() for word in words_of(listed)
        }
        self._endings = frozenset(words_of(ENDINGS)) & self._meaning.keys()
        self._beginnings = sorted(
            frozenset(words_of(BEGINNINGS)) & self._meaning.keys(), key=len, reverse=True
        )
        self._spaceless = sorted(filter(_SPACELESS.search, self._meaning), key=len, reverse=True)

    def until_cut(self, text: str) -> list[M]:
        """The meanings of the known words, in their order, before a word such as "with"."""
        return self._found(text, cut=True)

    def everywhere(self, text: str) -> list[M]:
        """The meanings of all known words, in their order."""
        return self._found(text, cut=False)

    def _found(self, text: str, *, cut: bool) -> list[M]:
        whole = folded(text[:MAX_LENGTH])
        if _SPACELESS.search(whole):
            return self._in_spaceless(whole)
        tokens = _TOKEN.findall(whole)
        found: list[M] = []
        at = 0
        while at < len(tokens):
            taken, word = self._at(tokens, at)
            if word is not None:
                found.append(self._meaning[word])
            elif cut and at and tokens[at] in _CUT_AT:
                break
            at += taken
        return found

    def _at(self, tokens: list[str], at: int) -> tuple[int, str | None]:
        """The number of tokens from `at` that are a known phrase or word, and the word; else 1 and None."""
        for taken in range(min(_MAX_PHRASE, len(tokens) - at), 1, -1):
            phrase = " ".join(tokens[at : at + taken])
            if phrase in self._meaning:
                return taken, phrase
        return 1, self._word(tokens[at].removesuffix("'s").removesuffix("’s"))

    def _word(self, token: str) -> str | None:
        if token in self._meaning:
            return token
        endings = (token[start:] for start in range(1, len(token)))
        ending = next((each for each in endings if each in self._endings), None)
        return ending or next((each for each in self._beginnings if token.startswith(each)), None)

    def _in_spaceless(self, text: str) -> list[M]:
        """Chinese and Japanese: the longest known words that do not overlap, in their order."""
        places: list[tuple[int, str]] = []
        for word in self._spaceless:
            at = text.find(word)
            while at >= 0:
                if all(at >= start + len(other) or start >= at + len(word) for start, other in places):
                    places.append((at, word))
                at = text.find(word, at + 1)
        return [self._meaning[word] for _, word in sorted(places)]
