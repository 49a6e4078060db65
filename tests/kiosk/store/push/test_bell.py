"""Who is notified of a request, and when not; services that misbehave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.connectors.web_push.encryption import BadKeysError, receiver_keys
from kiosk.store.db.table_groups.push import PUSH_SUBSCRIPTION
from kiosk.store.push.notifications import Reach
from kiosk.store.push.subscriptions import Subscription
from kiosk.store.staff.devices import pair_device, revoke
from kiosk.store.staff.ended_sessions import end_sessions
from kiosk.store.staff.token_hash import token_hash
from tests.kiosk.connectors.web_push.push_service import SILENT
from tests.kiosk.store.push.pushed_shop import HELLO, INES, JONAS, MEI, PushedShop, pushed_shop
from tests.kiosk.store.push.test_rings import REQUEST

ROOM_2 = "A request in Room 2"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[PushedShop]:
    with pushed_shop(tmp_path) as opened:
        yield opened


def test_everybody_who_is_asked_is_notified_in_her_language_without_names(shop: PushedShop) -> None:
    ines, jonas = shop.browser(INES)[0], shop.browser(JONAS, "de")[0]
    shop.ask()
    assert shop.service.of(ines)[0]["title"] == HELLO["en"], "a new device is notified at once"
    assert (shop.titles(ines), shop.titles(jonas)) == ([ROOM_2], ["Ein Wunsch in Room 2"])
    said = shop.service.of(ines)[1]
    assert sorted(said) == ["language", "tag", "title", "waiting"]
    assert said["waiting"] == 1
    shop.ask("r2", "1")
    assert shop.service.of(ines)[-1]["waiting"] == 2
    assert shop.service.wrong == []


def test_nothing_is_sent_while_the_page_is_seen_and_what_still_waits_when_it_is_left(
    shop: PushedShop,
) -> None:
    ines, session = shop.browser(INES)
    notifications = shop.store.notifications
    notifications.told_seen(session, seen=True)
    shop.ask()
    assert shop.titles(ines) == []
    shop.pass_s(5)
    notifications.told_seen(session, seen=True)
    shop.pass_s(12)
    assert shop.titles(ines) == [], "it has said so once more"
    notifications.told_seen(session, seen=False)
    shop.round()
    assert shop.titles(ines) == [ROOM_2]


def test_a_phone_that_falls_silent_is_notified_and_what_was_answered_meanwhile_is_not(
    shop: PushedShop,
) -> None:
    ines, session = shop.browser(INES)
    shop.store.notifications.told_seen(session, seen=True)
    shop.ask()
    shop.ask("r2", "1")
    shop.claim(JONAS)
    shop.pass_s(16)
    assert shop.titles(ines) == ["A request in Room 1"]


def test_planted_a_page_that_counts_as_seen_for_ever_forgets_the_request(shop: PushedShop) -> None:
    ines, session = shop.browser(INES)
    for _ in range(130):
        shop.store.notifications.told_seen(session, seen=True)
        if not shop.store.service.requests.open_requests.all():
            shop.ask()
        shop.pass_s(1)
    shop.store.notifications.told_seen(session, seen=False)
    shop.round()
    assert shop.titles(ines) == [], "a request of two minutes ago rings on the page, not here"


def test_who_is_on_a_break_signed_out_or_without_access_is_not_notified(shop: PushedShop) -> None:
    (ines, _), (jonas, at_jonas), (mei, _) = shop.browser(INES), shop.browser(JONAS), shop.browser(MEI)
    staff = shop.store.service.floor.staff
    staff.begin_break(INES, shop.clock())
    shop.store.notifications.book.end_session(at_jonas)
    shop.ask()
    assert [shop.titles(each) for each in (ines, jonas, mei)] == [[], [], [ROOM_2]]
    staff.end_break(INES)
    with shop.store.resources.database.writing() as connection:
        end_sessions(connection, [MEI])
    shop.ask("r2")
    assert [shop.titles(each) for each in (ines, jonas, mei)] == [[ROOM_2], [], [ROOM_2]]


def shown_after(shop: PushedShop, taken_away: Callable[[str], object]) -> list[str]:
    """What a paired phone shows of a request for which the service was away, until its right was taken away."""
    state, phone = shop.store.settings.state, shop.service.browser()
    device, token = pair_device(state, "Phone")
    address, session = phone.address(), shop.sign_in(INES)
    shop.store.notifications.subscribe(Subscription(address, INES, session, token_hash(token)))
    shop.round()
    shop.service.script.append(503)
    shop.ask()
    assert shop.titles(phone) == [], "it waits for the service"
    taken_away(device.device_id)
    known = shop.store.notifications.book.of_session(session)
    assert known is not None, "planted: a look at the session alone would send it"
    shop.pass_s(5)
    return shop.titles(phone)


def test_what_waits_is_not_sent_to_a_device_that_is_revoked_meanwhile(shop: PushedShop) -> None:
    assert shown_after(shop, lambda device: revoke(shop.store.settings.state, device)) == []


def test_what_waits_is_sent_to_who_may_still_see_it(shop: PushedShop) -> None:
    assert shown_after(shop, lambda _: None) == [ROOM_2]


def test_a_session_ends_with_its_longest_time_and_its_subscription_with_it(shop: PushedShop) -> None:
    ines, _ = shop.browser(INES)
    shop.clock.pass_s(shop.store.settings.timeouts.session_us / 1e6 + 1)
    shop.ask()
    assert shop.titles(ines) == []
    shop.store.notifications.book.delete_before(shop.clock())
    assert shop.store.notifications.book.on_floor(0) == ()


def test_a_browser_belongs_to_who_signed_in_last(shop: PushedShop) -> None:
    browser, first = shop.browser(INES)
    _, second = shop.browser(JONAS, browser=browser)
    assert [shop.store.notifications.state(each).subscribed for each in (first, second)] == [False, True]
    shop.ask()
    assert shop.service.of(browser)[-1]["title"] == ROOM_2
    assert len(shop.service.pushes) == 3, "two greetings, one request"


def test_of_many_browsers_of_one_person_the_newest_are_kept(shop: PushedShop) -> None:
    browsers = []
    for _ in range(9):
        shop.clock.pass_s(1)
        browsers.append(shop.browser(INES)[0])
    shop.service.pushes.clear()
    shop.ask()
    assert [len(shop.service.of(each)) for each in browsers] == [0, 0, 0, 1, 1, 1, 1, 1, 1]


def test_a_subscription_that_has_ended_is_deleted(shop: PushedShop) -> None:
    for status in (404, 410):
        _, session = shop.browser(INES)
        shop.service.script.append(status)
        shop.ask(f"r{status}")
        assert shop.store.notifications.state(session).subscribed is False
    sent = len(shop.service.pushes)
    shop.ask("r2")
    assert len(shop.service.pushes) == sent


def test_a_subscription_that_cannot_be_read_keeps_nobody_from_being_notified(shop: PushedShop) -> None:
    (ines, session), (jonas, at_jonas) = shop.browser(INES), shop.browser(JONAS)
    damaged = (
        PUSH_SUBSCRIPTION.update().where(PUSH_SUBSCRIPTION.c.session_mac == session).values(p256dh="AAAA")
    )
    with shop.store.resources.database.writing() as connection:
        connection.execute(damaged)
    with pytest.raises(BadKeysError):
        receiver_keys("AAAA", "")
    shop.ask()
    assert (shop.titles(ines), shop.titles(jonas)) == ([], [ROOM_2])
    subscribed = [shop.store.notifications.state(each).subscribed for each in (session, at_jonas)]
    assert subscribed == [False, True], "the page offers to switch them on"
    shop.subscribe(ines, INES, session)
    shop.ask("r2")
    assert shop.service.of(ines)[-1]["title"] == ROOM_2


def test_what_a_service_refuses_is_not_sent_again_and_the_page_knows(shop: PushedShop) -> None:
    ines, session = shop.browser(INES)
    for status in (400, 403, 413):
        shop.service.script.append(status)
        shop.ask(f"r{status}")
        shop.pass_s(30)
        assert (shop.titles(ines), shop.store.notifications.state(session).reach) == ([], Reach.REFUSED)
    shop.ask("r2")
    assert shop.store.notifications.state(session).reach is Reach.REACHED


def test_a_service_that_asks_to_wait_is_left_alone_for_so_long(shop: PushedShop) -> None:
    ines, session = shop.browser(INES)
    shop.service.script.extend([(429, "20"), 503])
    shop.ask()
    assert (len(shop.service.pushes), shop.store.notifications.state(session).reach) == (2, Reach.LOST)
    shop.pass_s(18)
    assert len(shop.service.pushes) == 2, "20 s are not over"
    shop.pass_s(3)
    assert len(shop.service.pushes) == 3
    shop.pass_s(6)
    assert (shop.titles(ines), shop.store.notifications.state(session).reach) == ([ROOM_2], Reach.REACHED)


def test_a_service_that_is_away_for_two_minutes_gets_nothing_old(shop: PushedShop) -> None:
    ines, _ = shop.browser(INES)
    shop.service.script.extend([500] * 12)
    shop.ask()
    shop.pass_s(125)
    tried = len(shop.service.pushes) - 1
    assert 4 <= tried <= 8
    shop.service.script.clear()
    shop.pass_s(70)
    assert shop.titles(ines) == []
    shop.ask("r2")
    assert shop.titles(ines) == [ROOM_2]


def test_a_silent_service_does_not_keep_the_store_from_its_end(tmp_path: Path) -> None:
    with pushed_shop(tmp_path) as shop:
        shop.browser(INES)
        shop.service.script.append(SILENT)
        shop.store.notifications.start()
        before = len(shop.service.pushes)
        shop.store.notifications.noted(replace(REQUEST, made_us=shop.clock()))
        shop.service.wait(before + 1)
        assert {state.name for state in shop.store.notifications.thread_states()} == {"notifications"}
        shop.service.ended.set()
