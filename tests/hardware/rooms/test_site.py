"""The site file: its content, and all mistakes listed at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.rooms.site import Antenna, ReferenceTag, SiteError, load_site, parse_site


def test_port_numbers_belong_to_the_only_reader() -> None:
    site = parse_site("rooms: {left: {antennas: [1, 2]}, right: {antennas: [3]}}")
    assert site.rooms == {"left": (Antenna("", 1), Antenna("", 2)), "right": (Antenna("", 3),)}
    assert site.antennas == (Antenna("", 1), Antenna("", 2), Antenna("", 3))
    assert site.one_reader
    assert site.readers_of("left") == {""}


def test_antennas_of_several_readers_are_named() -> None:
    site = parse_site("rooms: {left: {antennas: [north/1, south/4]}}")
    assert site.rooms["left"] == (Antenna("north", 1), Antenna("south", 4))
    assert not site.one_reader
    assert site.readers_of("left") == {"north", "south"}
    assert [str(antenna) for antenna in site.antennas] == ["north/1", "south/4"]


def test_an_antenna_may_cover_two_rooms() -> None:
    site = parse_site("rooms: {left: {antennas: [1]}, right: {antennas: [1, 2]}}")
    assert site.antennas == (Antenna("", 1), Antenna("", 2))


def test_floors_and_reference_tags_of_a_survey() -> None:
    text = """
rooms:
  left: {antennas: [1], floor_dbm: -66.5}
references:
  e280aa: {room: left, level_dbm: -52}
"""
    site = parse_site(text)
    assert site.min_signals == {"left": -66.5}
    assert site.references == {"E280AA": ReferenceTag("left", -52.0)}


def test_all_mistakes_are_listed_at_once() -> None:
    text = """
rooms:
  left: {antenna: [1]}
  middle: {antennas: [0, north/x, true, 3, 3], floor_dbm: loud}
  right: [1]
references:
  E1: {room: nowhere, level_dbm: -50}
"""
    with pytest.raises(SiteError) as caught:
        parse_site(text, "shop.yaml")
    mistakes = "\n".join(caught.value.mistakes)
    assert "rooms.left.antenna: unknown key; did you mean `antennas`?" in mistakes
    assert "rooms.left.antennas: must be a list" in mistakes
    for index in range(3):
        assert f"rooms.middle.antennas[{index}]" in mistakes
    assert "rooms.middle.antennas[4]: 3 is listed twice" in mistakes
    assert "rooms.middle.floor_dbm" in mistakes
    assert "rooms.right: must be a mapping" in mistakes
    assert "references.E1" in mistakes
    assert str(caught.value).startswith("shop.yaml: ")


@pytest.mark.parametrize(
    "text", ["", "rooms:", "rooms: []", "rooms: {}", "3", "rooms: {a: {antennas: [1]", "- 1"]
)
def test_a_file_without_rooms_is_refused(text: str) -> None:
    with pytest.raises(SiteError):
        parse_site(text)


def test_antennas_with_and_without_reader_do_not_mix() -> None:
    with pytest.raises(SiteError, match="name the reader everywhere"):
        parse_site("rooms: {left: {antennas: [1]}, right: {antennas: [north/2]}}")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="cannot be read"):
        load_site(tmp_path / "nowhere.yaml")


def test_yaml_that_would_run_code_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text("rooms: !!python/object/apply:os.system ['true']")
    with pytest.raises(SiteError, match="not YAML"):
        load_site(path)
