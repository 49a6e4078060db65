"""A whole store whose mirrors die: a real mail server and a real receiver of web hooks hear of it twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.config.alarms import Alarms, WebHook
from kiosk.core.domain.hours.opening_hours import OpeningHours, Span
from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.status.mirror_status import DeviceState, MirrorStatus, ShownFrame
from kiosk.store.lifecycle import Store
from kiosk.store.receipt_settings import MailSettings, ReceiptSettings
from kiosk.store.staff.devices import pair_mirror
from kiosk.version import VERSION
from tests.kiosk.connectors.messages.mail_server import MailServer, mail_server
from tests.kiosk.connectors.web_hooks.receiver import Receiver, receiver
from tests.kiosk.store.sample_shop import ManualClock, sample_store, settings_in
from tests.optional_values import present

ROOMS = ("1", "2")


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[Receiver]:
    with receiver(tmp_path) as at:
        yield at


@pytest.fixture
def shop(tmp_path: Path, mail: MailServer, hook: Receiver, clock: ManualClock) -> Iterator[Store]:
    """Two rooms with paired mirrors; open from 10:00 to 19:00 (Europe/Vienna), in German."""
    settings = settings_in(tmp_path)
    settings.state.mkdir(parents=True, exist_ok=True)
    for room in ROOMS:
        pair_mirror(settings.state, room)
    alarms = Alarms(
        mail_to=("it@shop.example",),
        web_hook=WebHook(url=hook.url, key_file=hook.key_file, network="this-computer", ca_file=hook.ca_file),
    )
    week = ((Span(600, 1140),),) * 7
    settings = replace(
        settings, alarms=alarms, shop=replace(settings.shop, language="de", hours=OpeningHours(week=week)),
        receipts=ReceiptSettings(mail=MailSettings(f"smtp://127.0.0.1:{mail.port}", "shop@shop.example")),
    )  # fmt: skip
    with sample_store(settings, clock) as opened:
        yield opened


def passes(store: Store, clock: ManualClock, seconds: int, *, alive: bool, process: str = "") -> None:
    """Looks every 30 s; living mirrors report."""
    for _ in range(seconds // 30):
        clock.pass_s(30)
        for room in ROOMS if alive else ():
            status = MirrorStatus(
                VERSION, clock.now_us, 9, ShownFrame(1, 9, "", 0, "rest"), DeviceState.UP, DeviceState.NONE, 9000,
                process,
            )  # fmt: skip
            store.fleet.reports.report(RoomId(room), status)
        present(store.alarms).look()


def at_hour(clock: ManualClock, hour: int) -> None:
    """Sets the clock to an hour of the next day (UTC, which the hours of this shop are in)."""
    clock.now_us += (86_400 - clock.now_us // 1_000_000 % 86_400 + hour * 3600) * 1_000_000


def test_dead_mirrors_are_told_once_at_the_begin_and_once_at_the_end(
    shop: Store, clock: ManualClock, mail: MailServer, hook: Receiver
) -> None:
    at_hour(clock, 12)
    passes(shop, clock, 300, alive=True)
    assert (mail.received, hook.calls) == ([], [])
    passes(shop, clock, 1800, alive=False)
    passes(shop, clock, 900, alive=True)
    begin, end = (json.loads(body) for _, body in hook.calls)
    assert (begin["event"], end["event"]) == ("begin", "end")
    assert [(f["problem"], f["room"]) for f in begin["faults"]] == [
        ("mirror-lost", "1"),
        ("mirror-lost", "2"),
    ]
    assert begin["incident"] == end["incident"]
    first, last = mail.received
    assert "Ostrevane: 2 Dinge funktionieren nicht" in first["Subject"]
    assert "Room 1: Der Spiegel antwortet nicht" in present(first.get_body(("plain",))).get_content()
    assert "Funktioniert wieder" in last["Subject"]
    assert first["To"] == "it@shop.example"


def test_a_mirror_in_a_crash_loop_is_told_with_what_to_do(
    shop: Store, clock: ManualClock, mail: MailServer, hook: Receiver
) -> None:
    at_hour(clock, 12)
    for start in range(10):
        passes(shop, clock, 60, alive=True, process=f"{start:08x}")
    (call,) = [json.loads(body) for _, body in hook.calls]
    assert [fault["problem"] for fault in call["faults"]] == ["mirror-restarts"] * 2
    assert "Schalten Sie ihn aus und ein" in call["text"]
    passes(shop, clock, 3000, alive=True, process="00000009")
    assert [json.loads(body)["event"] for _, body in hook.calls] == ["begin", "end"]


def test_a_recipient_that_is_refused_for_good_is_told_by_the_other_way(
    shop: Store, clock: ManualClock, mail: MailServer, hook: Receiver
) -> None:
    at_hour(clock, 12)
    mail.replies += [("RCPT", "550 no such user")] * 5
    passes(shop, clock, 1800, alive=False)
    assert (mail.received, len(mail.replies)) == ([], 3), "each of the two messages is tried once"
    assert shop.health().alarms_undeliverable == ("alarms.mail_to 1",)
    told = [fault["problem"] for _, body in hook.calls for fault in json.loads(body)["faults"]]
    assert told == ["mirror-lost", "mirror-lost", "alarms-undeliverable"]


def test_what_breaks_at_night_is_told_before_the_shop_opens(
    shop: Store, clock: ManualClock, mail: MailServer, hook: Receiver
) -> None:
    at_hour(clock, 9)
    passes(shop, clock, 29 * 60, alive=False)
    assert hook.calls == []
    passes(shop, clock, 2 * 60, alive=False)
    assert len(hook.calls) == 1


def test_a_restart_loses_no_message_and_ends_the_incident(
    shop: Store, clock: ManualClock, mail: MailServer, hook: Receiver
) -> None:
    at_hour(clock, 12)
    hook.status = 503
    passes(shop, clock, 600, alive=False)
    shop.close()
    hook.status, tried = 204, len(hook.calls)
    with sample_store(shop.settings, clock) as again:
        passes(again, clock, 1800, alive=True)
    events = [json.loads(body)["event"] for _, body in hook.calls[tried:]]
    assert events == ["begin", "end"]
    assert len(mail.received) == 2


def test_a_store_that_cannot_be_asked_for_its_health_is_an_alarm(
    shop: Store, clock: ManualClock, hook: Receiver
) -> None:
    at_hour(clock, 12)
    shop.resources.ledger.close()
    passes(shop, clock, 300, alive=True)
    (call,) = [json.loads(body) for _, body in hook.calls]
    assert [fault["problem"] for fault in call["faults"]] == ["store-failing"]


def test_without_a_receiver_there_are_no_alarms(tmp_path: Path, clock: ManualClock) -> None:
    with sample_store(settings_in(tmp_path), clock) as quiet:
        assert quiet.alarms is None
