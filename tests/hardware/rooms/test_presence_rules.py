"""The rules of presence: thresholds and times of arrival, certainty, change of room and departure."""

from __future__ import annotations

import pytest

from hardware.rooms.changes import RoomChange, TagArrived, TagCertaintyChanged, TagLeft
from hardware.rooms.presence_rules import PresenceRules
from hardware.rooms.presence_settings import PresenceSettings
from hardware.rooms.track import NO_ROOM, TagTrack

SETTINGS = PresenceSettings()
RULES = PresenceRules(("one", "two"), SETTINGS, sure=0.98, unsure=0.90)
SECOND_US = 1_000_000


class Tag:
    """A track whose probabilities a test sets; time runs in steps of 0.1 s."""

    def __init__(self) -> None:
        self.track = TagTrack("E1", 0, [0.25, 0.25, 0.5])
        self.at_us = 0

    def at(
        self, one: float, two: float, seconds: float, *, read: bool = True, silence_counts: bool = True
    ) -> list[RoomChange]:
        """The changes in some seconds with these probabilities; `read` by the antenna of its room."""
        changes = []
        for _ in range(round(seconds * 10)):
            self.at_us += SECOND_US // 10
            track = self.track
            track.probabilities = [one, two, 1.0 - one - two]
            track.best = track.probabilities.index(max(track.probabilities))
            if read:
                track.last_us = track.room_read_us = track.group.read_us = self.at_us
            changes += RULES.decide(track, self.at_us, silence_counts)
        return changes


def inside(seconds: float = 12.0) -> Tag:
    """A tag that has been in room one for some seconds."""
    tag = Tag()
    assert [type(change) for change in tag.at(0.99, 0.005, seconds)][:1] == [TagArrived]
    return tag


def test_a_likely_room_needs_longer_than_a_clear_one() -> None:
    likely, clear = Tag(), Tag()
    assert likely.at(0.85, 0.05, 0.9) == []
    assert isinstance(likely.at(0.85, 0.05, 0.2)[0], TagArrived)
    assert isinstance(clear.at(0.98, 0.01, 0.6)[0], TagArrived)


def test_an_unlikely_room_is_never_entered() -> None:
    assert Tag().at(0.79, 0.01, 30.0) == []


def test_a_new_tag_is_sure_only_at_the_higher_threshold() -> None:
    (arrived,) = Tag().at(0.985, 0.005, 0.6)
    assert isinstance(arrived, TagArrived)
    assert not arrived.sure
    tag = Tag()
    changes = tag.at(0.985, 0.005, 4.0)
    assert [type(change) for change in changes] == [TagArrived, TagCertaintyChanged]


def test_certainty_has_hysteresis() -> None:
    tag = inside()
    assert tag.at(0.95, 0.02, 3.0) == []
    (doubt,) = tag.at(0.89, 0.05, 0.5)
    assert isinstance(doubt, TagCertaintyChanged)
    assert not doubt.sure
    assert tag.at(0.95, 0.02, 3.0) == []
    (again,) = tag.at(0.985, 0.01, 0.5)
    assert isinstance(again, TagCertaintyChanged)
    assert again.sure


@pytest.mark.parametrize(("two", "needed_s"), [(0.985, 10.0), (0.9995, 5.0)])
def test_a_change_of_room_takes_long(two: float, needed_s: float) -> None:
    tag = inside()
    moved = tag.at(1.0 - two, two, needed_s - 0.2)
    assert not any(isinstance(change, TagLeft) for change in moved)
    moved = tag.at(1.0 - two, two, 0.6)
    assert [(type(change), change.room) for change in moved][:2] == [(TagLeft, "one"), (TagArrived, "two")]


def test_a_tag_that_is_likely_outside_leaves() -> None:
    tag = inside()
    assert not any(isinstance(change, TagLeft) for change in tag.at(0.05, 0.05, 5.8))
    assert any(isinstance(change, TagLeft) for change in tag.at(0.05, 0.05, 0.6))
    assert tag.track.room == NO_ROOM


def test_missing_reads_count_only_while_the_reader_is_connected() -> None:
    tag = inside()
    assert tag.at(0.99, 0.005, 60.0, read=False, silence_counts=False) == []
    assert isinstance(tag.at(0.99, 0.005, 0.1, read=False)[0], TagLeft)


def silence_us(tag: Tag, silent_s: float) -> int:
    return RULES.silence_us(tag.track, tag.at_us + round(silent_s * SECOND_US))


def test_how_long_a_tag_may_be_without_reads() -> None:
    confirmed, new = inside(), inside(2.0)
    assert confirmed.track.confirmed
    assert not new.track.confirmed
    assert silence_us(new, 3.0) == SETTINGS.unconfirmed_silence_us
    new.track.last_us = new.at_us + SECOND_US
    assert silence_us(new, 3.0) == SETTINGS.passing_silence_us
    confirmed.track.read_rate = 10.0
    assert silence_us(confirmed, 5.0) == SETTINGS.min_silence_us
    confirmed.track.read_rate = 0.5
    assert silence_us(confirmed, 5.0) == SETTINGS.max_silence_us
    confirmed.track.read_rate = 10.0
    confirmed.track.last_us = confirmed.at_us + 4 * SECOND_US
    assert silence_us(confirmed, 5.0) == SETTINGS.max_silence_us, "another antenna reads it"


def test_an_unconfirmed_tag_stays_while_its_group_is_read() -> None:
    tag = inside(2.0)
    tag.track.group.read_us = tag.at_us + 3 * SECOND_US
    assert silence_us(tag, 3.0) >= SETTINGS.min_silence_us


def test_the_read_rate_is_a_mean_over_ten_seconds() -> None:
    track = TagTrack("E1", 0, [0.5, 0.5])
    for _ in range(600):
        RULES.count_reads(track, 1, 100_000)
    assert track.read_rate == pytest.approx(10.0, rel=0.02)
