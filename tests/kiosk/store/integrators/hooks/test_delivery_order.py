"""What waits for what: tries that are counted apart, dead letters that hold up nothing, events deleted meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from kiosk.store.event_log.errors import EventsGoneError
from kiosk.store.event_log.events import EventKind, LoggedEvent
from kiosk.store.event_log.feed import EventFeed
from kiosk.store.event_log.positions import Position
from kiosk.store.event_log.reading import MAX_PAGE, Page
from kiosk.store.event_log.trimming import trim
from kiosk.store.integrators.hooks.delivery import Delivery
from kiosk.store.integrators.hooks.retries import MAX_LOST, MAX_REJECTED
from tests.kiosk.store.event_log.event_places import KINDS, Place
from tests.kiosk.store.integrators.hooks.called import Called, called

AWAY, REJECTS = 503, 422


class CountsAllTries(Delivery):
    """Planted: rejections are counted together with the tries before."""

    def _rejected(self, event: LoggedEvent) -> int:
        del event
        return self._source.rows.state(self.name).tries + 1


class OneBackOff(Delivery):
    """Planted: new events wait as long as the dead letters that are sent again."""

    @property
    def _again_due_us(self) -> int:
        return self._due_us

    @_again_due_us.setter
    def _again_due_us(self, due_us: int) -> None:
        self._due_us = due_us


class DeletedMeanwhile(EventFeed):
    """All events but two are deleted just before the first page is read."""

    def page(self, after: Position, kinds: Collection[EventKind], limit: int = MAX_PAGE) -> Page:
        trim(self._database, before_us=0, max_events=2)
        return super().page(after, kinds, limit)


def rejects_two_after_an_outage(to: Called) -> None:
    to.at.script.extend((AWAY,) * 6 + (REJECTS,) * 2)
    to.place.say(1, 2)
    to.run(80)


def test_tries_while_the_receiver_is_away_are_no_rejections(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        rejects_two_after_an_outage(to)
        assert (to.rows.dead("erp"), to.arrived) == ((), [*(1,) * 9, 2])
        to.at.script.extend((AWAY,) * 3 + (REJECTS,) * MAX_REJECTED)
        place.say(3)
        to.run(80)
        assert [dead.seq for dead in to.rows.dead("erp")] == [3]


def test_planted_all_tries_are_counted_as_one(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path, CountsAllTries) as to:
        rejects_two_after_an_outage(to)
        assert [dead.seq for dead in to.rows.dead("erp")] == [1], "given up at the first rejection"


def waits_for_a_dead_letter(to: Called) -> int:
    """Seconds that a new event waits while the receiver fails with a dead letter that is sent again."""
    to.place.say(1)
    to.at.script.extend((REJECTS,) * MAX_REJECTED)
    to.run(20)
    assert to.rows.send_again("erp") == 1
    to.at.script.extend((AWAY,) * 7)
    to.run(64)
    assert not to.at.script, "the next try is a minute away"
    to.place.say(2)
    for waited in range(200):
        to.run()
        if 2 in to.arrived:
            return waited
        to.clock.pass_s(1)
    raise AssertionError


def test_new_events_do_not_wait_for_a_dead_letter(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        assert waits_for_a_dead_letter(to) == 0
        assert len(to.rows.dead("erp")) == 1
        to.run(90)
        assert (to.arrived[-1], to.rows.dead("erp")) == (1, ()), "it is taken in the end"


def test_planted_one_back_off_for_both_holds_up_new_events(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path, OneBackOff) as to:
        assert waits_for_a_dead_letter(to) > 30


def test_somebody_who_sends_again_does_not_wait_for_the_back_off(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        waits_for_a_dead_letter(to)
        to.rows.send_again("erp")
        to.delivery.wake()
        to.run()
        assert to.rows.dead("erp") == ()


@pytest.mark.full
def test_a_dead_letter_is_not_sent_again_for_ever(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        place.say(1)
        to.at.script.extend((REJECTS,) * MAX_REJECTED)
        to.run(20)
        to.rows.send_again("erp")
        to.at.status = AWAY
        to.run(30 * 3_600)
        (dead,) = to.rows.dead("erp")
        assert (dead.again, dead.why) == (False, f"the receiver answers {AWAY}")
        assert len(to.at.calls) == MAX_REJECTED + MAX_LOST


def test_events_that_are_deleted_while_they_are_looked_up_are_counted(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        place.say(*range(1, 9))
        to.read(raced := DeletedMeanwhile(place.database, place.state))
        assert to.delivery.deliver() is None
        with pytest.raises(EventsGoneError):
            raced.page(Position(to.state.stream_id, to.state.seq), KINDS)
        to.run()
        assert (to.arrived, to.state.missed) == ([7, 8], 6)
