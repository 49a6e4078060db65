"""The routes of clues over HTTP, with an open card: what a person may send, and what nobody may."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

import pytest

from kiosk.core.clues.note_rules import MAX_NOTE
from kiosk.store.lifecycle import Store
from tests.faults.strangers.values import HOSTILE_NUMBERS, HOSTILE_TEXTS
from tests.kiosk.store.clues.conftest import enter, set_consents
from tests.kiosk.store.http_clients import HttpClient, associate, mirror, read_stream
from tests.kiosk.store.sample_shop import PIN, gtin_of, served

SCARF: Final = gtin_of("A1", "NVY", "one")
BOOK: Final = "/api/v1/client-books/of-room/1"


@pytest.fixture
def ines(store: Store) -> Iterator[HttpClient]:
    set_consents(store, "clues", "sizes", "history")
    enter(store)
    with served(store) as url, associate(url, "a-ines", PIN) as client:
        yield client


def card_of(client: HttpClient) -> dict[str, Any]:
    status, card = client.ask("GET", "/api/v1/clues/1")
    assert status == 200, card
    return dict(card)


def test_a_card_is_read_answered_written_and_ended(ines: HttpClient) -> None:
    card = card_of(ines)
    known = {"card": card["card"]}
    first = card["clues"][0]["clue_id"]
    assert card["first_name"] == "Clara"
    assert (
        ines.ask("POST", "/api/v1/clues/1/answers", {**known, "clue_id": first, "verdict": "useful"})[0]
        == 204
    )
    assert card_of(ines)["rated"] == [first]
    status, entry = ines.ask("POST", BOOK, {**known, "kind": "note", "text": "likes linen"})
    assert (status, entry["author"]) == (200, "a-ines")
    status, refused = ines.ask("POST", BOOK, {**known, "kind": "note", "text": "is pregnant"})
    assert (status, refused["code"]) == (409, "note-sensitive")
    assert [one["text"] for one in ines.ask("GET", BOOK)[1]] == ["likes linen"]
    assert ines.ask("DELETE", f"{BOOK}/{entry['entry_id']}")[0] == 204
    assert ines.ask("POST", "/api/v1/clues/1/withdraw", {"card": "of another"})[0] == 404
    assert ines.ask("POST", "/api/v1/clues/1/withdraw", known)[0] == 204
    assert ines.ask("GET", "/api/v1/clues/1")[0] == 404
    assert ines.ask("GET", BOOK)[0] == 404


def test_a_book_is_read_with_the_card_that_is_seen_and_changed_once(store: Store, ines: HttpClient) -> None:
    known = {"card": card_of(ines)["card"]}
    entry = ines.ask("POST", BOOK, {**known, "kind": "note", "text": "likes linen"})[1]
    change = {**known, "kind": "note", "text": "likes silk", "seen_us": entry["made_us"]}
    assert ines.ask("PUT", f"{BOOK}/{entry['entry_id']}", change)[0] == 200
    status, refused = ines.ask("PUT", f"{BOOK}/{entry['entry_id']}", change)
    assert (status, refused["code"]) == (409, "book-changed")
    day = {**known, "kind": "date", "occasion": "birthday", "due_us": store.clock() + 86_400_000_000}
    status, refused = ines.ask("POST", BOOK, day)
    assert (status, refused["code"]) == (409, "book-birthday-told")
    assert ines.ask("POST", BOOK, {**day, "told": True})[1]["occasion"] == "birthday"
    record = ines.ask("GET", f"{BOOK}/record?card={known['card']}")[1]
    assert [one["what"] for one in record["edits"]].count("added") == 2
    assert {"category": "coats", "size": "38"} in record["sizes"]
    for path in (BOOK, f"{BOOK}/record"):
        assert ines.ask("GET", f"{path}?card=another")[0] == 404
    set_consents(store, "sizes", "history")
    for path in (BOOK, f"{BOOK}/record"):
        assert ines.ask("GET", f"{path}?card={known['card']}")[0] == 404, "without her consent"


def test_a_dislike_reaches_the_mirror_at_once(store: Store, ines: HttpClient) -> None:
    with (
        mirror(ines.url, store.settings.state, "1") as glass,
        read_stream(glass, "/api/v1/rooms/1/stream") as told,
    ):
        told.named("Snapshot")
        said = {"card": card_of(ines)["card"], "kind": "dislike", "about": "style", "article": SCARF}
        assert ines.ask("POST", BOOK, said)[0] == 200
        (stated,) = told.named("DislikesStated")["dislikes"]
        assert (stated["kind"], stated["value"]) == ("style", "A1")


@pytest.mark.parametrize(
    "names", [("text",), pytest.param((), marks=pytest.mark.full)], ids=["notes", "all fields"]
)
def test_hostile_values_have_no_effect(store: Store, ines: HttpClient, names: tuple[str, ...]) -> None:
    """Each hostile text in each field of each route, with the card open; a note is stored as the text that it is."""
    card = card_of(ines)["card"]
    note = {"card": card, "kind": "note", "text": "likes linen"}
    day = {"card": card, "kind": "date", "text": "birthday"}
    size = {"card": card, "kind": "size", "category": "coats", "size": "38"}
    like = {"card": card, "kind": "like", "about": "style", "article": SCARF}
    said = {"card": card, "clue_id": "0" * 24, "verdict": "useful"}
    answers = "/api/v1/clues/1/answers"
    bodies = [
        (path, {**body, name: value})
        for path, body in ((BOOK, note), (BOOK, size), (BOOK, like), (answers, said))
        for name in body.keys() & (names or body.keys())
        for value in HOSTILE_TEXTS
    ]
    bodies += [
        (BOOK, {**day, "due_us": number})
        for number in HOSTILE_NUMBERS
        if not isinstance(number, float) or isfinite(number)
    ]
    for path, body in bodies:
        status, answer = ines.ask("POST", path, body)
        assert status in (200, 204, 400, 404, 409, 422), (path, body, answer)
    for entry in ines.ask("GET", BOOK)[1]:
        assert len(entry["text"]) <= MAX_NOTE
        assert entry["text"].isprintable()
    assert card_of(ines)["card"] == card
    with store.resources.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sold").scalar() == 0
