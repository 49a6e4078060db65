"""The encoding of a file is proved by its bytes, or the file is refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.connectors.feeds.text_files.encodings import CHUNK_BYTES
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.text_files.text_file import TextFile

WESTERN = (
    "sku;name\r\n1;Écharpe en laine – l’hiver, 1490 €\r\n2;Größe für Mädchen: ½ Preis\r\n"
    "3;Señora “Peñón”, café été\r\n"
)
ENCODED = {
    "utf-8": (WESTERN, "utf-8", "utf-8"),
    "utf-8 with BOM": (WESTERN, "utf-8-sig", "utf-8-sig"),
    "utf-16 as spreadsheets write it": (WESTERN, "utf-16", "utf-16"),
    "utf-16 little endian without BOM": (WESTERN, "utf-16-le", "utf-16-le"),
    "utf-16 big endian without BOM": (WESTERN, "utf-16-be", "utf-16-be"),
    "windows-1252": (WESTERN, "cp1252", "cp1252"),
    "ascii": ("sku,name\n1,Coat\n", "ascii", "utf-8"),
}
FOREIGN = {
    "Cyrillic": ("1;Пальто зимнее\n", "cp1251"),
    "Greek": ("1;Παλτό\n", "cp1253"),
    "Polish": ("1;Płaszcz wełniany, spódnica żółta\n", "cp1250"),
    "Japanese": ("1;コート\n2;ウールのコート\n", "shift_jis"),
    "Chinese": ("1;大衣羊毛\n", "gbk"),
    "DOS": ("1;Größe für Café\n", "cp850"),
    "Macintosh": ("1;Détail en été\n", "mac-roman"),
    "UTF-32": ("1;Coat\n", "utf-32"),
    "UTF-7 bytes of a picture": ("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "latin-1"),
}


def read(path: Path) -> tuple[str, str]:
    with TextFile(path) as file:
        return "".join(file.pieces()), file.encoding.name


@pytest.mark.parametrize(("text", "written", "found"), ENCODED.values(), ids=ENCODED)
def test_an_encoding_is_found_and_the_text_is_whole(
    tmp_path: Path, text: str, written: str, found: str
) -> None:
    path = tmp_path / "stock.csv"
    path.write_bytes(text.encode(written))
    assert read(path) == (text, found)


def test_windows_1252_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_bytes(WESTERN.encode("cp1252"))
    with TextFile(path) as file:
        assert "UTF-8 is certain" in file.encoding.note


@pytest.mark.parametrize(("text", "written"), FOREIGN.values(), ids=FOREIGN)
def test_another_encoding_is_refused_with_advice(tmp_path: Path, text: str, written: str) -> None:
    path = tmp_path / "stock.csv"
    path.write_bytes(text.encode(written))
    with pytest.raises(UnreadableError, match="save it as UTF-8"):
        TextFile(path)


def test_a_byte_far_from_the_start_decides(tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    plain = b"1;Coat\n" * CHUNK_BYTES
    path.write_bytes(plain + "2;Été\n".encode("cp1252"))
    text, encoding = read(path)
    assert (encoding, text[-6:]) == ("cp1252", "2;Été\n")


def test_a_broken_line_of_a_utf_8_file_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_bytes("1;Été à la mer\n".encode() + b"2;\xff\n" + b"3;Coat\n")
    text, encoding = read(path)
    assert encoding == "utf-8"
    assert text.splitlines() == ["1;Été à la mer", "2;\udcff", "3;Coat"]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_file_cut_in_the_middle_of_a_character_is_incomplete(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "stock.csv"
    path.write_bytes("1;Été 🧥".encode()[:-cut])
    with TextFile(path) as file:
        list(file.pieces())
        assert file.cut == "ends in the middle of a character"


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_utf_8_is_never_taken_for_another_encoding(tmp_path: Path, text: str) -> None:
    path = tmp_path / "stock.csv"
    path.write_bytes(f"sku;name\n1;{text}".encode())
    found, encoding = read(path)
    assert encoding == "utf-8" or "\x00" in text
    assert found == f"sku;name\n1;{text}" or "\x00" in text


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(tmp_path: Path, noise: bytes) -> None:
    path = tmp_path / "stock.csv"
    path.write_bytes(noise)
    try:
        with TextFile(path) as file:
            lines = list(file.lines())
    except UnreadableError:
        return
    assert all("\n" not in line for line in lines)
