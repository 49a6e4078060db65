"""Appointments over HTTP: what associates keep, what a tap opens, and what is left of it afterwards."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.core.clues.note_rules import MAX_NOTE
from kiosk.store.appointments.appointment_book import AppointmentBook
from kiosk.store.db.table_groups.appointments import APPOINTMENT
from kiosk.store.lifecycle import Store
from tests.faults.strangers.values import HOSTILE_TEXTS
from tests.kiosk.store.appointments.conftest import COAT, ROOT, SCARF, keep, tap
from tests.kiosk.store.clues.conftest import set_consents
from tests.kiosk.store.http_clients import HttpClient, associate, read_stream
from tests.kiosk.store.sample_shop import MANAGER_PIN, ManualClock, gtin_of


def listed(client: HttpClient) -> list[dict[str, Any]]:
    status, found = client.ask("GET", ROOT)
    assert status == 200
    return list(found)


def rows(store: Store) -> int:
    with store.resources.database.reading() as connection:
        return len(connection.execute(select(APPOINTMENT)).all())


def refused(client: HttpClient, path: str, **body: Any) -> tuple[int, str]:
    status, answer = client.ask("PUT", f"{ROOT}/{path}", body)
    return status, (answer or {}).get("code", "")


def test_a_tap_opens_the_visit_prepared(store: Store, ines: HttpClient, glass: HttpClient) -> None:
    keep(ines, store)
    assert ines.ask("PUT", f"{ROOT}/p1/pieces", {"article": SCARF, "look": 2, "ready": True})[0] == 204
    prepared = tap(glass)["prepared"]
    pieces = [
        (one["garment"]["article"], one["lies"], one["rail"], one["look"], one["ready"])
        for one in prepared["pieces"]
    ]
    assert prepared["by"] == "Inès"
    assert pieces == [(COAT, "floor", "coats rail", 0, False), (SCARF, "floor", "", 2, True)]
    (mine,) = listed(ines)
    assert (mine["name"], mine["member"], mine["room"], len(mine["pieces"])) == ("Clara", "s1", "1", 2)


def no_consent(store: Store, _: ManualClock) -> None:
    set_consents(store, "history")


def day_before(_: Store, clock: ManualClock) -> None:
    clock.pass_s(-20 * 3600)


def day_after(_: Store, clock: ManualClock) -> None:
    clock.pass_s(10 * 3600)


@pytest.mark.parametrize("change", [no_consent, day_before, day_after], ids=lambda change: change.__name__)
def test_a_tap_without_consent_or_on_another_day_opens_nothing(
    store: Store, ines: HttpClient, glass: HttpClient, clock: ManualClock,
    change: Callable[[Store, ManualClock], None],
) -> None:  # fmt: skip
    keep(ines, store)
    change(store, clock)
    answer = tap(glass)
    assert (answer["first_name"], answer["prepared"]) == ("Clara", None)


def test_without_a_proof_nothing_personal_is_shown(store: Store, ines: HttpClient, glass: HttpClient) -> None:
    keep(ines, store)
    with read_stream(glass, "/api/v1/rooms/1/stream") as told:
        told.named("Snapshot")
        assert not tap(glass, text="").get("prepared")
        assert tap(glass)["prepared"] is not None
        assert [name for name, _ in told.messages if name == "PreparedChanged"] == []


def test_what_is_changed_or_withdrawn_reaches_the_mirror(
    store: Store, ines: HttpClient, glass: HttpClient
) -> None:
    keep(ines, store)
    tap(glass)
    with read_stream(glass, "/api/v1/rooms/1/stream") as told:
        told.named("Snapshot")
        ines.ask("PUT", f"{ROOT}/p1/pieces", {"article": COAT, "ready": True})
        assert told.named("PreparedChanged")["prepared"]["pieces"][0]["ready"] is True
        card = ines.ask("GET", "/api/v1/clues/1")[1]["card"]
        assert ines.ask("POST", "/api/v1/clues/1/withdraw", {"card": card})[0] == 204
        told.wait(lambda name, body: name == "PreparedChanged" and body["prepared"] is None)
    assert (rows(store), listed(ines)) == (0, [])


def test_a_deleted_one_leaves_the_mirror(store: Store, ines: HttpClient, glass: HttpClient) -> None:
    keep(ines, store)
    tap(glass)
    with read_stream(glass, "/api/v1/rooms/1/stream") as told:
        told.named("Snapshot")
        assert ines.ask("DELETE", f"{ROOT}/p1")[0] == 204
        assert told.named("PreparedChanged")["prepared"] is None
    assert ines.ask("DELETE", f"{ROOT}/p1")[0] == 404


def test_pages_are_told_and_it_ends_with_its_day(store: Store, ines: HttpClient, clock: ManualClock) -> None:
    with read_stream(ines, "/api/v1/floor/stream") as told:
        told.named("Floor")
        keep(ines, store, guest="Zephyrine", note="prefers wool")
        assert told.named("AppointmentsChanged") == {"is": "AppointmentsChanged"}
    assert [(one["name"], one["member"]) for one in listed(ines)] == [("Zephyrine", "")]
    clock.pass_s(9 * 3600)
    book = AppointmentBook(store.resources.database)
    assert (listed(ines), rows(store), book.delete_expired(store.clock()), rows(store)) == ([], 1, 1, 0)


def test_erased_and_exported_with_the_member(store: Store, ines: HttpClient) -> None:
    keep(ines, store, member="s1", note="prefers wool")
    keep(ines, store, "p2", guest="Zephyrine")
    with associate(ines.url, "m-mei", MANAGER_PIN) as mei:
        answer = mei._session.post(
            f"{mei.url}/api/v1/members/export", json={"member": "s1", "language": "de"}, timeout=20
        )
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            texts = b"".join(packed.read(name) for name in packed.namelist()).decode()
        assert "prefers wool" in texts
        assert "Zephyrine" not in texts
        second = {"associate_id": "a-ines", "pin": "4711"}
        assert mei.ask("POST", "/api/v1/members/erase", {"member": "s1", "second": second})[0] == 200
    assert [one["name"] for one in listed(ines)] == ["Zephyrine"]


def test_only_members_who_agreed_are_found(store: Store, ines: HttpClient) -> None:
    found = [
        ines.ask("POST", f"{ROOT}/members", {"words": words})[1]
        for words in ("clara", " s1 ", "Henrik", "s2")
    ]
    assert found == [[{"member": "s1", "first_name": "Clara"}]] * 2 + [[], []]
    assert refused(ines, "p1", at_us=store.clock(), member="s2")[0] == 403


def test_what_cannot_be_kept_is_refused_with_its_reason(store: Store, ines: HttpClient) -> None:
    now_us = store.clock()
    keep(ines, store)
    assert refused(ines, "p2", at_us=now_us, guest=" ") == (409, "appointment-who")
    assert refused(ines, "p2", at_us=now_us, guest="Ana", member="s1") == (409, "appointment-who")
    assert refused(ines, "p2", at_us=now_us - 86_400_000_000, guest="Ana") == (409, "appointment-day")
    assert refused(ines, "p2", at_us=now_us, guest="Ana", note="is pregnant") == (409, "note-sensitive")
    assert refused(ines, "p2", at_us=now_us, guest="Ana", holder="nobody")[0] == 404
    assert refused(ines, "p1/pieces", article="00000000000000") == (409, "appointment-piece")
    assert refused(ines, "p9/pieces", article=COAT)[0] == 404
    styles = [("C1", c, z) for c in ("NVY", "CAM") for z in ("36", "38", "40")]
    styles += [("S1", c, z) for c in ("WHI", "BLU") for z in ("S", "M", "L")]
    answers = [refused(ines, "p1/pieces", article=gtin_of(*one)) for one in styles]
    assert (answers[-2], answers[-1]) == ((204, ""), (409, "appointment-full"))


def test_hostile_texts_are_text_or_refused(store: Store, ines: HttpClient) -> None:
    for number, value in enumerate(HOSTILE_TEXTS):
        field = ("guest", "note", "member", "holder")[number % 4]
        body = {
            "at_us": store.clock(),
            "guest": "Ana",
            **({"guest": ""} if field == "member" else {}),
            field: value,
        }
        assert ines.ask("PUT", f"{ROOT}/h{number % 8}", body)[0] in (204, 400, 403, 404, 409, 422)
        assert ines.ask("POST", f"{ROOT}/members", {"words": value})[0] in (200, 400, 422)
    for one in listed(ines):
        assert len(one["note"]) <= MAX_NOTE
        assert (one["name"] + one["note"]).isprintable()


def test_who_leaves_has_no_appointments_and_no_name_is_logged(
    store: Store, ines: HttpClient, caplog: pytest.LogCaptureFixture
) -> None:
    keep(ines, store, guest="Zephyrine", note="prefers wool")
    with associate(ines.url, "m-mei", MANAGER_PIN) as mei:
        assert mei.ask("DELETE", "/api/v1/staff/a-ines")[0] == 204
        assert [(one["name"], one["holder"]) for one in listed(mei)] == [("Zephyrine", "")]
    assert "Zephyrine" not in caplog.text
