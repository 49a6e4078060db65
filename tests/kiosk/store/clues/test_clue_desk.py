"""The card of the member in a room: what is on it, without which consent it is not, and what answers do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hardware.rooms.changes import TagArrived
from kiosk.core.clues.clue import MAX_SHOWN, Clue, ClueKind, ClueSource, Why
from kiosk.core.clues.dislikes import MAX_UNWANTED, MAX_VALUE, Dislike, DislikeKind
from kiosk.core.clues.trust import Counts, Verdict
from kiosk.core.domain.fit_feedback import FitFeedback, FitRating
from kiosk.core.domain.ids import ArticleId, AssociateId, ItemId, RequestId, ShopperId, StyleId
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.effects import FindLooks, ReportVisit
from kiosk.store.clues.book_desk import Written
from kiosk.store.clues.composing import ClueServices
from kiosk.store.customers.book.asked import AskedItems
from kiosk.store.customers.book.entry import EntryKind
from kiosk.store.customers.book.verdicts import Verdicts
from kiosk.store.db.tables import PURCHASE, SHOPPER, STOCK
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, room_topic
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.clues.conftest import CLARA, ROOM, TICKET, enter, seen, set_consents
from tests.kiosk.store.sample_shop import START_US, gtin_of, piece_of
from tests.optional_values import present

INES = AssociateId("a-ines")


def card(services: ClueServices) -> dict[ClueKind, Clue]:
    return {clue.kind: clue for clue in services.clues.card(ROOM).clues}


def carry(store: Store, style: str, colour: str, size: str) -> None:
    """A piece is carried into room 1."""
    change = TagArrived("1", piece_of(style, colour, size), True, 0.99, START_US)
    store.service.floor.rooms_changed([change])


def messages(store: Store, topic: str) -> Callable[[], list[dict[str, Any]]]:
    """Subscribes; each call returns what was published since the last one."""
    subscription = store.hub.open(topic, lambda: None)
    subscription.take()
    return lambda: [json.loads(raw.decode().split("data: ", 1)[1]) for raw in subscription.take()]


def cards_told(told: Callable[[], list[dict[str, Any]]]) -> list[str]:
    """The card ids of the room's boards that were published."""
    return [m["clues"] for m in told() if m["is"] == "RoomBoard"]


def test_the_card_says_what_source_age_confidence_and_why(store: Store, services: ClueServices) -> None:
    carry(store, "T1", "GRY", "38")
    shown = card(services)
    assert set(shown) == {ClueKind.BOUGHT, ClueKind.USUAL_SIZE}
    bought = shown[ClueKind.BOUGHT]
    assert (bought.source, bought.why) == (ClueSource.PURCHASE, Why.STYLE_HERE)
    assert 0.3 < bought.confidence <= 0.8
    assert bought.seen_us <= store.clock() < bought.expires_us
    names = {value.name: value.text.in_language("de") for value in bought.values}
    assert names["name"] == "Wide trousers (de)"
    assert services.clues.card(ROOM).first_name == "Clara"


def test_every_source_of_the_store_may_be_on_it(store: Store, services: ClueServices) -> None:
    feel = FitFeedback(StyleId("T1"), "38", FitRating.TIGHT, None, "trousers")
    assert store.service.fit_feedback_store.save(CLARA, feel, store.clock())
    carry(store, "T1", "GRY", "40")
    sources = {fact.source for fact in services.clues._facts(CLARA)}
    assert sources == {ClueSource.PURCHASE, ClueSource.SIZES, ClueSource.FIT}
    assert len(services.clues.card(ROOM).clues) <= MAX_SHOWN


@pytest.mark.parametrize(
    ("consents", "kinds"),
    [
        (("clues",), set()),
        (("clues", "history"), {ClueKind.BOUGHT}),
        (("clues", "sizes"), {ClueKind.USUAL_SIZE}),
        (("clues", "web", "reviews"), set()),
    ],
    ids=lambda given: "-".join(map(str, given)) if isinstance(given, tuple) else "",
)
def test_a_source_needs_its_own_consent(
    store: Store, services: ClueServices, consents: tuple[str, ...], kinds: set[ClueKind]
) -> None:
    set_consents(store, *consents)
    assert set(card(services)) == kinds


def test_without_the_consent_there_is_no_card(store: Store, services: ClueServices) -> None:
    set_consents(store, "sizes", "history", "web", "reviews")
    with pytest.raises(NotFoundError):
        services.clues.card(ROOM)
    with pytest.raises(NotFoundError):
        services.book.entries(ROOM)


@pytest.mark.parametrize("tier", [Tier.GUEST, Tier.STATIC])
def test_a_card_that_can_be_copied_opens_nothing(store: Store, services: ClueServices, tier: Tier) -> None:
    store.service.report_visit(ROOM, ReportVisit(TICKET, began=False, at_us=0))
    store.service.visits.floor.room(ROOM).ended_visits.clear()
    enter(store, tier)
    assert not present(store.service.floor.room(ROOM).visit).clues
    with pytest.raises(NotFoundError):
        services.clues.card(ROOM)


def test_the_end_of_the_visit_ends_the_card(store: Store, services: ClueServices) -> None:
    told = messages(store, FLOOR_TOPIC)
    store.service.report_visit(ROOM, ReportVisit(TICKET, began=False, at_us=0))
    with pytest.raises(NotFoundError):
        services.clues.card(ROOM)
    assert cards_told(told)[-1] == ""


def test_a_withdrawal_in_the_shop_ends_the_card_and_beats_the_feed(
    store: Store, services: ClueServices
) -> None:
    told = messages(store, FLOOR_TOPIC)
    services.clues.withdraw(ROOM, seen(services))
    assert cards_told(told) == [""]
    with pytest.raises(NotFoundError):
        services.clues.card(ROOM)
    set_consents(store, "clues", "sizes", "history")
    with pytest.raises(NotFoundError):
        services.clues.card(ROOM)


def test_a_feed_without_the_consent_ends_the_card(store: Store, services: ClueServices) -> None:
    told = messages(store, FLOOR_TOPIC)
    set_consents(store, "sizes", "history")
    store.presence.forget_erased()
    assert cards_told(told) == [""]
    assert present(store.service.floor.room(ROOM).visit).shopper is not None, "the visit goes on"


def test_another_member_in_the_room_has_another_card_and_no_answer_for_the_first_reaches_her(
    store: Store, services: ClueServices
) -> None:
    first, (clue, *_) = seen(services), services.clues.card(ROOM).clues
    enter(store)
    assert seen(services) == first, "the same member, who proves her card again"
    told = messages(store, FLOOR_TOPIC)
    with store.resources.database.writing() as connection:
        this = SHOPPER.update().where(SHOPPER.c.shopper_id == ShopperId("s2"))
        connection.execute(this.values(consents=json.dumps(["clues", "history"])))
    store.service.visits.identify(
        ROOM, TICKET, Shopper(ShopperId("s2"), Tier.PROVED, "Henrik"), "2", clues=True
    )
    assert cards_told(told) == [seen(services)] != [first]
    with pytest.raises(NotFoundError):
        services.clues.answer(ROOM, first, clue.clue_id, Verdict.WRONG, INES)
    with pytest.raises(NotFoundError):
        services.clues.withdraw(ROOM, first)
    assert services.clues.card(ROOM).first_name == "Henrik"


def test_what_is_wrong_never_comes_back_and_its_source_loses(store: Store, services: ClueServices) -> None:
    bought = card(services)[ClueKind.BOUGHT]
    services.clues.answer(ROOM, seen(services), bought.clue_id, Verdict.WRONG, INES)
    assert ClueKind.BOUGHT not in card(services)
    with store.resources.database.writing() as connection:
        connection.execute(PURCHASE.insert().values(shopper_id=CLARA, item="T1-GRY"))
    assert ClueKind.BOUGHT not in card(services), "the same statement, listed again"
    trust = Verdicts(store.resources.database).trust(CLARA)
    assert trust.shop == {(ClueSource.PURCHASE, Why.RECENT): Counts(0, 1)}


def test_what_was_useful_is_marked_and_an_unknown_clue_is_refused(services: ClueServices) -> None:
    size = card(services)[ClueKind.USUAL_SIZE]
    services.clues.answer(ROOM, seen(services), size.clue_id, Verdict.USEFUL, INES)
    assert services.clues.card(ROOM).rated == (size.clue_id,)
    with pytest.raises(NotFoundError):
        services.clues.answer(ROOM, seen(services), "0" * 24, Verdict.USEFUL, INES)


def suggested(store: Store, who: ShopperId | None = CLARA) -> set[tuple[str, str]]:
    question = FindLooks(TICKET, 1, (ItemId("T1-GRY"),), (), who)
    return {(s.garment.style_id, s.garment.colour) for s in store.service.find_looks(ROOM, question)}


@pytest.mark.parametrize(
    ("about", "gone"),
    [
        (DislikeKind.ITEM, {("A1", "NVY")}),
        (DislikeKind.STYLE, {("A1", "NVY"), ("A1", "RED")}),
        (DislikeKind.CATEGORY, {("A1", "NVY"), ("A1", "RED")}),
        (DislikeKind.COLOUR, {("A1", "NVY"), ("C1", "NVY")}),
    ],
    ids=lambda given: given.value if isinstance(given, DislikeKind) else "",
)
def test_a_dislike_leaves_the_glass_and_is_not_suggested(
    store: Store, services: ClueServices, about: DislikeKind, gone: set[tuple[str, str]]
) -> None:
    published = messages(store, room_topic(ROOM))
    before = suggested(store)
    services.book.state_dislike(ROOM, about, gtin_of("A1", "NVY", "one"))
    (told,) = [m for m in published() if m["is"] == "DislikesStated"]
    assert told["ticket"] == TICKET
    assert told["dislikes"][0]["kind"] == about.value
    after = suggested(store)
    assert not after & gone
    assert before & gone, "planted: without the dislike one of them is suggested"


def test_a_store_that_was_started_again_has_them_from_the_mirror(store: Store) -> None:
    """Its own visit knows none."""
    scarves = Dislike(DislikeKind.STYLE, "A1")
    question = FindLooks(TICKET, 1, (ItemId("T1-GRY"),), (), CLARA)
    assert "A1" in {s.garment.style_id for s in store.service.find_looks(ROOM, question)}
    said = store.service.find_looks(ROOM, replace(question, unwanted=(scarves,)))
    assert said
    assert "A1" not in {s.garment.style_id for s in said}


@pytest.mark.parametrize(
    "said",
    [
        (Dislike(DislikeKind.STYLE, "A1"),) * (MAX_UNWANTED + 1),
        (Dislike(DislikeKind.STYLE, "A" * (MAX_VALUE + 1)),),
    ],
    ids=["many", "long"],
)
def test_a_mirror_may_send_so_many_dislikes_and_no_more(store: Store, said: tuple[Dislike, ...]) -> None:
    question = FindLooks(TICKET, 1, (ItemId("T1-GRY"),), (), CLARA, said)
    with pytest.raises(RefusedError):
        store.service.find_looks(ROOM, question)


def test_a_dislike_that_was_wrong_may_be_suggested_again_in_the_same_visit(
    store: Store, services: ClueServices, staff: dict[str, Associate]
) -> None:
    no_scarves = Written(EntryKind.DISLIKE, about=DislikeKind.CATEGORY, article=gtin_of("A1", "NVY", "one"))
    before = suggested(store)
    entry = services.book.add(ROOM, seen(services), no_scarves, staff["a-ines"])
    assert suggested(store) != before
    assert store.service.floor.room_snapshot(ROOM)["dislikes"] is not None
    published = messages(store, room_topic(ROOM))
    services.book.delete(ROOM, entry.entry_id, staff["a-ines"])
    assert suggested(store) == before
    (told,) = [m for m in published() if m["is"] == "DislikesWithdrawn"]
    assert [one["kind"] for one in told["dislikes"]] == [DislikeKind.CATEGORY.value]
    assert store.service.floor.room_snapshot(ROOM)["dislikes"] is None


def test_a_dislike_of_a_guest_lives_as_long_as_the_visit(store: Store, services: ClueServices) -> None:
    article = gtin_of("A1", "NVY", "one")
    services.book.state_dislike(ROOM, DislikeKind.CATEGORY, article)
    assert not {style for style, _ in suggested(store, None)} & {"A1"}
    store.service.report_visit(ROOM, ReportVisit(TICKET, began=False, at_us=0))
    with pytest.raises(NotFoundError):
        services.book.state_dislike(ROOM, DislikeKind.CATEGORY, article)
    assert store.service.visits.dislikes(ROOM, FindLooks(TICKET, 1, (), (), None)) == ()


def test_another_shopper_in_the_same_visit_has_none_of_them(store: Store, services: ClueServices) -> None:
    store.service.visits.add_dislike(ROOM, Dislike(DislikeKind.CATEGORY, "coats"))
    other = store.service.customers.customer(ShopperId("s2"))
    store.service.visits.identify(ROOM, TICKET, present(other).as_shopper(), "mac2")
    visit = present(store.service.floor.room(ROOM).visit)
    assert (visit.dislikes, visit.clues) == ((), "")


def ask(store: Store, name: str, article: ArticleId) -> None:
    request = ServiceRequest(
        RequestId(name), ROOM, TICKET, RequestKind.PIECE, START_US, article=article, size="36"
    )
    store.service.submit_request(ROOM, request)


def test_what_was_not_there_is_remembered_for_the_next_visit(store: Store, services: ClueServices) -> None:
    article = gtin_of("C1", "CAM", "36")
    with store.resources.database.writing() as connection:
        connection.execute(STOCK.update().where(STOCK.c.article == article).values(count=0))
    store.resources.catalogue.invalidate()
    ask(store, "r1", article)
    ask(store, "r2", gtin_of("C1", "NVY", "36"))
    asked = AskedItems(store.resources.database).of(CLARA, 0)
    assert {(one.item, one.lacking) for one in asked} == {("C1-CAM", True), ("C1-NVY", False)}
    assert card(services)[ClueKind.ASKED].source is ClueSource.REQUEST


def test_what_a_member_without_the_consent_asks_for_is_not_kept(store: Store, services: ClueServices) -> None:
    set_consents(store, "sizes", "history")
    ask(store, "r1", gtin_of("C1", "CAM", "36"))
    assert AskedItems(store.resources.database).of(CLARA, 0) == ()
