"""Keyboard layouts: equal to those of the X keyboard configuration database, where it is installed."""

from __future__ import annotations

import ctypes
import ctypes.util

import pytest

from hardware.labels.keyboard_layouts import ALIASES, CODES, LAYOUTS, UNKNOWN, US, Key, Layout, spelled

# name in the database: layout and variant
NAMES = {"us-intl": ("us", "intl"), "ch-fr": ("ch", "fr"), "uk": ("gb", "")}
DEAD = {
    "dead_grave": "\u0300", "dead_acute": "\u0301", "dead_circumflex": "\u0302", "dead_tilde": "\u0303",
    "dead_diaeresis": "\u0308", "dead_caron": "\u030c", "dead_abovering": "\u030a", "dead_cedilla": "\u0327",
    "dead_breve": "\u0306", "dead_abovedot": "\u0307", "dead_doubleacute": "\u030b", "dead_ogonek": "\u0328",
    "dead_macron": "\u0304",
}  # fmt: skip

# keys whose third level xkb-data 2.42 has changed, for what no label has: ours are those of 2.35
CHANGED = {"us-intl": {"f": "\u00eb", "j": "\u00ef", "x": "\u00b7"}, "se": {"@": "\u03c9"}}


class _Names(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("rules", "model", "layout", "variant", "options")]


class Database:
    """Layouts through libxkbcommon."""

    def __init__(self, library: str) -> None:
        self._library = ctypes.CDLL(library)
        self._library.xkb_context_new.restype = ctypes.c_void_p
        self._library.xkb_keymap_new_from_names.restype = ctypes.c_void_p
        self._library.xkb_keymap_new_from_names.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]
        self._context = self._library.xkb_context_new(0)

    def rows(self, layout: str, variant: str) -> list[str]:
        names = _Names(b"evdev", b"pc105", layout.encode(), variant.encode(), None)
        keymap = self._library.xkb_keymap_new_from_names(self._context, ctypes.byref(names), 0)
        assert keymap, layout
        return ["".join(self._character(keymap, code, level) for code in CODES) for level in range(3)]

    def _character(self, keymap: int, code: int, level: int) -> str:
        symbols = ctypes.POINTER(ctypes.c_uint32)()
        found = self._library.xkb_keymap_key_get_syms_by_level(
            ctypes.c_void_p(keymap), code + 8, 0, level, ctypes.byref(symbols)
        )
        if found != 1:
            return " "
        number = self._library.xkb_keysym_to_utf32(symbols[0])
        if number:
            return chr(number)
        name = ctypes.create_string_buffer(64)
        self._library.xkb_keysym_get_name(symbols[0], name, 64)
        return DEAD.get(name.value.decode(), " ")


@pytest.fixture(scope="module")
def database() -> Database:
    library = ctypes.util.find_library("xkbcommon")
    if library is None:
        pytest.skip("libxkbcommon is not installed")
    return Database(library)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_that_of_the_database(name: str, database: Database) -> None:
    plain, shifted, altgr = database.rows(*NAMES.get(name, (name, "")))
    layout = LAYOUTS[name]
    assert (layout.plain, layout.shifted) == (plain, shifted)
    # of the third level only what can be in a label, and dead keys
    for ours, theirs in zip(layout.altgr, altgr, strict=True):
        if ours != " " and CHANGED.get(name, {}).get(ours) == theirs:
            continue
        assert ours in (theirs, " ")
        assert ours == theirs or not (theirs.isascii() or theirs in DEAD.values()) or name == "us"


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.name)
def test_every_layout_has_digits_letters_and_the_signs_of_a_link(layout: Layout) -> None:
    signs = {layout.character(Key(code, shift)) for code in CODES for shift in (False, True)}
    assert signs >= set("0123456789abcdefghjklmnopqrstuvwxyzABCDEFGHJKLMNOPQRSTUVWXYZ:/.-_?=%")


def test_keys_without_a_character() -> None:
    assert US.character(Key(150)) == US.character(Key(2, altgr=True)) == UNKNOWN
    assert LAYOUTS["de"].character(Key(2, shift=True, altgr=True)) == UNKNOWN
    assert US.character(Key(57, shift=True)) == " "


def test_caps_lock_changes_letters_only() -> None:
    assert spelled((Key(30, caps=True), Key(2, caps=True), Key(30, shift=True, caps=True)), US) == "A1a"


def test_aliases_name_layouts() -> None:
    assert set(ALIASES.values()) <= set(LAYOUTS)
