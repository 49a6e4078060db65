"""Names that people have, members who are found by them, and limits that count what there is."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import insert, select

from kiosk.core.clues.note_rules import NoteProblem, note_problem
from kiosk.core.domain.ids import ArticleId, AssociateId
from kiosk.store.appointments.appointment import (
    MAX_NAME,
    MAX_PIECES,
    Appointment,
    AppointmentRefusedError,
    ChosenPiece,
    NewAppointment,
)
from kiosk.store.appointments.appointment_book import AppointmentBook
from kiosk.store.db.tables import SHOPPER
from kiosk.store.lifecycle import Store
from tests.kiosk.store.appointments.conftest import COAT, ROOT, SCARF, keep
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.sample_shop import ManualClock

NAMES = ("Frau Krebs", "Nazrul Islam", "Sig.ra Ebreo", "Muslim", "مسلم أحمد", "Zoë 王")


def guest(ines: HttpClient, store: Store, name: str, note: str = "") -> tuple[int, str]:
    body = {"at_us": store.clock(), "guest": name, "note": note}
    status, answer = ines.ask("PUT", f"{ROOT}/g", body)
    return status, answer.get("code", "") if isinstance(answer, dict) else ""


@pytest.mark.parametrize("name", NAMES)
def test_a_guest_may_be_called_so(store: Store, ines: HttpClient, name: str) -> None:
    assert guest(ines, store, name) == (204, "")
    assert guest(ines, store, "Ana", "has cancer") == (409, "note-sensitive")
    assert guest(ines, store, f"{name}\u202e") == (409, "note-not-text")
    assert guest(ines, store, "A" * (MAX_NAME + 1)) == (409, "note-long")
    assert guest(ines, store, "\u3164") == (409, "appointment-who"), (
        "a Korean filler, of which nothing is seen"
    )
    assert guest(ines, store, "a" + "\u0301" * 5) == (409, "note-not-text")


def test_planted_fault_the_rule_of_notes_refuses_names() -> None:
    assert note_problem("Frau Krebs") is NoteProblem.SENSITIVE


def of_name(store: Store, count: int, name: str, consents: str) -> None:
    """Members beside Clara."""
    with store.resources.database.writing() as connection:
        clara = connection.execute(select(SHOPPER).where(SHOPPER.c.shopper_id == "s1")).mappings().one()
        rows = [
            {**clara, "shopper_id": f"{name}{number:03d}", "first_name": name, "consents": consents}
            for number in range(count)
        ]
        connection.execute(insert(SHOPPER), rows)


@pytest.mark.parametrize("words", ["Élise", "élise", "ÉLISE", "E\u0301lise", " élise "])
def test_a_member_is_found_however_her_name_is_typed(store: Store, ines: HttpClient, words: str) -> None:
    of_name(store, 1, "Élise", '["clues"]')
    found = ines.ask("POST", f"{ROOT}/members", {"words": words})[1]
    assert [one["first_name"] for one in found] == ["Élise"]


def test_namesakes_who_have_not_agreed_hide_nobody(store: Store, ines: HttpClient) -> None:
    of_name(store, 300, "Anna", '["history"]')
    of_name(store, 1, "ANNA", '["history", "clues"]')
    found = ines.ask("POST", f"{ROOT}/members", {"words": "anna"})[1]
    assert [one["member"] for one in found] == ["ANNA000"]


def test_pieces_that_left_the_catalogue_take_no_place(store: Store, ines: HttpClient) -> None:
    keep(ines, store, "p1", COAT)
    book = store.service.prepared.book
    for number in range(MAX_PIECES - 1):
        add = partial(Appointment.with_piece, piece=ChosenPiece(ArticleId(f"gone{number}")))
        book.change("p1", add, store.clock())
    (before,) = book.all(store.clock())
    assert len(before.pieces) == MAX_PIECES
    assert ines.ask("PUT", f"{ROOT}/p1/pieces", {"article": SCARF})[0] == 204
    (after,) = book.all(store.clock())
    assert [piece.article for piece in after.pieces] == [COAT, SCARF]


def test_appointments_that_have_ended_do_not_count(store: Store, clock: ManualClock) -> None:
    days, book = store.service.prepared.days, AppointmentBook(store.resources.database, most=2)

    def put(name: str) -> None:
        new = NewAppointment(name, clock(), AssociateId(""), guest="Ana")
        book.put(Appointment(new, clock(), days.end_us(clock())))

    put("p1")
    put("p2")
    with pytest.raises(AppointmentRefusedError):
        put("p3")
    put("p2")
    clock.pass_s(24 * 3600)
    put("p3")
