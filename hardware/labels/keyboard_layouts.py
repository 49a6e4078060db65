"""Keyboard layouts: the character of each key, for scanners that are set to the keyboard of a country.

Keys are those of Linux (linux/input-event-codes.h), which stand for positions and not for characters. Source of the
tables: X keyboard configuration database (xkb-data) 2.35; a test compares them with it through libxkbcommon.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

UNKNOWN: Final = "\ufffd"
"""Stands for a key that has no character in the layout; no label contains it."""
CODES: Final = (41, *range(2, 14), *range(16, 28), *range(30, 41), 43, 86, *range(44, 54), 89, 124)
"""The keys of a row of a table: four rows of keys, those of countries' keyboards among them (86, 89, 124)."""
_SPACE: Final = 57
# dead keys are combining characters; followed by a space they are these
_ALONE: Final = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u030c": "\u02c7",
    "\u030a": "\u00b0", "\u0327": "\u00b8", "\u0306": "\u02d8", "\u0307": "\u02d9", "\u030b": "\u02dd",
    "\u0328": "\u02db", "\u0304": "\u00af",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was pressed, with the modifiers that were held."""

    code: int
    shift: bool = False
    altgr: bool = False
    caps: bool = False


Stroke = Key | str
"""A key whose character depends on the layout, or a character that does not (keypad, Alt code, control character)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The characters of `CODES` without modifier, with Shift and with AltGr; a space stands for none."""

    name: str
    plain: str
    shifted: str
    altgr: str

    def character(self, key: Key) -> str:
        """The character of a key, or a combining character for a dead key, or UNKNOWN."""
        if key.code == _SPACE:
            return " "
        if key.code not in CODES or (key.altgr and key.shift):
            return UNKNOWN
        place = CODES.index(key.code)
        if key.altgr:
            found = self.altgr[place : place + 1]
        else:
            shifted = key.shift ^ (key.caps and self.plain[place].isalpha())
            found = (self.shifted if shifted else self.plain)[place]
        return found if found.strip() else UNKNOWN


def spelled(strokes: Iterable[Stroke], layout: Layout) -> str:
    """The text of some strokes, dead keys combined with the next character (or alone before a space)."""
    text, dead = "", ""
    for stroke in strokes:
        character = stroke if isinstance(stroke, str) else layout.character(stroke)
        if dead:
            text += _combined(dead, character)
            dead = ""
        elif character in _ALONE:
            dead = character
        else:
            text += character
    return text + (_ALONE[dead] if dead else "")


def _combined(dead: str, character: str) -> str:
    if character == " ":
        return _ALONE[dead]
    if character in _ALONE:
        return _ALONE[dead] + _ALONE[character]
    composed = unicodedata.normalize("NFC", character + dead)
    return composed if len(composed) == 1 else _ALONE[dead] + character


_TABLES: Final[dict[str, tuple[str, str, str]]] = {
    "us": (
        "`1234567890-=qwertyuiop[]asdfghjkl;'\\<zxcvbnm,./",
        '~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"|>ZXCVBNM<>?',
        "",
    ),
    "us-intl": (
        "\u03001234567890-=qwertyuiop[]asdfghjkl;\u0301\\\\zxcvbnm,./",
        "\u0303!@#$%\u0302&*()_+QWERTYUIOP{}ASDFGHJKL:\u0308||ZXCVBNM<>?",
        "`                           fghj   ' \\ x vb   \u0307",
    ),
    "uk": (
        "`1234567890-=qwertyuiop[]asdfghjkl;'#\\zxcvbnm,./",
        '¬!"£$%^&*()_+QWERTYUIOP{}ASDFGHJKL:@~|ZXCVBNM<>?',
        "|      {[]}\\\u0327@ e       \u0308\u0303         \u0301\u0302\u0300|",
    ),
    "de": (
        "\u03021234567890ß\u0301qwertzuiopü+asdfghjklöä#<yxcvbnm,.-",
        "°!\"§$%&/()=?\u0300QWERTZUIOPÜ*ASDFGHJKLÖÄ'>YXCVBNM;:_",
        "       {[]}\\\u0327@         \u0308~         \u030b\u0302 |",
    ),
    "ch": (
        "§1234567890'\u0302qwertzuiopü\u0308asdfghjklöä$<yxcvbnm,.-",
        '°+"*ç%&/()=?\u0300QWERTZUIOPè!ASDFGHJKLéà£>YXCVBNM;:_',
        " |@#   | ]}\u0301\u0303@         []         \u0301{}\\",
    ),
    "ch-fr": (
        "§1234567890'\u0302qwertzuiopè\u0308asdfghjkléà$<yxcvbnm,.-",
        '°+"*ç%&/()=?\u0300QWERTZUIOPü!ASDFGHJKLöä£>YXCVBNM;:_',
        " |@#   | ]}\u0301\u0303@         []         \u0301{}\\",
    ),
    "fr": (
        "²&é\"'(-è_çà)=azertyuiop\u0302$qsdfghjklmù*<wxcvbn,;:!",
        "~1234567890°+AZERTYUIOP\u0308£QSDFGHJKLM%µ>WXCVBN?./§",
        "  ~#{[|`\\^@]}          \u0308 @         \u0302\u0300|      \u0301",
    ),
    "be": (
        "²&é\"'(§è!çà)-azertyuiop\u0302$qsdfghjklmùµ<wxcvbn,;:=",
        "³1234567890°_AZERTYUIOP\u0308*QSDFGHJKLM%£>WXCVBN?./+",
        " |@#  ^{[{}\\\u0327@         []         \u0301\u0301\u0300\\      \u0327  \u0303",
    ),
    "nl": (
        "@1234567890/°qwertyuiop\u0308*asdfghjkl+\u0301<]zxcvbnm,.-",
        "§!\"#$%&_()'?\u0303QWERTYUIOP\u0302|ASDFGHJKL±\u0300>[ZXCVBNM;:=",
        "        {} \\\u0327@         ~\u0303         \u0301'\u0300|",
    ),
    "es": (
        "º1234567890'¡qwertyuiop\u0300+asdfghjklñ\u0301ç<zxcvbnm,.-",
        'ª!"·$%&/()=?¿QWERTYUIOP\u0302*ASDFGHJKLÑ\u0308Ç>ZXCVBNM;:_',
        "\\|@#~  {[]}\\\u0327@         []         \u0303{}|",
    ),
    "latam": (
        "|1234567890'¿qwertyuiop\u0301+asdfghjklñ{}<zxcvbnm,.-",
        '°!"#$%&/()=?¡QWERTYUIOP\u0308*ASDFGHJKLÑ[]>ZXCVBNM;:_',
        " |@ ~  {[]}\\\u0327@         \u0308~         ~\u0302\u0300\\",
    ),
    "it": (
        "\\1234567890'ìqwertyuiopè+asdfghjklòàù<zxcvbnm,.-",
        '|!"£$%&/()=?^QWERTYUIOPé*ASDFGHJKLç°§>ZXCVBNM;:_',
        "       {[]}`~@         []         @#\u0300        \u0301 \u0304",
    ),
    "pt": (
        "\\1234567890'«qwertyuiop+\u0301asdfghjklçº\u0303<zxcvbnm,.-",
        '|!"#$%&/()=?»QWERTYUIOP*\u0300ASDFGHJKLÇª\u0302>ZXCVBNM;:_',
        "  @    {[]}\\\u0327@         \u0308\u0303         \u0301\u0302\u0300\\",
    ),
    "br": (
        "'1234567890-=qwertyuiop\u0301[asdfghjklç\u0303]\\zxcvbnm,.;/",
        '"!@#$%\u0308&*()_+QWERTYUIOP\u0300{ASDFGHJKLÇ\u0302}|ZXCVBNM<>:?',
        "       {[]}\\ /?                   \u0301~ \u030c",
    ),
    "dk": (
        "½1234567890+\u0301qwertyuiopå\u0308asdfghjklæø'<zxcvbnm,.-",
        '§!"#¤%&/()=?\u0300QWERTYUIOPÅ\u0302ASDFGHJKLÆØ*>ZXCVBNM;:_',
        "  @ $  {[]} |@         \u0308\u0303         \u0301\u0302\u030b\\       \u0327",
    ),
    "no": (
        "|1234567890+\\qwertyuiopå\u0308asdfghjkløæ'<zxcvbnm,.-",
        '§!"#¤%&/()=?\u0300QWERTYUIOPÅ\u0302ASDFGHJKLØÆ*>ZXCVBNM;:_',
        "  @ $  {[]} \u0301@         \u0308\u0303         \u0301\u0302\u030b        \u0327",
    ),
    "se": (
        "§1234567890+\u0301qwertyuiopå\u0308asdfghjklöä'<zxcvbnm,.-",
        '½!"#¤%&/()=?\u0300QWERTYUIOPÅ\u0302ASDFGHJKLÖÄ*>ZXCVBNM;:_',
        "  @ $  {[]}\\ @         \u0308\u0303            |       \u0327",
    ),
    "fi": (
        "§1234567890+\u0301qwertyuiopå\u0308asdfghjklöä'<zxcvbnm,.-",
        '½!"#¤%&/()=?\u0300QWERTYUIOPÅ\u0302ASDFGHJKLÖÄ*>ZXCVBNM;:_',
        "  @ $  {[]}\\\u0327qw r yu   \u030b\u0303   fghj    \u030c|  cvb",
    ),
    "jp": (
        " 1234567890-^qwertyuiop@[asdfghjkl;:]<zxcvbnm,./\\\\",
        " !\"#$%&'()~=~QWERTYUIOP`{ASDFGHJKL+*}>ZXCVBNM<>?_|",
        "                                     |",
    ),
    "cz": (
        ";+ěščřžýáíé=\u0301qwertzuiopú)asdfghjklů§\u0308\\yxcvbnm,.-",
        "\u030a1234567890%\u030cQWERTZUIOP/(ASDFGHJKL\"!'|YXCVBNM?:_",
        "`!@#$%^&*{}\\\u0304\\|        []~  []`'  $'\\/ #&@{}^<>*",
    ),
    "sk": (
        ";+ľščťžýáíé=\u0301qwertzuiopúäasdfghjklô§ň\\yxcvbnm,.-",
        '\u030a1234567890%\u030cQWERTZUIOP/(ASDFGHJKL"!)|YXCVBNM?:_',
        "`!@#$%^&*{}\\\u0304\\|        []~  []`'  $'\\/ #&@{}^<>*",
    ),
    "hu": (
        "0123456789öüóqwertzuiopőúasdfghjkléáűíyxcvbnm,.-",
        "§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚASDFGHJKLÉÁŰÍYXCVBNM?:_",
        " ~\u030c^\u0306\u030a\u0328`\u0307\u0301\u030b\u0308\u0327\\|             []    $  <>#&@{}<;>*",
    ),
    "hr": (
        "`1234567890'+qwertzuiopšđasdfghjklčćž<yxcvbnm,.-",
        '~!"#$%&/()=?*QWERTZUIOPŠĐASDFGHJKLČĆŽ>YXCVBNM;:_',
        " ~\u030c^\u0306 \u0328`\u0307\u0301\u030b\u0308\u0327\\|             []    \u0301  |   @{} <>",
    ),
    "tr": (
        '"1234567890*-qwertyuıopğüasdfghjklşi,<zxcvbnmöç.',
        "é!'^+%&/()=?_QWERTYUIOPĞÜASDFGHJKLŞİ;>ZXCVBNMÖÇ:",
        "<> #$  {[]}\\|@         \u0308~          '`|         \u0307",
    ),
    "ca": (
        "#1234567890-=qwertyuiop\u0302\u0327asdfghjkl;\u0300<«zxcvbnm,.é",
        "|!\"/$%?&*()_+QWERTYUIOP\u0302\u0308ASDFGHJKL:\u0300>»ZXCVBNM'.É",
        "\\ @                    []         ~{}          \u0301",
    ),
}
LAYOUTS: Final[dict[str, Layout]] = {
    name: Layout(name, *(row.ljust(len(CODES)) for row in rows)) for name, rows in _TABLES.items()
}
"""All layouts by name; the US layout, the default of scanners, is the first."""
ALIASES: Final = {"gb": "uk", "at": "de", "pl": "us", "si": "hr"}
"""Other names: countries with the layout of another one (Poland: the programmers' layout)."""
US: Final = LAYOUTS["us"]
