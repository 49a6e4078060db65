"""What a receipt and a page may show of the card that paid. Never a card number, an expiry date or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

_DIGITS_IN_A_ROW = re.compile(r"\d(?:[\W_]*\d){4}")
_LAST_FOUR = re.compile(r"[0-9]{0,4}")
_APPLICATION = re.compile(r"[AD][0-9A-F](?:[0-9A-F]{2}){4,15}|")
_CODE = re.compile(r"[A-Z0-9]{0,8}")
_NUMBER = re.compile(r"(?<!\d)\d(?:[ \-]?\d){12,18}(?!\d)")
_ISSUED = re.compile(
    r"4\d{15}|4\d{18}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3[0689]\d{12}|35\d{14}|(?:5[06-8]|6\d)\d{14,17}",
    re.ASCII,
)
"""Lengths of card numbers by their first digits, as the schemes issue them."""
_MAX_DIGITS = 8
"""Digits in a text of the card, however they are mixed with letters."""
_INSTEAD = "****"
MAX_LENGTH = 40
"""Longest text of a field; longer ones of a terminal are not shown."""


def without_card_numbers(text: str) -> str:
    """The text with `****` for whatever may be a card number: 13 to 19 digits, perhaps in groups, with a right check
    digit (ISO/IEC 7812-1, Luhn)."""
    return _NUMBER.sub(lambda found: _INSTEAD if _is_luhn(found[0]) else found[0], text)


def _is_luhn(text: str) -> bool:
    digits = [int(letter) for letter in text if letter.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _hides_card_number(name: str, text: str) -> bool:
    """Whether a card number may stand among other letters. An AID has many digits, so form and check digit count there.

    Asked of what a terminal says, not of what a ledger has: an entry of an earlier version stays readable.
    """
    if name != "application":
        return sum(map(str.isdigit, text)) > _MAX_DIGITS
    parts = (text[at : at + length] for length in range(14, 20) for at in range(len(text) - length + 1))
    return any(_ISSUED.fullmatch(part) and _is_luhn(part) for part in parts)


@dataclass(frozen=True, slots=True)
class CardShown:
    """The fields of a card payment that the card schemes' rules ask for on a receipt (EMV Book 4, 11.4; nexo slips).

    `brand` (visa, girocard ...), `last_four` digits of the number, `application` (AID, ISO/IEC 7816-4: 5 to 16 bytes in
    upper case hexadecimal, of category A or D, as which no card number can begin), `application_label` (as the card
    calls it), `method` (contactless, chip, swipe, key-entry, stored), `authorisation` (the issuer's code). Each may be
    empty. Raises ValueError for a value that may contain more of the number than its last four digits.
    """

    brand: str = ""
    last_four: str = ""
    application: str = ""
    application_label: str = ""
    method: str = ""
    authorisation: str = ""

    def __post_init__(self) -> None:
        if not _LAST_FOUR.fullmatch(self.last_four):
            raise ValueError("last_four has at most four digits")
        if not _APPLICATION.fullmatch(self.application):
            raise ValueError("application is no AID of category A or D, 5 to 16 bytes")
        if not _CODE.fullmatch(self.authorisation):
            raise ValueError("authorisation has at most eight letters and digits")
        for text in (self.brand, self.application_label, self.method):
            if len(text) > MAX_LENGTH or _DIGITS_IN_A_ROW.search(text) or not text.isprintable():
                raise ValueError("a text of the card is too long, or may contain a card number")


def card_shown(**texts: object) -> CardShown | None:
    """A card from a terminal's texts. A field that may not be shown is left empty; None where nothing is left."""
    kept = {}
    for name in (field.name for field in fields(CardShown)):
        text = str(texts.get(name) or "").strip()
        text = text.upper() if name in ("application", "authorisation") else text
        try:
            CardShown(**{name: text})
        except ValueError:
            continue
        if not _hides_card_number(name, text):
            kept[name] = text
    return CardShown(**kept) if any(kept.values()) else None
