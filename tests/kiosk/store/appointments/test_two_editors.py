"""Two associates change one appointment: neither undoes what she has not seen, and nothing comes back."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.store.appointments.appointment import Appointment, ChosenPiece
from kiosk.store.lifecycle import Store
from tests.kiosk.store.appointments.conftest import COAT, ROOT, SCARF, keep
from tests.kiosk.store.http_clients import HttpClient


def put(client: HttpClient, path: str, **body: Any) -> tuple[int, str]:
    status, answer = client.ask("PUT", f"{ROOT}/{path}", body)
    return status, answer.get("code", "") if isinstance(answer, dict) else ""


def kept(client: HttpClient) -> list[tuple[str, str, str, int]]:
    return [
        (one["name"], one["note"], one["holder"], len(one["pieces"])) for one in client.ask("GET", ROOT)[1]
    ]


def pieces(client: HttpClient) -> list[tuple[str, int, bool]]:
    (one,) = client.ask("GET", ROOT)[1]
    return [(piece["article"], piece["look"], piece["ready"]) for piece in one["pieces"]]


def test_fetched_does_not_bring_back_what_another_took_out(store: Store, ines: HttpClient) -> None:
    keep(ines, store)
    assert ines.ask("POST", f"{ROOT}/p1/pieces/remove", {"article": COAT})[0] == 204
    assert put(ines, "p1/pieces", article=COAT, ready=True)[0] == 404
    assert put(ines, "p1/pieces", article=COAT, ready=False)[0] == 404
    assert pieces(ines) == [(SCARF, 0, False)]


def test_what_is_not_named_of_a_piece_stays(store: Store, ines: HttpClient) -> None:
    keep(ines, store, "p1", COAT)
    assert put(ines, "p1/pieces", article=COAT, ready=True)[0] == 204
    assert put(ines, "p1/pieces", article=COAT, look=2)[0] == 204
    assert put(ines, "p1/pieces", article=COAT)[0] == 204
    assert pieces(ines) == [(COAT, 2, True)]
    assert put(ines, "p1/pieces", article=COAT, ready=False)[0] == 204
    assert pieces(ines) == [(COAT, 2, False)]


def test_planted_fault_a_piece_that_is_put_whole_is_not_fetched_any_more() -> None:
    class Forgetful(Appointment):
        def changed_piece(self, article: Any, look: int | None, ready: bool | None) -> Appointment:
            return self.with_piece(ChosenPiece(article, look or 0, bool(ready)))

    before = Forgetful(None, 0, 0, (ChosenPiece(COAT, 1, ready=True),))  # type: ignore[arg-type]
    assert before.changed_piece(COAT, 2, None).pieces == (ChosenPiece(COAT, 2),)
    assert Appointment.changed_piece(before, COAT, 2, None).pieces == (ChosenPiece(COAT, 2, ready=True),)


def test_a_form_that_is_saved_late_changes_nothing_that_it_has_not_shown(
    store: Store, ines: HttpClient
) -> None:
    keep(ines, store, "p1", COAT, guest="Ana", note="")
    at_us = store.clock() + 3_600_000_000
    seen = {"at_us": at_us, "guest": "Ana", "holder": "a-ines"}
    mine, hers = {**seen, "note": "likes linen"}, {**seen, "note": "comes with her sister"}
    assert put(ines, "p1", **hers, seen=seen) == (204, "")
    assert put(ines, "p1", **mine, seen=seen) == (409, "appointment-changed")
    assert put(ines, "p1", **hers, seen=seen) == (204, ""), "the same change sent once more"
    assert kept(ines) == [("Ana", "comes with her sister", "a-ines", 1)]


@pytest.mark.parametrize("knows", [True, pytest.param(False, id="planted: a form that says nothing of it")])
def test_a_form_that_is_saved_late_does_not_bring_back_a_deleted_one(
    store: Store, ines: HttpClient, knows: bool
) -> None:
    entered = {"at_us": store.clock(), "guest": "Ana", "holder": "a-ines"}
    assert put(ines, "p1", **entered)[0] == 204
    assert ines.ask("DELETE", f"{ROOT}/p1")[0] == 204
    status, _ = put(ines, "p1", **entered, **({"seen": entered} if knows else {}))
    assert (status, len(kept(ines))) == ((404, 0) if knows else (204, 1))
