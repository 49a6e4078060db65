"""YAML of a site file: keys that are written twice are named; nesting, aliases and size have limits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.rooms.site import SiteError, load_site, parse_site
from hardware.rooms.yaml_tree import MAX_CHARACTERS, YamlTextError, read_yaml

ROOM = "{antennas: [1]}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"rooms:\n  left: {ROOM}\n  left: {ROOM}\n", "line 3: rooms.left is written twice; first on line 2"),
        (f"rooms:\n  1: {ROOM}\n  '1': {ROOM}\n", "line 3: rooms.1 is written twice; first on line 2"),
        (f"rooms:\n  1: {ROOM}\n  01: {ROOM}\n", "line 3: rooms.1 is written twice"),
        (
            "rooms:\n  left:\n    antennas: [1]\n    antennas: [2]\n",
            "line 4: rooms.left.antennas is written twice",
        ),
        (f"rooms: {{left: {ROOM}}}\nrooms: {{right: {ROOM}}}\n", "line 2: rooms is written twice"),
    ],
)
def test_a_key_that_is_written_twice_is_named_with_its_lines(text: str, said: str) -> None:
    with pytest.raises(SiteError) as refused:
        parse_site(text)
    assert any(said in mistake for mistake in refused.value.mistakes), refused.value.mistakes


def test_a_reference_tag_that_is_written_twice_in_other_letters_is_named() -> None:
    tags = "references:\n  e280aa: {room: left, level_dbm: -50}\n  E280AA: {room: left, level_dbm: -60}\n"
    with pytest.raises(SiteError, match="E280AA: is written twice"):
        parse_site(f"rooms: {{left: {ROOM}}}\n{tags}")


def deep_mapping(levels: int) -> str:
    return "\n".join(f"{' ' * level}a:" for level in range(levels))


@pytest.mark.parametrize(
    "text", ["[" * 3_000, "[" * 3_000 + "]" * 3_000, "{a: " * 3_000, deep_mapping(600), "- " * 3_000 + "1"]
)
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(SiteError, match="nested more than 20 levels deep; a site file has four"):
        parse_site(text)


def test_an_alias_that_could_stand_for_anything_is_refused() -> None:
    bomb = "a: &a [1, 1]\n" + "".join(f"{n}: &{n} [*a, *a]\n" for n in "bcdefgh")
    with pytest.raises(SiteError, match="line 2: uses an alias"):
        parse_site(bomb)


def test_a_file_of_any_size_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(YamlTextError, match="more than"):
        read_yaml("a" * (MAX_CHARACTERS + 1))


@pytest.mark.parametrize("text", ["rooms: [1", "a: b: c", "\t- 1", "rooms: 2001-99-99", "a: \x07"])
def test_what_is_no_yaml_says_so(text: str) -> None:
    with pytest.raises(SiteError, match="not YAML"):
        parse_site(text)


@given(st.text(alphabet="[]{}:, -&*a1\n'\"#", max_size=60))
def test_any_text_has_a_value_or_one_error(text: str) -> None:
    try:
        _, mistakes = read_yaml(text)
    except YamlTextError as refused:
        mistakes = (str(refused),)
    assert all(mistakes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_of_other_systems_are_read(encoding: str, newline: str, tmp_path: Path) -> None:
    file = tmp_path / "site.yaml"
    file.write_bytes(newline.join(("rooms:", f"  left: {ROOM}", f"  right: {ROOM}")).encode(encoding))
    assert list(load_site(file).rooms) == ["left", "right"]


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    file = tmp_path / "site.yaml"
    file.write_bytes(f"rooms: {{links: {ROOM}, größe: {ROOM}}}".encode("latin-1"))
    with pytest.raises(SiteError, match="not UTF-8 text"):
        load_site(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"rooms:\n  01: {ROOM}\n",
            "line 2: rooms.01: `01` reads as the number 1 in YAML; write it in quotes",
        ),
        (f"rooms: {{on: {ROOM}}}\n", "line 1: rooms.on: `on` reads as true in YAML"),
        ("rooms:\n  1: {antennas: [1, 010]}\n", "line 2: rooms.1.antennas[1]: `010` reads as the number 8"),
        ("rooms: {1: {antennas: [1:30]}}\n", "rooms.1.antennas[0]: `1:30` reads as the number 90"),
        (
            f"rooms: {{1: {ROOM}}}\nreferences: {{000000000000000000000017: {{room: 1, level_dbm: -50}}}}\n",
            "line 2: references.000000000000000000000017: `000000000000000000000017` reads as the number 15",
        ),
        (
            f"rooms: {{1: {ROOM}}}\nreferences: {{AA: {{room: 2020-01-01, level_dbm: -50}}}}\n",
            "references.AA.room: `2020-01-01` reads as a date",
        ),
    ],
)
def test_a_text_that_yaml_reads_as_something_else_needs_quotes(text: str, said: str) -> None:
    with pytest.raises(SiteError) as refused:
        parse_site(text)
    assert any(said in mistake for mistake in refused.value.mistakes), refused.value.mistakes


def test_names_in_quotes_plain_numbers_and_signal_levels_need_nothing() -> None:
    site = parse_site(
        "rooms: {'01': {antennas: [1, 'a/2'], floor_dbm: -60.50}, 2: {antennas: ['b/1']}}\n".replace(
            "[1, ", "['a/1', "
        )
        + "references: {'0017': {room: '01', level_dbm: -5.0e+1}}\n"
    )
    assert list(site.rooms) == ["01", "2"]
    assert site.references["0017"].level_dbm == -50
