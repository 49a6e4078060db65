"""The daily check of the reference tags: reported once; an antenna that reads nothing leaves its room without radio."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from hardware.ports import ReaderUp, TagRead, TagReads
from hardware.rooms.changes import RoomChange
from hardware.rooms.site import load_site
from kiosk.commands.doctor import State, readers
from kiosk.core.domain.ids import RoomId
from kiosk.store.radio.reader_states import RadioState
from kiosk.store.radio.reference_tags import CHECK_US, DAY_US, ReferenceTagCheck
from kiosk.store.radio.room_antennas import site_of
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.radio.survey_files import surveyed_site
from kiosk.store.settings import ReaderSettings, RoomSettings
from tests.optional_values import present

ROOMS = (RoomSettings(RoomId("1"), "", ("a/1",)), RoomSettings(RoomId("2"), "", ("a/2",)))
READERS = (ReaderSettings("a", "sim://a"),)
SITE = """
rooms:
  "1": {antennas: [1], floor_dbm: -70}
  "2": {antennas: [2], floor_dbm: -68}
references:
  "3034AA01": {room: "1", level_dbm: -55}
  "3034AA02": {room: "2", level_dbm: -55}
"""
SECOND = 1_000_000
START_US = 1_800_000_000 * SECOND


class Shop:
    """A radio with a site file and a manual clock."""

    def __init__(self, folder: Path) -> None:
        (folder / "site.yaml").write_text(SITE)
        self.file = folder / "references.json"
        self.without_radio: set[RoomId] = set()
        self.readers_up: dict[str, bool] = {}
        self.now_us = START_US
        self.radio = RoomRadio(
            RadioSettings(
                readers=READERS, rooms=ROOMS, site_file=folder / "site.yaml", references_file=self.file
            ),
            self,
        )
        self.radio.post(ReaderUp("a", START_US))

    def rooms_changed(self, changes: Sequence[RoomChange]) -> None:
        assert not changes, "a reference tag is no garment"

    def radio_changed(self, state: RadioState) -> None:
        self.without_radio, self.readers_up = set(state.rooms_without), dict(state.up)

    def run_check(self, *heard: Any) -> None:
        """Posts these reads until a check has ended."""
        for second in range(0, CHECK_US // SECOND + 2, 2):
            at_us = self.now_us + second * SECOND
            self.radio.tick(at_us)
            reads = tuple(TagRead(epc, antenna, dbm, at_us) for epc, antenna, dbm in heard)
            self.radio.post(TagReads("a", reads))
        self.now_us = at_us + SECOND
        self.radio.tick(self.now_us)

    def report(self) -> list[Any]:
        return [(d["room"], d["heard_dbm"]) for d in json.loads(self.file.read_text())["drifts"]]


ONE, TWO = ("3034AA01", 1, -56.0), ("3034AA02", 2, -54.0)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    yield made
    made.radio.close()


def test_tags_read_as_in_the_survey_are_reported_as_good(shop: Shop) -> None:
    shop.run_check(ONE, TWO)
    assert shop.report() == []
    (finding,) = readers.references(shop.file, shop.now_us + 3 * 3600 * SECOND)
    assert finding.state is State.GOOD
    assert "3 hours ago" in finding.found


def test_an_antenna_that_reads_nothing_is_reported_and_so_is_its_repair(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    shop.run_check(ONE)
    assert shop.report() == [("2", None)]
    assert shop.without_radio == {"2"}
    (finding,) = readers.references(shop.file, shop.now_us)
    assert finding.state is State.BAD
    assert "room 2" in finding.found
    shop.run_check(ONE)
    assert len([r for r in caplog.records if r.levelname == "WARNING" and "room 2" in r.message]) == 1
    shop.run_check(ONE, TWO)
    assert shop.without_radio == set()
    assert shop.report() == []


def test_a_missing_reference_tag_alone_leaves_the_room_its_radio(shop: Shop) -> None:
    shop.run_check(ONE, ("3034AA01", 2, -75.0))
    assert shop.report() == [("2", None)]
    assert shop.without_radio == set()


def test_a_tag_read_much_weaker_than_surveyed_is_reported(shop: Shop) -> None:
    shop.run_check(("3034AA01", 1, -68.0), TWO)
    assert shop.report() == [("1", -68.0)]
    assert shop.without_radio == set()


def test_a_tag_read_without_signal_strength_is_there_and_its_level_is_not_known(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    shop.run_check(("3034AA01", 1, None), TWO)
    assert shop.report() == []
    assert shop.without_radio == set()
    assert [r.message for r in caplog.records if r.levelname == "WARNING"] == [
        "room 1: its reference tag is read without signal strength; a change is not noticed"
    ]
    (finding,) = readers.references(shop.file, shop.now_us)
    assert finding.state is State.NOTE
    assert "room 1" in finding.found


def test_without_an_antenna_number_a_reader_of_one_room_still_reads_its_tag(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(
        'rooms: {"1": {antennas: [1, 2]}}\nreferences: {"3034AA01": {room: "1", level_dbm: -55}}'
    )
    site = load_site(tmp_path / "site.yaml")
    check = ReferenceTagCheck(site, tmp_path / "references.json")
    check.tick(START_US, ())
    check.reads("a", [TagRead("3034AA01", None, -56.0, START_US)])
    assert check.tick(START_US + CHECK_US, ())
    assert (check.drifts, check.unread_rooms) == ((), frozenset())


def test_the_reference_tags_are_checked_once_a_day(shop: Shop) -> None:
    shop.run_check(ONE, TWO)
    first = json.loads(shop.file.read_text())["checked_us"]
    shop.run_check(ONE, TWO)
    assert json.loads(shop.file.read_text())["checked_us"] == first
    shop.now_us = first + DAY_US - CHECK_US
    shop.run_check(ONE, TWO)
    assert json.loads(shop.file.read_text())["checked_us"] > first


def test_only_matching_rooms_of_a_site_file_are_used(tmp_path: Path) -> None:
    file = tmp_path / "site.yaml"
    file.write_text(SITE)
    rooms = (ROOMS[0], RoomSettings(RoomId("2"), "", ("a/3",)))
    surveyed = surveyed_site(present(site_of(rooms, READERS)), file)
    site = surveyed.site
    assert dict(site.min_signals) == {"1": -70.0}
    assert set(site.references) == {"3034AA01"}
    (mistake,) = surveyed.mistakes
    assert "room 2 had antenna 2 at the survey, and has 3 now" in mistake
    assert "run `cheval survey` again" in mistake
    file.write_text("rooms: nothing")
    assert surveyed_site(present(site_of(ROOMS, READERS)), file).site.min_signals == {}


def test_no_check_was_ever_made(tmp_path: Path) -> None:
    assert not list(readers.references(tmp_path / "none.json", 0))
    (tmp_path / "broken.json").write_text("{}")
    (finding,) = readers.references(tmp_path / "broken.json", 0)
    assert finding.state is State.NOTE
