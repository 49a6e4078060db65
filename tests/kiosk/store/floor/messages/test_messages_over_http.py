"""Associates show a line or a piece on a room's mirror, over HTTP: who may, to which visit, how often, what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.clock import US
from kiosk.core.domain.floor.staff_message import MAX_TEXT
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.floor.messages.room_messages import MAX_MESSAGES, WINDOW_US
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.lifecycle import Store
from tests.faults.strangers.values import HOSTILE_TEXTS
from tests.faults.visit_memory.search import found_in_files
from tests.kiosk.store.clues.conftest import enter
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, associate, mirror, read_stream
from tests.kiosk.store.sample_shop import PIN, ManualClock, gtin_of, sample_store, served, settings_in

ROOM: Final = RoomId("1")
SCARF: Final = gtin_of("A1", "NVY", "one")
TEXT: Final = "Zephyrine, the hem is ready"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[Store]:
    with sample_store(settings_in(tmp_path / "shop"), clock) as running:
        yield running


@pytest.fixture
def ines(store: Store) -> Iterator[HttpClient]:
    with served(store) as url, associate(url, "a-ines", PIN) as client:
        yield client


@pytest.fixture
def glass(store: Store, ines: HttpClient) -> Iterator[HttpClient]:
    """The mirror of room 1, with a visit under way."""
    with mirror(ines.url, store.settings.state, "1") as client:
        begin(store)
        yield client


def begin(store: Store, ticket: str = "t1") -> None:
    store.service.report_visit(ROOM, ReportVisit(Ticket(ticket), began=True, at_us=store.clock()))


def present(store: Store) -> StoreVisit:
    visit = store.service.floor.room(ROOM).visit
    assert visit is not None
    return visit


def body_for(store: Store, key: str = "k1", **said: Any) -> dict[str, Any]:
    return {"key": key, "occupied_since_us": present(store).began_us, **(said or {"text": TEXT})}


def send(client: HttpClient, body: dict[str, Any]) -> tuple[int, str]:
    status, answer = client.ask("POST", "/api/v1/messages/1", body)
    return status, answer.get("code", "") if isinstance(answer, dict) else ""


def texts(stream: EventStreamReader) -> list[str]:
    return [told["message"]["text"] for name, told in stream.messages if name == "StaffMessageShown"]


def test_a_line_and_a_piece_reach_the_mirror_as_from_the_associate(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    with read_stream(glass, "/api/v1/rooms/1/stream") as told:
        assert told.named("Snapshot")["message"] is None
        assert send(ines, body_for(store, text=f" {TEXT} ", article=SCARF)) == (204, "")
        shown = told.named("StaffMessageShown")
    message = shown["message"]
    assert (shown["ticket"], message["by"], message["text"]) == ("t1", "Inès", TEXT)
    assert (message["garment"]["article"], message["garment"]["style_id"]) == (SCARF, "A1")
    assert "a-ines" not in str(shown)


def test_a_mirror_that_connects_again_gets_it_in_its_snapshot(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    send(ines, body_for(store))
    with read_stream(glass, "/api/v1/rooms/1/stream") as told:
        assert told.named("Snapshot")["message"]["message"]["text"] == TEXT


def test_sent_again_it_is_shown_once_even_after_another(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    with read_stream(glass, "/api/v1/rooms/1/stream") as told:
        told.named("Snapshot")
        for key, text in (("k1", "one"), ("k2", "two"), ("k1", "one"), ("k2", "two"), ("k3", "end")):
            assert send(ines, body_for(store, key, text=text)) == (204, "")
        told.wait(lambda name, said: name == "StaffMessageShown" and said["message"]["text"] == "end")
        assert texts(told) == ["one", "two", "end"]


def test_sent_again_to_a_store_that_was_started_again_it_is_the_same_message(tmp_path: Path) -> None:
    """The page repeats what got no answer. The mirror, which has the message or has closed it, knows it by its id."""
    ids = []
    for _ in range(2):
        with (
            sample_store(settings_in(tmp_path / "shop"), ManualClock()) as store,
            served(store) as url,
            associate(url, "a-ines", PIN) as ines,
        ):
            begin(store)
            assert send(ines, body_for(store)) == (204, "")
            message = present(store).message
            ids.append(message.message_id if message is not None else "")
    assert ids[0] == ids[1] != ""


def test_the_same_key_of_another_associate_is_another_message(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    with (
        associate(ines.url, "a-jonas", "1234") as jonas,
        read_stream(glass, "/api/v1/rooms/1/stream") as told,
    ):
        told.named("Snapshot")
        assert send(ines, body_for(store)) == send(jonas, body_for(store)) == (204, "")
        told.wait(lambda name, said: name == "StaffMessageShown" and said["message"]["by"] == "Jonas")
        assert texts(told) == [TEXT, TEXT]


def test_none_reaches_the_next_shopper(
    store: Store, ines: HttpClient, glass: HttpClient, clock: ManualClock
) -> None:
    late = body_for(store)
    clock.pass_s(1)
    begin(store, "t2")
    assert send(ines, late) == (409, "visit-over")
    assert present(store).message is None
    store.service.report_visit(ROOM, ReportVisit(Ticket("t2"), began=False, at_us=store.clock()))
    assert send(ines, late)[0] == 404


def ended(store: Store) -> None:
    store.service.report_visit(ROOM, ReportVisit(Ticket("t1"), began=False, at_us=store.clock()))


def unattended(store: Store) -> None:
    store.service.report_visit(
        ROOM, ReportVisit(Ticket("t1"), began=True, at_us=store.clock(), unattended=True)
    )


def erased(store: Store) -> None:
    enter(store)
    store.service.visits.forget_erased(lambda _: False)


ENDS: Final = {"ended": ended, "unattended": unattended, "erased": erased}


@pytest.mark.parametrize("end", ENDS)
def test_nothing_of_it_remains_in_the_store(
    store: Store, ines: HttpClient, glass: HttpClient, end: str
) -> None:
    send(ines, body_for(store))
    assert left_of_it(store)
    ENDS[end](store)
    assert not left_of_it(store)


def left_of_it(store: Store) -> bool:
    visit = store.service.floor.room(ROOM).visit
    in_snapshot = TEXT in str(store.service.floor.room_snapshot(ROOM))
    return in_snapshot or (visit is not None and visit.message is not None)


def test_planted_a_visit_that_keeps_its_message_is_found(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    send(ines, body_for(store))
    kept = present(store)
    unattended(store)
    store.service.floor.room(ROOM).visit = replace(present(store), message=kept.message)
    assert left_of_it(store)


REFUSED: Final[dict[str, tuple[dict[str, Any], int, str]]] = {
    "nothing": ({"text": ""}, 409, "message-empty"),
    "blanks": ({"text": " \u3000 "}, 409, "message-empty"),
    "two lines": ({"text": "a\u2028b"}, 409, "message-sign"),
    "emoji": ({"text": "hello \U0001f600"}, 409, "message-sign"),
    "override": ({"text": "a\u202eb"}, 409, "message-sign"),
    "too long": ({"text": "x" * (MAX_TEXT + 1)}, 422, ""),
    "foreign article": ({"article": "09521234999999"}, 409, "message-article"),
    "no article": ({"article": "'; drop table sku; --"}, 409, "message-article"),
    "another field": ({"text": "a", "by": "The manager"}, 422, ""),
    "no key": ({"text": "a", "key": ""}, 422, ""),
    "no time": ({"text": "a", "occupied_since_us": -1}, 422, ""),
}


def test_what_cannot_be_shown_is_refused(store: Store, ines: HttpClient, glass: HttpClient) -> None:
    for kind, (said, status, code) in REFUSED.items():
        assert send(ines, body_for(store) | {"text": ""} | said) == (status, code), kind
    assert present(store).message is None


@pytest.mark.full
def test_hostile_values_in_every_field_have_no_effect(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    for field in ("key", "text", "article", "occupied_since_us"):
        for text in HOSTILE_TEXTS:
            status, _ = send(ines, body_for(store) | {field: text})
            assert status in (204, 400, 409, 422, 429), (field, text)
    message = present(store).message
    assert message is not None
    assert len(message.text.splitlines()) == 1


def test_a_flood_is_limited_and_ends(
    store: Store, ines: HttpClient, glass: HttpClient, clock: ManualClock
) -> None:
    sent = [send(ines, body_for(store, f"k{n}", text=str(n)))[0] for n in range(MAX_MESSAGES + 2)]
    assert sent == [204] * MAX_MESSAGES + [429] * 2
    assert send(ines, body_for(store, "k0", text="0"))[0] == 204, "one that was shown is known"
    clock.pass_s(WINDOW_US / US)
    assert send(ines, body_for(store, "later"))[0] == 204


def test_only_associates_may(store: Store, ines: HttpClient, glass: HttpClient) -> None:
    stranger = HttpClient(ines.url)
    assert send(stranger, body_for(store))[0] == 401
    assert send(glass, body_for(store))[0] in (401, 403)
    assert ines.ask("POST", "/api/v1/messages/99", body_for(store))[0] == 404
    stranger.close()


def test_nothing_of_it_is_on_the_disk_or_in_the_log(
    store: Store, ines: HttpClient, glass: HttpClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    values = {"text": TEXT}
    assert send(ines, body_for(store, article=SCARF, text=TEXT))[0] == 204
    assert send(ines, body_for(store, "bad", text=TEXT + "\u2028" + TEXT))[0] == 409
    assert send(ines, body_for(store, "long", text=TEXT * 20))[0] == 422
    ended(store)
    assert "Zephyrine" not in caplog.text
    assert found_in_files(store.settings.state, values) == {}
    (store.settings.state / "planted").write_text(TEXT, "utf-8")
    assert found_in_files(store.settings.state, values) != {}
