"""A look for a mirror over HTTP: what is said before it is sent, what is refused, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.core.clues.dislikes import Dislike, DislikeKind
from kiosk.core.domain.floor.staff_message import MAX_PIECES, MessageStage
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportMessage, ReportVisit
from kiosk.store.advice.associate_looks import AssociateLooks, WantedPiece
from kiosk.store.customers.customers import Customer
from kiosk.store.floor.messages.kept_messages import FILE
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.faults.strangers.values import HOSTILE_TEXTS
from tests.kiosk.store.clues.conftest import enter, set_consents
from tests.kiosk.store.http_clients import HttpClient, associate, mirror, read_stream
from tests.kiosk.store.sample_shop import PIN, ManualClock, gtin_of, sample_store, served, settings_in

ROOM: Final = RoomId("1")
COAT: Final = gtin_of("C1", "NVY", "36")
SHIRT: Final = gtin_of("S1", "WHI", "S")
SCARF: Final = gtin_of("A1", "NVY", "one")
GONE: Final = gtin_of("F1", "BLK", "39")
KEPT: Final = {"key": "k1", "text": "for tonight"}


def settings_of(folder: Path) -> StoreSettings:
    """The sample shop, without the loafers in 39."""
    settings = settings_in(folder)
    assert settings.feeds is not None
    stock = settings.feeds / "stock.jsonl"
    rows = [json.loads(row) for row in stock.read_text("utf-8").splitlines()]
    stock.write_text(
        "".join(
            json.dumps(row | {"count": 0 if row["gtin"] == GONE else row["count"]}) + "\n" for row in rows
        )
    )
    return settings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with sample_store(settings_of(tmp_path / "shop"), ManualClock()) as running:
        begin(running)
        yield running


@pytest.fixture
def ines(store: Store) -> Iterator[HttpClient]:
    with served(store) as url, associate(url, "a-ines", PIN) as client:
        yield client


@pytest.fixture
def glass(store: Store, ines: HttpClient) -> Iterator[HttpClient]:
    with mirror(ines.url, store.settings.state, "1") as client:
        yield client


def begin(store: Store, ticket: str = "t1") -> None:
    store.service.report_visit(ROOM, ReportVisit(Ticket(ticket), began=True, at_us=store.clock()))
    store.presence.messages.tick()


def since(store: Store) -> int:
    visit = store.service.floor.room(ROOM).visit
    return visit.began_us if visit is not None else 0


def pieces(*articles: str, hers: bool = False) -> list[dict[str, Any]]:
    return [{"article": article, "hers": hers} for article in articles]


def send(client: HttpClient, store: Store, look: list[dict[str, Any]], **more: Any) -> tuple[int, str]:
    body = KEPT | {"occupied_since_us": since(store), "look": look} | more
    status, answer = client.ask("POST", "/api/v1/messages/1", body)
    return status, answer.get("code", "") if isinstance(answer, dict) else ""


def check(client: HttpClient, store: Store, look: list[dict[str, Any]]) -> list[dict[str, Any]]:
    body = {"occupied_since_us": since(store), "look": look}
    status, answer = client.ask("POST", "/api/v1/messages/1/look", body)
    assert status == 200, answer
    return list(answer["pieces"])


def note(store: Store) -> tuple[str, str, str] | None:
    """Kind, associate and stage on the associates' page."""
    said = store.service.floor.floor_snapshot()["rooms"]
    assert isinstance(said, list)
    message = said[0]["message"]
    return (message["kind"], message["by"], message["stage"]) if message else None


def test_a_look_reaches_the_mirror_and_its_end_the_page(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    with read_stream(glass, "/api/v1/rooms/1/stream") as told:
        told.named("Snapshot")
        assert send(ines, store, pieces(COAT, SCARF)) == (204, "")
        message = told.named("StaffMessageShown")["message"]
    assert [(one["garment"]["article"], one["sized"]) for one in message["look"]] == [
        (COAT, True),
        (SCARF, True),
    ]
    assert message["garment"]["article"] == COAT, "what a mirror of an earlier version shows"
    assert note(store) == ("look", "Inès", "sent")
    for stage in (MessageStage.SHOWN, MessageStage.CLOSED):
        report = ReportMessage(Ticket("t1"), message["message_id"], stage)
        path = f"/messages/{message['message_id']}"
        assert glass.of_room("PUT", path, report)[0] == 204
        assert note(store) == ("look", "Inès", stage.value)
    visit = store.service.floor.room(ROOM).visit
    assert visit is not None
    assert visit.message is None, "what she has closed is not kept"
    assert not (store.settings.state / FILE).exists()
    assert send(ines, store, pieces(COAT, SCARF)) == (204, ""), "sent again, it is not shown again"
    assert note(store) == ("look", "Inès", "closed")


def test_a_report_that_comes_late_or_is_of_another_changes_nothing(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    send(ines, store, pieces(COAT, SCARF))
    visit = store.service.floor.room(ROOM).visit
    assert visit is not None
    assert visit.message is not None
    known = visit.message.message_id

    def report(message_id: str, stage: MessageStage, ticket: str = "t1", path: str = "") -> int:
        told = ReportMessage(Ticket(ticket), message_id, stage)
        return glass.of_room("PUT", f"/messages/{path or message_id}", told)[0]

    assert report("other", MessageStage.SHOWN) == report(known, MessageStage.SHOWN, "t0") == 204
    assert note(store) == ("look", "Inès", "sent")
    assert report(known, MessageStage.SHOWN, path="other") == 422
    assert report(known, MessageStage.CLOSED) == report(known, MessageStage.SHOWN) == 204
    assert note(store) == ("look", "Inès", "closed")
    begin(store, "t2")
    assert note(store) is None


def test_it_is_said_before_what_cannot_be_had(store: Store, ines: HttpClient) -> None:
    store.service.visits.add_dislike(ROOM, Dislike(DislikeKind.CATEGORY, "accessories"))
    said = check(ines, store, pieces(COAT, GONE, SCARF, "09521234999999"))
    assert [(one["size"], one["lies"], one["problem"]) for one in said] == [
        ("36", "floor", ""),
        ("39", "", "message-gone"),
        ("one", "floor", "message-unwanted"),
        ("", "", "message-article"),
    ]
    assert said[0]["price"]["minor"] == 98_000
    for bad, code in ((GONE, "message-gone"), (SCARF, "message-unwanted"), ("x", "message-article")):
        assert send(ines, store, pieces(COAT, bad)) == (409, code)
    assert note(store) is None


def sizes_for(store: Store, ines: HttpClient) -> list[str]:
    return [one["size"] for one in check(ines, store, pieces(COAT, SHIRT, SCARF, hers=True))]


def test_her_size_is_used_only_with_her_consent(store: Store, ines: HttpClient) -> None:
    """Clara takes coats in 38 and shirts in L."""
    assert sizes_for(store, ines) == ["", "", "one"], "nobody is known: she chooses"
    enter(store)
    assert sizes_for(store, ines) == ["", "", "one"]
    set_consents(store, "clues", "sizes")
    enter(store)
    assert sizes_for(store, ines) == ["38", "L", "one"]
    assert send(ines, store, pieces(COAT, SHIRT, hers=True)) == (204, "")
    visit = store.service.floor.room(ROOM).visit
    assert visit is not None
    assert visit.message is not None
    assert [(one.garment.size, one.sized) for one in visit.message.look] == [("38", True), ("L", True)]


class Indiscreet(AssociateLooks):
    """The planted fault: it asks nobody for consent."""

    def _member(self, visit: StoreVisit) -> Customer | None:
        shopper = visit.shopper
        return self._customers.customer(shopper.shopper_id) if shopper is not None else None


@pytest.mark.parametrize(("kind", "size"), [(AssociateLooks, ""), (Indiscreet, "38")])
def test_planted_a_size_that_is_told_without_consent_is_found(
    store: Store, kind: type[AssociateLooks], size: str
) -> None:
    enter(store)
    service = store.service
    looks = kind(service.floor, service.catalogue, service.customers, service.advice)
    (checked,) = looks.checked(ROOM, since(store), [WantedPiece(COAT, hers=True)])
    assert checked.piece is not None
    assert (checked.piece.garment.size if checked.piece.sized else "") == size


def test_what_goes_with_the_room_is_offered_for_a_look(store: Store, ines: HttpClient) -> None:
    path = "/api/v1/messages/1/suggestions"
    status, answer = ines.ask("GET", f"{path}?occupied_since_us={since(store)}")
    assert status == 200
    found = answer["suggestions"]
    assert 0 < len(found) <= 6
    for one in found:
        sizes = [size["article"] for colour in one["product"]["colours"] for size in colour["sizes"]]
        assert one["article"] in sizes
    assert ines.ask("GET", f"{path}?occupied_since_us=1")[1]["code"] == "visit-over"
    assert ines.ask("GET", "/api/v1/messages/2/suggestions?occupied_since_us=1")[0] == 404


REFUSED: Final[dict[str, tuple[list[dict[str, Any]], dict[str, Any], int, str]]] = {
    "one piece": (pieces(COAT), {}, 409, "message-look"),
    "one twice": (pieces(COAT, gtin_of("C1", "NVY", "38")), {}, 409, "message-look"),
    "beside a piece": (pieces(COAT, SCARF), {"article": SHIRT}, 409, "message-look"),
    "too many": (pieces(*[COAT] * (MAX_PIECES + 1)), {}, 422, ""),
    "emoji": (pieces(COAT, SCARF), {"text": "x \U0001f600"}, 409, "message-sign"),
    "another field": ([{"article": COAT, "price": 1}, {"article": SCARF}], {}, 422, ""),
    "another visit": (pieces(COAT, SCARF), {"occupied_since_us": 1}, 409, "visit-over"),
}


def test_what_is_no_look_is_refused(store: Store, ines: HttpClient) -> None:
    for kind, (look, more, status, code) in REFUSED.items():
        assert send(ines, store, look, **more) == (status, code), kind
    assert note(store) is None
    stranger = HttpClient(ines.url)
    assert stranger.ask("POST", "/api/v1/messages/1/look", {})[0] == 401
    stranger.close()


def test_a_look_that_was_sent_is_sent_again_also_where_a_piece_is_gone_since(
    store: Store, ines: HttpClient
) -> None:
    assert send(ines, store, pieces(COAT, SCARF)) == (204, "")
    assert send(ines, store, pieces(COAT, GONE)) == (204, ""), "the same key is the same message"
    assert send(ines, store, pieces(COAT, GONE), key="k2") == (409, "message-gone")


@pytest.mark.full
def test_hostile_articles_have_no_effect(store: Store, ines: HttpClient) -> None:
    for text in HOSTILE_TEXTS:
        assert send(ines, store, pieces(COAT, text))[0] in (400, 409, 422), text
    assert note(store) is None


def shown_after_a_restart(folder: Path, reported: bool) -> tuple[list[str], str]:
    """Articles of the look that a mirror gets from a store that was started again, and the stage for associates."""
    settings, clock = settings_of(folder), ManualClock()
    with sample_store(settings, clock) as store, served(store) as url, associate(url, "a-ines", PIN) as ines:
        begin(store)
        assert send(ines, store, [*pieces(COAT), *pieces(SHIRT, hers=True)]) == (204, "")
        visit = store.service.floor.room(ROOM).visit
        assert visit is not None
        assert visit.message is not None
        if reported:
            report = ReportMessage(Ticket("t1"), visit.message.message_id, MessageStage.SHOWN)
            with mirror(url, settings.state, "1") as glass:
                assert glass.of_room("PUT", f"/messages/{report.message_id}", report)[0] == 204
    with sample_store(settings, clock) as store:
        begin(store)
        visit = store.service.floor.room(ROOM).visit
        assert visit is not None
        assert visit.message is not None
        assert [one.sized for one in visit.message.look] == [True, False]
        said = note(store)
        assert said is not None
        return [str(one.garment.style_id) for one in visit.message.look], said[2]


@pytest.mark.parametrize(("reported", "stage"), [(False, "sent"), (True, "shown")])
def test_it_survives_a_restart_with_what_became_of_it(tmp_path: Path, reported: bool, stage: str) -> None:
    assert shown_after_a_restart(tmp_path / "shop", reported) == (["C1", "S1"], stage)
