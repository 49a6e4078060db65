"""Shoppers and associates of a feed: erasure, consent, who loses access; SQLite and PostgreSQL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import delete

from kiosk.core.domain.fit_feedback import FitFeedback, FitRating
from kiosk.core.domain.ids import AssociateId, ShopperId, StyleId
from kiosk.store.customers.book.consents import refuse_clues
from kiosk.store.customers.book.entries import ClientBook
from kiosk.store.customers.book.entry import EntryKind, NewEntry
from kiosk.store.customers.card_book import CardBook
from kiosk.store.customers.fit_feedback import FitFeedbackStore
from kiosk.store.db.overwriting import overwrite_deleted
from kiosk.store.db.table_groups.clues import BOOK_ENTRY, CLUE_REFUSAL
from kiosk.store.db.tables import ASSOCIATE, CREDENTIAL, FEED_LINE, FIT_FEEDBACK, PURCHASE, SHOPPER
from kiosk.store.errors import ForbiddenError, UnauthenticatedError
from kiosk.store.feed_import import Loss
from kiosk.store.staff.associates import AssociateAccounts
from tests.kiosk.store.feed_import.taking import FeedShop, Line, plain_mac
from tests.kiosk.store.sample_shop import CHEAP, PIN, SHOPPERS

MANAGER = "m-mei"


def about(shop: FeedShop, shopper: str) -> int:
    """Number of rows about a shopper, in all tables."""
    tables = (SHOPPER, PURCHASE, FIT_FEEDBACK, CREDENTIAL)
    found = sum(row["shopper_id"] == shopper for table in tables for row in shop.rows(table))
    return found + sum(row["key"] == shopper for row in shop.rows(FEED_LINE))


def rate(shop: FeedShop, shopper: str) -> None:
    feel = FitFeedback(StyleId("S1"), "M", FitRating.RIGHT, None, "shirts")
    FitFeedbackStore(shop.database).save(ShopperId(shopper), feel, shop.now_us)


def many(count: int) -> list[Line]:
    return [{**SHOPPERS[0], "shopper_id": f"m{n}", "credentials": []} for n in range(count)]


def test_a_third_of_the_shoppers_is_erased_at_once_whatever_other_lines_say(shop: FeedShop) -> None:
    shop.write("shoppers", [*SHOPPERS, *many(10)])
    shop.take()
    CardBook(shop.database, plain_mac).enrol("04A1B2C3D4E5F0", "s1", "card", 3)
    rate(shop, "s1")
    assert about(shop, "s1") == 6
    good = "".join(json.dumps(line) + "\n" for line in many(6))
    shop.write("shoppers", good + '{"shopper_id": "s2", "sizes": 4}\n{"x}\n')
    report = shop.take()
    assert about(shop, "s1") == 0
    assert about(shop, "s2") > 0, "what is known of a line with a mistake stays"
    assert (report.held, len(report.mistakes)) == ((), 2)


def test_one_of_four_is_erased_and_the_rest_of_the_feed_goes_in(shop: FeedShop) -> None:
    shop.write("shoppers", [*SHOPPERS, *many(2)])
    shop.take()
    shop.write("shoppers", [SHOPPERS[1], *many(2)])
    shop.edit("styles", lambda line: {**line, "since": "2026-11-02"})
    report = shop.take()
    assert (report.held, report.kind("shoppers").deleted, report.kind("styles").changed) == ((), 1, 5)
    assert about(shop, "s1") == 0


def on_disk(shop: FeedShop, text: bytes) -> set[str]:
    """The files of an SQLite database, and kept copies of it, that contain a text."""
    folder = Path(str(shop.database.engine.url.database)).parent
    return {file.name for file in folder.glob("store.db*") if text in file.read_bytes()}


@pytest.mark.parametrize("shop", ["sqlite"], indirect=True)
def test_nothing_of_a_member_whom_the_feed_erases_stays_on_the_disk(shop: FeedShop) -> None:
    clara = b"Claradelle"
    shop.edit(
        "shoppers",
        lambda line: {**line, "first_name": clara.decode()} if line["shopper_id"] == "s1" else line,
    )
    shop.take()
    overwrite_deleted(shop.database.engine)
    copy = Path(str(shop.database.engine.url.database)).with_name("store.db.damaged-20261101-000000")
    copy.write_bytes(clara)
    with shop.database.writing() as connection:  # deleted without overwriting: the search finds it
        connection.execute(delete(SHOPPER).where(SHOPPER.c.shopper_id == "s1"))
    assert on_disk(shop, clara) == {"store.db", copy.name}
    shop.edit("shoppers", lambda line: None if line["shopper_id"] == "s1" else line)
    assert shop.take(dry_run=True).kind("shoppers").deleted == 1
    assert on_disk(shop, clara) == {"store.db", copy.name}
    shop.take()
    assert on_disk(shop, clara) == set()


def test_all_but_one_are_erased_with_a_broken_line_among_them(shop: FeedShop) -> None:
    shop.write("shoppers", json.dumps(SHOPPERS[1]) + "\n[]\n")
    assert shop.take().held == ()
    assert about(shop, "s1") == 0


@pytest.mark.parametrize("kind", ["shoppers", "associates", "stock", "styles"])
def test_a_file_of_which_no_line_can_be_read_loses_nothing_without_a_yes(shop: FeedShop, kind: str) -> None:
    shop.write(kind, "[]\n" * 5)
    assert [str(loss).partition(":")[0] for loss in shop.take().held] == [kind]
    assert about(shop, "s1") > 0
    assert len(active(shop)) == 3


def test_only_what_was_consented_to_is_stored(shop: FeedShop) -> None:
    rate(shop, "s1")
    (clara, henrik) = sorted(shop.rows(SHOPPER), key=lambda row: str(row["shopper_id"]))
    assert (json.loads(clara["sizes"]), json.loads(henrik["sizes"])) == ({"coats": "38", "shirts": "L"}, {})
    assert len(shop.rows(PURCHASE)) == 1
    shop.write("shoppers", [{**SHOPPERS[0], "consents": []}, SHOPPERS[1]])
    shop.take()
    assert shop.rows(PURCHASE) == shop.rows(FIT_FEEDBACK) == []
    assert {row["sizes"] for row in shop.rows(SHOPPER)} == {"{}"}


def test_a_feed_without_the_consent_deletes_the_client_book_and_a_later_one_is_a_new_consent(
    shop: FeedShop,
) -> None:
    agreed = {**SHOPPERS[0], "consents": ["clues"]}
    shop.write("shoppers", [agreed, SHOPPERS[1]])
    shop.take()
    clara, ines, book = ShopperId("s1"), AssociateId("a-ines"), ClientBook(shop.database)
    book.add(clara, NewEntry(EntryKind.NOTE, "likes linen"), ines, shop.now_us)
    with shop.database.writing() as connection:
        refuse_clues(connection, clara, shop.now_us)
    shop.write("shoppers", [{**agreed, "language": "fr"}, SHOPPERS[1]])
    shop.take()
    assert shop.rows(BOOK_ENTRY) == []
    with pytest.raises(ForbiddenError):
        book.add(clara, NewEntry(EntryKind.NOTE, "likes linen"), ines, shop.now_us)
    shop.write("shoppers", [{**agreed, "consents": []}, SHOPPERS[1]])
    shop.take()
    assert shop.rows(CLUE_REFUSAL) == []
    shop.write("shoppers", [agreed, SHOPPERS[1]])
    shop.take()
    book.add(clara, NewEntry(EntryKind.NOTE, "likes linen"), ines, shop.now_us)
    shop.write("shoppers", [{**agreed, "consents": []}, SHOPPERS[1]])
    shop.take()
    assert shop.rows(BOOK_ENTRY) == []


def test_a_card_moves_to_another_shopper_in_either_order(shop: FeedShop) -> None:
    card = SHOPPERS[0]["credentials"][0]
    for owner in ("s2", "s1", "s2"):
        lines = [{**line, "credentials": [card] if line["shopper_id"] == owner else []} for line in SHOPPERS]
        shop.write("shoppers", lines)
        shop.take()
        assert {(row["uid_mac"], row["shopper_id"]) for row in shop.rows(CREDENTIAL)} == {
            (plain_mac(card["uid"]), owner)
        }


def accounts(shop: FeedShop) -> AssociateAccounts:
    return AssociateAccounts(shop.database, 10**12, CHEAP)


def active(shop: FeedShop) -> set[str]:
    return {row["associate_id"] for row in shop.rows(ASSOCIATE) if row["active"]}


def leave(*gone: str) -> Any:
    return lambda line: None if line["associate_id"] in gone else line


def test_one_of_three_may_leave_at_once_and_her_session_ends(shop: FeedShop) -> None:
    token, _ = accounts(shop).sign_in(AssociateId("a-ines"), PIN, shop.now_us)
    shop.edit("associates", leave("a-ines"))
    assert shop.take().held == ()
    assert active(shop) == {"a-jonas", MANAGER}
    assert accounts(shop).by_session(token, shop.now_us) is None
    with pytest.raises(UnauthenticatedError):
        accounts(shop).sign_in(AssociateId("a-ines"), PIN, shop.now_us)


@pytest.mark.parametrize("role", ["Back of house", pytest.param("ANALYST", marks=pytest.mark.full)])
def test_another_role_ends_the_session_and_the_same_one_does_not(shop: FeedShop, role: str) -> None:
    tokens = [accounts(shop).sign_in(AssociateId(who), PIN if who == "a-ines" else "1234", shop.now_us)[0]
              for who in ("a-ines", "a-jonas")]  # fmt: skip
    shop.edit("associates", lambda line: {**line, "name": f"{line['name']} B."}
              | ({"role": role} if line["associate_id"] == "a-ines" else {}))  # fmt: skip
    report = shop.take()
    assert (report.held, report.notes) == ((), ())
    found = [accounts(shop).by_session(token, shop.now_us) for token in tokens]
    assert found[0] is None
    assert found[1] is not None
    assert found[1].name == "Jonas B."
    now = {row["associate_id"]: row["role"] for row in shop.rows(ASSOCIATE)}
    assert now["a-ines"] == role.casefold().replace(" ", "-")


def test_two_of_three_wait_for_a_yes_and_a_new_one_is_taken(shop: FeedShop) -> None:
    shop.edit("associates", leave("a-ines", "a-jonas"))
    new = {"associate_id": "a-lea", "name": "Lea", "pin": "2468"}
    shop.write("associates", [*shop.lines("associates"), new])
    (held,) = shop.take().held
    assert (held.what, held.count, held.sample) == (Loss.ACCESS, 2, ("a-ines", "a-jonas"))
    assert active(shop) == {"a-ines", "a-jonas", MANAGER, "a-lea"}
    shop.accept(held)
    assert active(shop) == {MANAGER, "a-lea"}


def test_nobody_goes_on_the_word_of_a_file_with_mistakes(shop: FeedShop) -> None:
    lines = shop.lines("associates")
    shop.write("associates", [lines[1], {**lines[2], "name": 4.5}])
    report = shop.take()
    assert [loss.what for loss in report.held] == [Loss.ACCESS]
    assert active(shop) == {"a-ines", "a-jonas", MANAGER}


@pytest.mark.parametrize(
    "change",
    [
        lambda line: None if line["associate_id"] == MANAGER else line,
        lambda line: {**line, "role": "associate"},
        lambda line: {k: v for k, v in line.items() if k != "pin" or line["associate_id"] != MANAGER},
    ],
    ids=["gone", "no manager any more", "no PIN any more"],
)
def test_the_last_manager_never_goes_even_by_a_yes(shop: FeedShop, change: Any) -> None:
    shop.edit("associates", change)
    report = shop.take()
    for loss in report.held:
        shop.accept(loss)
    row = next(row for row in shop.rows(ASSOCIATE) if row["associate_id"] == MANAGER)
    assert (row["active"], row["role"], bool(row["pin_hash"])) == (True, "manager", True)
    assert any("last manager" in note for note in report.kind("associates").notes)
    accounts(shop).sign_in(AssociateId(MANAGER), "920713", shop.now_us)


def test_a_manager_may_go_if_another_one_can_sign_in(shop: FeedShop) -> None:
    new = {"associate_id": "m-new", "name": "New", "role": "manager", "pin": "2468"}
    shop.write(
        "associates", [*(line for line in shop.lines("associates") if line["associate_id"] != MANAGER), new]
    )
    assert shop.take().held == ()
    assert active(shop) == {"a-ines", "a-jonas", "m-new"}


def test_a_pin_stays_hashed_as_it_is_and_a_lock_stays(shop: FeedShop) -> None:
    with pytest.raises(UnauthenticatedError):
        accounts(shop).sign_in(AssociateId("a-ines"), "0000", shop.now_us)
    before = {row["associate_id"]: (row["pin_hash"], row["failures"]) for row in shop.rows(ASSOCIATE)}
    shop.edit("associates", lambda line: {**line, "name": line["name"] + "!"})
    shop.take()
    after = {row["associate_id"]: (row["pin_hash"], row["failures"]) for row in shop.rows(ASSOCIATE)}
    assert before == after
    assert before["a-ines"][1] == 1


SALTED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.mark.parametrize(
    ("before", "after", "failures"),
    [
        (
            {"pin_hash": SALTED.hash("4711", salt=b"1" * 16)},
            {"pin_hash": SALTED.hash("4711", salt=b"2" * 16)},
            1,
        ),
        (
            {"pin_hash": SALTED.hash("4711", salt=b"1" * 16)},
            {"pin_hash": SALTED.hash("4712", salt=b"1" * 16)},
            0,
        ),
        ({"pin": "4711"}, {"pin_hash": SALTED.hash("4711", salt=b"2" * 16)}, 1),
        ({"pin_hash": SALTED.hash("4711", salt=b"1" * 16)}, {"pin": "4711"}, 1),
        ({"pin_hash": SALTED.hash("4711", salt=b"1" * 16)}, {"pin": "4712"}, 0),
        ({"pin": "4711"}, {"pin": "4711", "name": "Other"}, 1),
        ({"pin": "4711"}, {"pin": "4712"}, 0),
    ],
    ids=["new salt", "same salt, other PIN", "then hashed", "then plain", "then another", "same", "another"],
)
def test_wrong_pins_stay_counted_unless_the_pin_is_another(
    shop: FeedShop, before: dict[str, str], after: dict[str, str], failures: int
) -> None:
    def pin_of(line: dict[str, Any], given: dict[str, str]) -> dict[str, Any]:
        if line["associate_id"] != "a-ines":
            return line
        return {**{k: v for k, v in line.items() if k not in ("pin", "pin_hash")}, **given}

    shop.edit("associates", lambda line: pin_of(line, before))
    shop.take()
    with pytest.raises(UnauthenticatedError):
        accounts(shop).sign_in(AssociateId("a-ines"), "0000", shop.now_us)
    shop.edit("associates", lambda line: pin_of(line, after))
    shop.take()
    assert (
        next(row for row in shop.rows(ASSOCIATE) if row["associate_id"] == "a-ines")["failures"] == failures
    )
