"""The GS1 application identifiers (AI): which exist, and what their values look like.

Source: GS1 Syntax Dictionary of July 2026 (identifiers, lengths, characters, check digits, and which have a predefined
length), compared field by field; character set 82: GS1 General Specifications, clause 7.11. No library is used, because
those that exist read an element string from left to right only and cannot tell whether another reading fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

GTIN: Final = "01"
SERIAL: Final = "21"
LONGEST_VALUE: Final = 90
"""Characters of the longest value."""

_SETS: Final = {
    # digits, and dates as YYMMDD whose day may be 00
    "N": re.compile(r"[0-9]*"),
    "D": re.compile(r"[0-9]*"),
    # character set 82, which no separator is in
    "X": re.compile(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*"""),
    "Y": re.compile(r"[#\-/0-9A-Z]*"),
    "Z": re.compile(r"[\-_=0-9A-Za-z]*"),
}
_DATE: Final = re.compile(r"[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])")

# AI or range of AIs, then the parts of its value in GS1's notation: N digits, X character set 82, Y character set 39,
# Z base 64 (file-safe), D a date; a plain number is an exact length; c: the last digit is a check digit
_TABLE: Final = """
00 N18c;01-03 N14c;10 X1..20;11-13 D6;15-17 D6;20 N2;21 X1..20;22 X1..20;235 X1..28;240-241 X1..30;242 N1..6;243 X1..20
250-251 X1..30;253 N13c X0..17;254 X1..20;255 N13c N0..12;30 N1..8;37 N1..8
3100-3105 N6;3110-3115 N6;3120-3125 N6;3130-3135 N6;3140-3145 N6;3150-3155 N6;3160-3165 N6
3200-3205 N6;3210-3215 N6;3220-3225 N6;3230-3235 N6;3240-3245 N6;3250-3255 N6;3260-3265 N6;3270-3275 N6;3280-3285 N6
3290-3295 N6;3300-3305 N6;3310-3315 N6;3320-3325 N6;3330-3335 N6;3340-3345 N6;3350-3355 N6;3360-3365 N6;3370-3375 N6
3400-3405 N6;3410-3415 N6;3420-3425 N6;3430-3435 N6;3440-3445 N6;3450-3455 N6;3460-3465 N6;3470-3475 N6;3480-3485 N6
3490-3495 N6;3500-3505 N6;3510-3515 N6;3520-3525 N6;3530-3535 N6;3540-3545 N6;3550-3555 N6;3560-3565 N6;3570-3575 N6
3600-3605 N6;3610-3615 N6;3620-3625 N6;3630-3635 N6;3640-3645 N6;3650-3655 N6;3660-3665 N6;3670-3675 N6;3680-3685 N6
3690-3695 N6;3900-3909 N1..15;3910-3919 N3 N1..15;3920-3929 N1..15;3930-3939 N3 N1..15;3940-3943 N4;3950-3955 N6
400-401 X1..30;402 N17c;403 X1..30;410-417 N13c;420 X1..20;421 N3 X1..9;422 N3;423 N3..15;424 N3;425 N3..15;426 N3
427 X1..3;4300-4301 X1..35;4302-4306 X1..70;4307 X2;4308 X1..30;4309 N20;4310-4311 X1..35;4312-4316 X1..70;4317 X2
4318 X1..20;4319 X1..30;4320 X1..35;4321-4323 N1;4324-4325 D6 N4;4326 D6;4330-4333 N6 X0..1
7001 N13;7002 X1..30;7003 D6 N4;7004 N1..4;7005 X1..12;7006 D6;7007 D6 N0..6;7008 X1..3;7009 X1..10;7010 X1..2
7011 D6 N0..4;7020-7022 X1..20;7023 X1..30;7030-7039 N3 X1..27;7040 N1 X3;7041 X1..4;710-717 X1..20;7230-7239 X3..30
7240 X1..20;7241 N2;7242 X1..25;7250 N8;7251 N12;7252 N1;7253-7254 X1..40;7255 X1..10;7256 X1..90;7257 X1..70;7258 X3
7259 X1..40;8001 N14;8002 X1..20;8003 N14c X0..16;8004 X1..30;8005 N6;8006 N14c N4;8007 X1..34;8008 D6 N2..6;8009 X1..50
8010 Y1..30;8011 N1..12;8012 X1..20;8013-8014 X1..25;8017-8018 N18c;8019 N1..10;8020 X1..25;8026 N14c N4;8030 Z1..90
8040-8041 N15;8042 N32;8043 N18 N0..2;8110 X1..70;8111 N4;8112 X1..70;8200 X1..70;90 X1..30;91-99 X1..90
"""

PREDEFINED: Final[dict[str, int]] = {
    "00": 20, "01": 16, "02": 16, "03": 16, "04": 18, "11": 8, "12": 8, "13": 8, "14": 8, "15": 8, "16": 8, "17": 8,
    "18": 8, "19": 8, "20": 4, "31": 10, "32": 10, "33": 10, "34": 10, "35": 10, "36": 10, "41": 16,
}  # fmt: skip
"""Length of AI and value together, by the AI's first two digits; every other element ends at a separator."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a value: its characters (`N`, `X`, `Y`, `Z`, `D`), least and most of them, and a check digit."""

    characters: str
    least: int
    most: int
    check: bool

    def fits(self, text: str) -> bool:
        """Whether date and check digit of a part of exact length are right."""
        if self.characters == "D":
            return _DATE.fullmatch(text) is not None
        return not self.check or check_digit_fits(text)


def check_digit_fits(digits: str) -> bool:
    """The check digit of all GS1 keys (General Specifications, clause 7.9.1)."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits))) % 10 == 0


def _part(text: str) -> Part:
    found = re.fullmatch(r"([NXYZD])([0-9]+)(?:\.\.([0-9]+))?(c?)", text)
    if found is None:
        raise ValueError(text)
    characters, least, most, check = found.groups()
    return Part(characters, int(least), int(most or least), bool(check))


def _table() -> dict[str, tuple[Part, ...]]:
    table = {}
    for row in re.split(r"[;\n]", _TABLE.strip()):
        identifiers, *parts = row.split(" ")
        first, _, last = identifiers.partition("-")
        for number in range(int(first), int(last or first) + 1):
            table[f"{number:0{len(first)}d}"] = tuple(map(_part, parts))
    return table


IDENTIFIERS: Final[dict[str, tuple[Part, ...]]] = _table()
"""The parts of the value of each assigned identifier. No identifier begins with another one."""


def identifier_at(text: str, at: int) -> str | None:
    """The assigned identifier that begins at this position."""
    return next((text[at : at + n] for n in (2, 3, 4) if text[at : at + n] in IDENTIFIERS), None)


def value_ends(text: str, at: int, identifier: str) -> range:
    """The positions where a valid value of this identifier may end if it begins at `at`; empty if none fits."""
    parts = IDENTIFIERS[identifier]
    for part in parts:
        matched = _SETS[part.characters].match(text, at, at + part.most)
        length = matched.end() - at if matched else 0
        if length < part.least:
            return range(0)
        if part.least != part.most:  # always the last part
            return range(at + part.least, at + length + 1)
        if not part.fits(text[at : at + length]):
            return range(0)
        at += length
    return range(at, at + 1)


def is_value(identifier: str, value: str) -> bool:
    """Whether the whole text is a valid value of this assigned identifier."""
    return len(value) in value_ends(value, 0, identifier)
