"""Authorization: nothing of one room in another, no path out of a folder, no secrets in logs and files.

Every route against every kind of caller: `access/test_every_caller.py`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
import requests

from kiosk.core.domain.ids import ItemId, RequestId, RoomId, ShopperId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.visit.effects import FindLooks, IdentifyShopper, RecordItemEvent, ReportVisit
from kiosk.core.visit.events import CardTapped
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import (
    associate,
    mirror,
    mirror_token,
    mirror_token_file,
    read_stream,
)
from tests.kiosk.store.sample_shop import PIN, START_US

CLARA = ShopperId("s1")
ASK = ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t1"), RequestKind.HELP, START_US)


def test_a_room_gets_no_events_of_another(store: Store, url: str, settings: StoreSettings) -> None:
    with (
        mirror(url, settings.state, "1") as one,
        mirror(url, settings.state, "2") as two,
        read_stream(one, "/api/v1/rooms/1/stream") as mine,
        read_stream(two, "/api/v1/rooms/2/stream") as theirs,
    ):
        mine.named("Snapshot")
        theirs.named("Snapshot")
        one.of_room("PUT", "/requests/r1", ASK)
        two.of_room("PUT", "/requests/r2", replace(ASK, request_id=RequestId("r2"), room=RoomId("2")))
        theirs.named("RequestChanged")
        mine.named("RequestChanged")
        assert {b["request"]["room"] for n, b in mine.messages if n == "RequestChanged"} == {"1"}
        assert {b["request"]["room"] for n, b in theirs.messages if n == "RequestChanged"} == {"2"}


def test_a_mirror_cannot_open_anothers_stream(url: str, settings: StoreSettings) -> None:
    with mirror(url, settings.state, "2") as two:
        assert two.ask("GET", "/api/v1/rooms/1/stream")[0] == 403


def test_a_mirror_sends_requests_for_its_own_room_only(url: str, settings: StoreSettings) -> None:
    with mirror(url, settings.state, "1") as one:
        other = replace(ASK, room=RoomId("2"))
        assert one.of_room("PUT", "/requests/r1", other)[0] == 409
        assert one.of_room("PUT", "/requests/r9", ASK)[0] == 422


def test_a_new_pairing_revokes_the_former_token(store: Store, url: str, settings: StoreSettings) -> None:
    with mirror(url, settings.state, "1") as old:
        assert (
            old.of_room("POST", "/notes", RecordItemEvent(Ticket("t"), ItemId("S1-WHI"), "opened"))[0] == 204
        )
        mirror_token_file(settings.state, "1").unlink()
        mirror_token(settings.state, "1")
        assert (
            old.of_room("POST", "/notes", RecordItemEvent(Ticket("t"), ItemId("S1-WHI"), "opened"))[0] == 401
        )
    with mirror(url, settings.state, "1") as new:
        assert (
            new.of_room("POST", "/notes", RecordItemEvent(Ticket("t"), ItemId("S1-WHI"), "opened"))[0] == 204
        )


def test_markup_in_names_stays_text_everywhere(store: Store, url: str, settings: StoreSettings) -> None:
    nasty = "<script>alert(1)</script>"
    with mirror(url, settings.state, "1") as one, associate(url, "a-ines", PIN) as ines:
        asked = replace(ASK, kind=RequestKind.SIZE, name=LocalizedText.of(nasty), size="<b>")
        assert one.of_room("PUT", "/requests/r1", asked)[0] == 200
        answer = requests.get(
            f"{url}/api/v1/floor", headers={"Authorization": f"Bearer {ines.token}"}, timeout=10
        )
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["requests"][0]["name"]["by_language"] == [["en", nasty]]


def test_every_page_has_a_strict_content_security_policy(url: str) -> None:
    for path in ("/associate", "/api/v1/shop", "/associate/nothing.js"):
        headers = requests.get(f"{url}{path}", timeout=10).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/associate/../app.py",
        "/associate/%2e%2e/app.py",
        "/associate/..%2fapp.py",
        "/api/v1/pictures/..%2f..%2fstate%2fstore.key",
        "/api/v1/pictures/%2fetc%2fpasswd",
    ],
)
def test_no_path_leads_out_of_its_folder(url: str, path: str) -> None:
    request = requests.Request("GET", "http://x/").prepare()
    request.url = url + path
    with requests.Session() as session:
        assert session.send(request, timeout=10).status_code == 404


def test_an_address_that_is_no_text_is_refused(url: str) -> None:
    for path in ("/associate/a%00b", "/api/v1/pictures/a%00b", "/r/%1b", "/r/%ff", "/m?%00"):
        assert requests.get(url + path, timeout=10).status_code == 400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 422),
        (b"[]", 422),
        (b"", 422),
        (b"{}" * 40_000, 413),
        (b"[" * 60_000, 422),
        (b'{"ticket":1}', 422),
    ],
    ids=["half", "list", "empty", "huge", "deep", "wrong type"],
)
def test_a_bad_body_is_a_problem_never_a_traceback(
    url: str, settings: StoreSettings, body: bytes, status: int
) -> None:
    with mirror(url, settings.state, "1") as one:
        answer = requests.post(
            f"{url}/api/v1/rooms/1/looks",
            data=body,
            headers={"Authorization": f"Bearer {one.token}"},
            timeout=10,
        )
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} == set(answer.json())


def test_neither_names_nor_card_numbers_reach_the_log(
    store: Store, url: str, settings: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with mirror(url, settings.state, "1") as one:
        one.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        for uid in ("04A1B2C3D4E501", "04DEADBEEF0000"):
            one.of_room("POST", "/identify", IdentifyShopper(Ticket("t1"), CardTapped(1, "uid", uid)))
            bad = f"https://x/m?picc_data={'0' * 32}&cmac={'0' * 16}"
            one.of_room(
                "POST", "/identify", IdentifyShopper(Ticket("t1"), CardTapped(1, "ntag424", uid, bad))
            )
    for secret in ("Clara", "04A1B2C3D4E501", "04DEADBEEF0000", "0" * 16):
        assert secret not in caplog.text


def test_secrets_are_readable_by_the_stores_user_only(store: Store, settings: StoreSettings) -> None:
    tokens = [mirror_token(settings.state, room) for room in ("1", "2")]
    files = [f for f in settings.state.rglob("*") if f.is_file()]
    private = [f for f in files if f.name in ("store.key", "ledger.db") or f.parent.name == "devices"]
    assert len(private) == 4
    assert all(f.stat().st_mode & 0o077 == 0 for f in private)
    assert settings.state.stat().st_mode & 0o077 == 0
    contents = [f.read_bytes() for f in files]
    assert not any(token.encode() in content for token in tokens for content in contents)


def test_a_guest_learns_nothing_of_a_member_by_naming_her(
    store: Store, url: str, settings: StoreSettings
) -> None:
    with mirror(url, settings.state, "1") as one:
        one.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        guest = one.of_room("POST", "/looks", FindLooks(Ticket("t1"), 1, (ItemId("C1-NVY"),), (), None))
        named = one.of_room("POST", "/looks", FindLooks(Ticket("t1"), 1, (ItemId("C1-NVY"),), (), CLARA))
        assert guest == named
