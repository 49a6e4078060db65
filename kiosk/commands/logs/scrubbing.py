"""Takes out of a text what is about a person or opens something: names, e-mail addresses, numbers of cards, tokens.

What looks like one is taken out: a text for a technician loses a number now and then, and gives away no person. Names
and ids of members and associates are compared word by word with those of the store's database.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final
from unicodedata import normalize

from kiosk.commands.logs.decoding import decoded

_EMAIL: Final = re.compile(r"(?<![\w.%+'~-])[\w.%+'~-]+@[\w-]+(?:\.[\w-]+)+")
_LOGIN: Final = re.compile(r"(?<=//)(?!\[login\]@)[^/\s\"]+@")
_DATABASE_LOGIN: Final = re.compile(
    r"(?i)((?:postgres|mysql|mariadb)[\w+]*://)(?!\[login\]@)[^:/\s]*:[^@\r\n]*@(?:[^\s\"'/]*@)?"
)
"""A password in the address of a database may contain slashes, quotation marks and spaces (`sqlalchemy.engine.url`)."""
_BEARER: Final = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+")
_PRIVATE_KEY: Final = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?"
)
_COOKIE: Final = re.compile(r"(?i)(cookie)(\\*[\"']?\s*[:=]\s*(?:b?\\*[\"'])?)(?!\[)[^\"'\r\n]+")
_SECRET: Final = re.compile(
    r"(?i)(password|passwd|passphrase|secret|token|(?:api|secret|private|access|signing)[_-]?key|authorization"
    r"|(?<![a-z])(?:pass|pwd|pins?|session|pin_hash)|(?<=[?&])(?:key|sig|code|auth))(\\*[\"']?\s*[:=]\s*)"
    r"(?:(b?\\+[\"'])(?!\[)[^\"'\r\n]+|(b?\")(?!\[)(?:\\.|[^\"\\\r\n])+|(b?')(?!\[)(?:\\.|[^'\\\r\n])+|(?!\[)[^\s\"',;]+)"
)
"""After it stands a text in quotation marks, of JSON, of Python, or of JSON within JSON, or one word."""
_JWT: Final = re.compile(r"(?<![\w-])eyJ[\w-]+(?:\.[\w-]+)+")
_LONG_TOKEN: Final = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{28,}(?![\w-])")
_LONG_HEX: Final = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{24,}(?![0-9A-Fa-f])")
_UID: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:0[xX])?(?:[0-9A-Fa-f]{20}|[0-9A-Fa-f]{14}|[0-9A-Fa-f]{8})(?![0-9A-Za-z])"
    r"|(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{2}[: -]){3,9}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:])"
    r"|(?:\\{1,8}x[0-9A-Fa-f]{2}){4,10}"
)
_DIGITS: Final = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,}(?![\w.])")
_DIGITS_IN_WORD: Final = re.compile(r"(?<![\d.])\d{13,19}(?!\d)")
_GAP: Final = r"(?:[^\w\r\n]{1,3}|_)"
_GROUPS: Final = re.compile(
    rf"(?<!\d)\d{{4}}{_GAP}\d{{4,6}}{_GAP}\d{{4,5}}(?:{_GAP}\d{{1,4}}(?:{_GAP}\d{{3}})?)?(?!\d)"
)
"""The groups that are printed on cards, with any signs between them."""
_PATH: Final = re.compile(r"(?i)(?<![\w+])(https?://[^/\s\"'?#,}\]]+)[/?#][^\s\"',}\]]+")
_WORD: Final = re.compile(r"[^\W_][\w'’.-]*[^\W_]|[^\W_]")
_PARTS: Final = re.compile(r"[^\W\d_]+")
MIN_NAME: Final = 2
MIN_DIGITS: Final = 13
MAX_DIGITS: Final = 19
"""ISO/IEC 7812-1, 4.1; shorter ones are not in use."""
MAX_GROUPS: Final = 19


@dataclass(slots=True)
class Scrubber:
    """`names`: of members and associates; `ids`: theirs. `taken`: how many of each kind were taken out so far."""

    names: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    lengths: tuple[int, ...] = ()
    """Of names in alphabets without capitals, which may stand within a word."""
    taken: Counter[str] = field(default_factory=Counter)

    @classmethod
    def knowing(cls, names: Iterable[str], ids: Iterable[str]) -> Scrubber:
        """Each part of a name counts, whatever its case; ids count as a whole."""
        parts = frozenset(
            piece.casefold()
            for name in names
            for part in _PARTS.findall(normalize("NFC", name))
            for piece, _ in _pieces(part)
            if len(piece) >= MIN_NAME
        )
        lengths = {len(part) for part in parts if not _has_case(part[0])}
        return cls(parts, frozenset(i.casefold() for i in ids if i), tuple(sorted(lengths, reverse=True)))

    def text(self, text: str) -> str:
        """The text with a mark, such as `[e-mail]`, in place of each."""
        # before an encoded @, slash or space becomes one that ends the login
        text = self._without_logins(text)
        text = self._without_logins(decoded(text))
        for kind, pattern, keeps in _RULES:
            text = pattern.sub(self._mark(kind, keeps), text)
        return _WORD.sub(self._word, text)

    def configuration(self, text: str) -> str:
        """The same, also without the paths of web addresses: that of a web hook may be its only secret."""
        return self.text(_PATH.sub(self._mark("path", _host), text))

    def _without_logins(self, text: str) -> str:
        text = _DATABASE_LOGIN.sub(self._mark("login", _scheme), text)
        return _LOGIN.sub(self._mark("login", _all), text)

    def tree(self, value: Any) -> Any:
        """Parsed JSON: texts and keys are scrubbed, numbers and checksums stay."""
        if isinstance(value, dict):
            return {self._known(str(key)): self.tree(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.tree(inner) for inner in value]
        return self.text(value) if isinstance(value, str) and not _CHECKSUM.fullmatch(value) else value

    def _known(self, text: str) -> str:
        return _WORD.sub(self._word, text)

    def _mark(
        self, kind: str, keeps: Callable[[re.Match[str]], str | None]
    ) -> Callable[[re.Match[str]], str]:
        def replaced(found: re.Match[str]) -> str:
            before = keeps(found)
            if before is None:
                return found[0]
            self.taken[kind] += 1
            return f"{before}[{kind}]" + ("@" if kind == "login" else "")

        return replaced

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        if word.casefold() in self.ids:
            self.taken["id"] += 1
            return "[id]"
        if not self.names:
            return word
        return _PARTS.sub(self._name, word)

    def _name(self, found: re.Match[str]) -> str:
        return "".join(self._piece(piece, cased) for piece, cased in _pieces(found[0]))

    def _piece(self, piece: str, cased: bool) -> str:
        if piece.casefold() in self.names:
            self.taken["name"] += 1
            return "[name]"
        return piece if cased else self._within(piece)

    def _within(self, word: str) -> str:
        """The word without the names in it: Japanese has no spaces, Arabic and Hebrew join short words to the next."""
        left, done = "", 0
        while done < len(word):
            length = next((n for n in self.lengths if word[done : done + n] in self.names), 0)
            self.taken["name"] += bool(length)
            left += "[name]" if length else word[done]
            done += length or 1
        return left


def _has_case(letter: str) -> bool:
    return letter.lower() != letter.upper()


def _pieces(word: str) -> Iterator[tuple[str, bool]]:
    """Parts of a word in an alphabet with capitals (true) and in others (false)."""
    for cased, letters in groupby(word, _has_case):
        yield "".join(letters), cased


_CHECKSUM: Final = re.compile(r"[0-9a-f]{8}")
"""Of a picture, in the health report."""


def _all(_: re.Match[str]) -> str:
    return ""


def _host(found: re.Match[str]) -> str:
    return f"{found[1]}/"


def _scheme(found: re.Match[str]) -> str:
    return found[1]


def _after_key(found: re.Match[str]) -> str:
    quotation = next((mark for mark in found.groups()[2:] if mark), "")
    return f"{found[1]}{found[2]}{quotation}"


def _after_scheme(found: re.Match[str]) -> str:
    return f"{found[1]} "


def _card_number(found: re.Match[str]) -> str | None:
    """Any groups in a row that together are a number of a card; other digits may stand before and after them."""
    groups = re.split("[ -]", found[0])
    for first in range(len(groups)):
        for last in range(first + 1, min(len(groups), first + MAX_GROUPS) + 1):
            digits = "".join(groups[first:last])
            if MIN_DIGITS <= len(digits) <= MAX_DIGITS and _luhn(digits):
                return ""
    return None


def _all_groups(found: re.Match[str]) -> str | None:
    return "" if _luhn(re.sub(r"\D", "", found[0])) else None


def _uid(found: re.Match[str]) -> str | None:
    """A number of digits alone is a GTIN or a count, unless its check digit is wrong for a GTIN-14."""
    text = re.sub(r"[: -]", "", found[0])
    if not text.isdigit():
        return ""
    return "" if len(text) == 14 and not _gtin(text) else None


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = (int(d) * (1 + n % 2) for n, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _gtin(digits: str) -> bool:
    """GS1 General Specifications, 7.9."""
    return sum(int(d) * (1 if n % 2 else 3) for n, d in enumerate(digits)) % 10 == 0


_RULES: Final[tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str | None]], ...]] = (
    ("e-mail", _EMAIL, _all),
    ("token", _PRIVATE_KEY, _all),
    ("token", _BEARER, _after_scheme),
    ("token", _COOKIE, _after_key),
    ("token", _SECRET, _after_key),
    ("token", _JWT, _all),
    ("token", _LONG_HEX, _all),
    ("token", _LONG_TOKEN, _all),
    ("card number", _DIGITS, _card_number),
    ("card number", _DIGITS_IN_WORD, _all_groups),
    ("card number", _GROUPS, _all_groups),
    ("card", _UID, _uid),
)
