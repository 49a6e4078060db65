"""Who counts as present: an open page, or an activity not longer ago than the configured time."""

from __future__ import annotations

import pytest

from kiosk.core.domain.ids import AssociateId
from kiosk.store.floor.staff_presence import StaffPresence
from kiosk.store.staff.associates import Associate

PRESENT_US = 90_000_000
INES, JONAS = Associate(AssociateId("a-ines"), "Inès"), Associate(AssociateId("a-jonas"), "Jonas")


@pytest.fixture
def presence() -> StaffPresence:
    return StaffPresence(PRESENT_US)


def test_activity_keeps_an_associate_present_for_a_while(presence: StaffPresence) -> None:
    presence.active(JONAS, 0)
    presence.active(INES, 10)
    assert presence.names(PRESENT_US) == ("Inès", "Jonas")
    assert presence.names(PRESENT_US + 1) == ("Inès",)
    assert presence.names(PRESENT_US + 11) == ()


def test_an_open_page_keeps_an_associate_present_until_the_last_one_is_closed(
    presence: StaffPresence,
) -> None:
    presence.page_opened(INES, 0)
    presence.page_opened(INES, 0)
    presence.page_closed(INES, 5)
    assert presence.names(100 * PRESENT_US) == ("Inès",)
    presence.page_closed(INES, 100 * PRESENT_US)
    assert presence.names(101 * PRESENT_US) == ("Inès",)
    assert presence.names(101 * PRESENT_US + 1) == ()


def test_a_close_without_an_open_page_does_not_count_below_zero(presence: StaffPresence) -> None:
    presence.page_closed(INES, 0)
    presence.page_opened(INES, 0)
    assert presence.names(100 * PRESENT_US) == ("Inès",)


def test_an_older_activity_does_not_shorten_the_presence(presence: StaffPresence) -> None:
    presence.active(INES, PRESENT_US)
    presence.active(INES, 0)
    assert presence.names(2 * PRESENT_US) == ("Inès",)


def test_signing_out_ends_presence_at_once(presence: StaffPresence) -> None:
    presence.page_opened(INES, 0)
    presence.left(INES.associate_id)
    event = presence.event(1, minutes=4)
    assert (event.at_us, event.names, event.minutes) == (1, (), 4)
