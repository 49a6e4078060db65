"""Export and erasure of a member over HTTP: who may, what is in the file, what is left, and feeds that come late."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.core.domain.ids import RoomId, ShopperId, Ticket
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.compose_members import compose_members
from kiosk.store.db.table_groups.alterations import ALTERATION
from kiosk.store.db.table_groups.appointments import APPOINTMENT
from kiosk.store.db.table_groups.asides import ASIDE_MEMBER
from kiosk.store.db.table_groups.book_edits import BOOK_EDIT
from kiosk.store.db.table_groups.clues import BOOK_ENTRY, CLUE_REFUSAL, CLUE_VERDICT, MEMBER_REQUEST
from kiosk.store.lifecycle import Store
from kiosk.store.privacy.proofs import FOLDER, Proofs
from kiosk.store.staff.tokens import store_key
from tests.kiosk.store.http_clients import TIMEOUT_S, HttpClient, associate
from tests.kiosk.store.sample_shop import PIN
from tests.optional_values import present

CLARA = ShopperId("s1")
SECOND = {"associate_id": "a-ines", "pin": PIN}


@pytest.fixture
def mei(url: str) -> Iterator[HttpClient]:
    """The manager Mei, signed in."""
    with associate(url, "m-mei", "920713") as client:
        yield client


def erased(client: HttpClient, member: str = CLARA, **more: Any) -> tuple[int, Any]:
    return client.ask("POST", "/api/v1/members/erase", {"member": member, "second": SECOND, **more})


def exported(client: HttpClient, language: str = "en") -> zipfile.ZipFile:
    body = {"member": CLARA, "language": language}
    answer = client._session.post(f"{client.url}/api/v1/members/export", json=body, timeout=TIMEOUT_S)
    assert answer.headers["cache-control"] == "no-store"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def begin_visit(store: Store) -> None:
    store.service.visits.identify(
        RoomId("1"), Ticket("t1"), Shopper(CLARA, Tier.PROVED, "Clara", "de", (), "card"), "mac"
    )


def write_book(store: Store) -> None:
    """A row for her in each table of clues and in that of appointments, also in that of a withdrawn consent."""
    database, now_us = store.resources.database, store.clock()
    entry = {"entry_id": "e1", "shopper_id": CLARA, "kind": "note", "text": "likes linen", "made_us": now_us}
    people = {"author": "a-ines", "holder": "a-ines", "expires_us": now_us + 1}
    said = {"clue_id": "c", "verdict": "wrong", "source": "web", "why": "recent", "associate_id": "a-ines"}
    asked = {"item": "T1-GRY", "size": "38", "lacking": True}
    made = {"appointment_id": "p1", "guest": "", "at_us": now_us, "note": "", "holder": "", "pieces": "[]"}
    made |= {"made_us": now_us, "expires_us": now_us + 1}
    with database.writing() as connection:
        connection.execute(BOOK_ENTRY.insert().values(entry | people))
        edit = {
            "edit_id": "c1",
            "entry_id": "e1",
            "kind": "note",
            "what": "added",
            "who": "a-ines",
            "at_us": now_us,
        }
        connection.execute(BOOK_EDIT.insert().values({"shopper_id": CLARA} | edit))
        connection.execute(CLUE_VERDICT.insert().values({"shopper_id": CLARA, "at_us": now_us} | said))
        connection.execute(MEMBER_REQUEST.insert().values({"shopper_id": CLARA, "at_us": now_us} | asked))
        connection.execute(APPOINTMENT.insert().values({"shopper_id": CLARA} | made))
        connection.execute(CLUE_REFUSAL.insert().values(shopper_id=CLARA, at_us=now_us))
        connection.execute(ASIDE_MEMBER.insert().values(aside_id="t1.a1", shopper_id=CLARA))
        note = {"request_id": "t1.r1", "room": "1", "what": "hem", "price_minor": 0, "currency": "EUR"}
        note |= {"ready": "2026-09-24", "revision": 1, "made_us": now_us, "made_by": "a-ines", "done_by": ""}
        note |= {"changed_us": now_us, "changed_by": "a-ines", "done_us": 0, "shopper_id": CLARA}
        connection.execute(ALTERATION.insert().values(note))


def held(store: Store) -> tuple[str, ...]:
    desk = compose_members(store.settings, store.resources, store.service, store.clock)
    return tuple(one.place for one in desk.held(CLARA))


def test_the_file_has_everything_that_is_held_and_a_page(store: Store, mei: HttpClient) -> None:
    begin_visit(store)
    write_book(store)
    file = exported(mei)
    body = json.loads(file.read("member.json"))
    places = {"profile", "cards", "purchases", "feed-line", "visit"}
    assert set(body["held"]) == places | {
        "alterations", "appointments", "client-book", "client-book-changes", "clue-verdicts", "asked-for",
        "clue-refusal", "put-aside",
    }  # fmt: skip
    assert body["held"]["client-book"][0]["text"] == "likes linen"
    assert body["held"]["profile"][0]["sizes"] == {"coats": "38", "shirts": "L"}
    page = file.read("member.html").decode()
    assert "Clara" in page
    assert "What you have bought" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_every_language(mei: HttpClient, language: str) -> None:
    page = exported(mei, language).read("member.html").decode()
    assert f'lang="{language}"' in page
    assert ('dir="rtl"' in page.partition(">")[2][:60]) is (language == "ar")


def test_nothing_is_left_after_an_erasure_and_its_proof_says_nothing_about_her(
    store: Store, mei: HttpClient
) -> None:
    begin_visit(store)
    write_book(store)
    status, said = erased(mei)
    assert status == 200, said
    assert held(store) == ()
    visit = present(store.service.floor.room(RoomId("1")).visit)
    assert (visit.shopper, visit.uid_mac) == (None, ""), "her visit goes on as a guest's"
    proof = said["proof"]
    once = {
        "alterations": 1, "appointments": 1, "asked-for": 1, "cards": 1, "client-book": 1, "client-book-changes": 1,
        "clue-refusal": 1, "clue-verdicts": 1,
        "feed-line": 1, "profile": 1, "purchases": 1, "put-aside": 1, "visit": 1,
    }  # fmt: skip
    none = {"damaged-copies": 0, "fit-feedback": 0, "waiting-loss": 0}
    assert proof["erased"] == once | none
    assert (proof["found_afterwards"], proof["by"]) == (0, ["m-mei", "a-ines"])
    file = store.settings.state / FOLDER / f"{said['number']}.json"
    assert json.loads(file.read_text("utf-8")) == proof
    assert file.stat().st_mode & 0o077 == 0
    assert not re.search(r"clara|\bs1\b", file.read_text("utf-8"), re.IGNORECASE)


def test_a_changed_proof_is_found_out(store: Store, mei: HttpClient) -> None:
    proof = erased(mei)[1]["proof"]
    proofs = Proofs(store.settings.state, store_key(store.settings.state))
    assert proofs.is_genuine(proof)
    assert not proofs.is_genuine({**proof, "found_afterwards": 1})
    assert not proofs.is_genuine({**proof, "hash": ""})


def test_a_feed_does_not_bring_her_back(store: Store, mei: HttpClient) -> None:
    erased(mei)
    feed = present(store.settings.feeds) / "shoppers.jsonl"
    first, *others = feed.read_text("utf-8").splitlines()
    changed = json.dumps({**json.loads(first), "language": "fr"})
    feed.write_text("\n".join([changed, *others]) + "\n", "utf-8")
    report = present(store.resources.import_feed(feed.parent, store.clock() + 1))
    assert not report.failed
    assert held(store) == ()
    assert store.service.customers.customer(ShopperId("s2")) is not None, "others are imported"


def test_without_a_tombstone_the_feed_brings_her_back(store: Store, mei: HttpClient) -> None:
    """The planted fault: what the test above would not see if nothing was imported at all."""
    test_a_feed_does_not_bring_her_back(store, mei)
    with store.resources.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM erased_member")
    feed = present(store.settings.feeds) / "shoppers.jsonl"
    feed.write_text(feed.read_text("utf-8").replace('"fr"', '"de"'), "utf-8")
    store.resources.import_feed(feed.parent, store.clock() + 2)
    assert "profile" in held(store)


@pytest.mark.parametrize(
    ("second", "status"),
    [
        (None, 409),
        ({"associate_id": "m-mei", "pin": "920713"}, 409),
        ({"associate_id": "a-ines", "pin": "0000"}, 409),
        ({"associate_id": "nobody", "pin": "0000"}, 409),
        ({"associate_id": "a-ines"}, 422),
    ],
)
def test_a_second_person_confirms_it(store: Store, mei: HttpClient, second: object, status: int) -> None:
    assert erased(mei, second=second)[0] == status
    assert "profile" in held(store)


def test_it_is_for_managers(store: Store, url: str, ines: HttpClient) -> None:
    for path in ("export", "erase"):
        assert ines.ask("POST", f"/api/v1/members/{path}", {"member": CLARA})[0] == 403
        assert HttpClient(url).ask("POST", f"/api/v1/members/{path}", {"member": CLARA})[0] == 401
    assert "profile" in held(store)


def test_it_may_be_repeated_and_is_right_for_somebody_who_is_not_known(store: Store, mei: HttpClient) -> None:
    assert sum(erased(mei, "nobody")[1]["proof"]["erased"].values()) == 0
    erased(mei)
    status, said = erased(mei)
    assert (status, sum(said["proof"]["erased"].values())) == (200, 0)
    assert mei.ask("POST", "/api/v1/members/export", {"member": CLARA})[0] == 404


def test_logs_name_nobody(store: Store, mei: HttpClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    exported(mei)
    erased(mei)
    assert "Clara" not in caplog.text
    assert not re.search(r"\bs1\b", caplog.text)
    assert "erased a member" in caplog.text
