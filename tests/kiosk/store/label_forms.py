"""One garment in every form in which a tag, a label or a person may name it."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from hypothesis import strategies as st

from hardware.epc.codec import decode, encode, encode_198
from kiosk.core.domain.ids import check_digit

SERIAL_CHARACTERS: Final = (
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
)
PREFIX_LENGTHS: Final = range(6, 13)
GTINS: Final = st.integers(1, 10**13 - 1).map(lambda body: _with_digit(f"{body:013d}"))
NUMBERS: Final = st.integers(0, (1 << 38) - 1).map(str)
TEXTS: Final = st.text(SERIAL_CHARACTERS, min_size=1, max_size=20)
SERIALS: Final = NUMBERS | TEXTS


def _with_digit(body: str) -> str:
    return body + str(check_digit(body))


def sgtin_plus(gtin: str, serial: str) -> str:
    """SGTIN+ with a serial in 7-bit characters (EPC Tag Data Standard 2.3, clauses 14.6.1.3 and 14.5.6.4)."""
    bits = f"{0xF7:08b}0001" + "".join(f"{int(digit):04b}" for digit in gtin)
    bits += f"{4:03b}{len(serial):05b}" + "".join(f"{ord(character):07b}" for character in serial)
    bits += "0" * (-len(bits) % 16)
    return f"{int(bits, 2):0{len(bits) // 4}X}"


def tags(gtin: str, serial: str) -> dict[str, str]:
    """Its EPCs in hex by scheme: SGTIN-96 (numbers only) and SGTIN-198 with each length of prefix, and SGTIN+."""
    found = {"sgtin+": sgtin_plus(gtin, serial)}
    for length in PREFIX_LENGTHS:
        found[f"sgtin-198/{length}"] = encode_198(gtin, serial, length)
        if serial.isdecimal() and str(int(serial)) == serial and int(serial) < 1 << 38:
            found[f"sgtin-96/{length}"] = encode(gtin, serial, length)
    return found


def labels(gtin: str, serial: str) -> dict[str, str]:
    """Its labels with serial: GS1 Digital Link, element string with brackets and without, EPC URIs."""
    found = {
        "link": f"https://id.gs1.org/01/{gtin}/21/{quote(serial, safe='')}",
        "link of the shop": f"https://shop.example/p/01/{gtin}/21/{quote(serial, safe='')}?x=1",
        "elements after a separator": f"10A\x1d01{gtin}21{serial}",
    }
    if "(" not in serial:
        found["elements in brackets"] = f"(01){gtin}(21){serial}"
    for name, epc in tags(gtin, serial).items():
        if name != "sgtin+":
            found[f"tag URI {name}"] = decode(epc).uri
            found[f"pure identity {name}"] = decode(epc).identity
    return found


def without_separators(gtin: str, serial: str) -> str:
    """An element string without a separator: the serial may not be certain, then the article alone is taken."""
    return f"01{gtin}21{serial}"
