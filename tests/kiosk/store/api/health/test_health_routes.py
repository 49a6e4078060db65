"""Who learns what of the store's health, and the report of a mirror."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Any

from kiosk.core.domain.status.mirror_status import DeviceState, FrameFault, MirrorStatus, ShownFrame
from kiosk.core.wire import to_json
from kiosk.store.lifecycle import Store
from kiosk.store.staff.local_access import running_store
from kiosk.version import VERSION
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.sample_shop import START_US
from tests.optional_values import present

FRAME = ShownFrame(7, 900, "00c0ffee", 4000, "rest")
STATUS = MirrorStatus(VERSION, START_US + 3_000_000, 60, FRAME, DeviceState.UP, DeviceState.NONE, 9000)
FRAME_JSON: Any = to_json(FRAME)


def test_strangers_learn_only_whether_it_works(url: str) -> None:
    for token in ("", "x" * 43, "é"):
        with closing(HttpClient(url)) as client:
            client._session.headers["Authorization"] = f"Bearer {token}".encode()
            assert client.ask("GET", "/api/v1/health") == (200, {"ok": True})


def test_mirrors_associates_and_own_commands_learn_the_details(
    store: Store, url: str, room: HttpClient, ines: HttpClient
) -> None:
    store.local_access.publish(url)
    own = present(running_store(store.settings.state))
    with closing(HttpClient(url, own.token)) as command:
        for client in (room, ines, command):
            status, found = client.ask("GET", "/api/v1/health")
            assert (status, found["version"], set(found["mirrors"])) == (200, VERSION, {"1", "2"})


def test_a_mirror_reports_itself(store: Store, room: HttpClient) -> None:
    assert room.of_room("PUT", "/status", STATUS) == (204, "")
    mirror = room.ask("GET", "/api/v1/health")[1]["mirrors"]["1"]
    assert (mirror["condition"], mirror["report"]["skew_ms"]) == ("ok", 3000)
    assert mirror["report"]["frame"] == {
        "count": 7, "age_ms": 900, "picture": "00c0ffee", "picture_age_ms": 4000, "page": "rest", "fault": None,
    }  # fmt: skip
    room.of_room("PUT", "/status", replace(STATUS, frame=replace(FRAME, fault=FrameFault.SAME_PICTURE)))
    assert room.ask("GET", "/api/v1/health")[1]["mirrors"]["1"]["condition"] == "frozen"
    assert store.health().ok, "a frozen mirror does not stop the store"


def test_a_report_of_another_form_is_refused(room: HttpClient) -> None:
    body: Any = to_json(STATUS)
    changes: tuple[dict[str, Any], ...] = (
        {"version": "v" * 41}, {"up_s": -1}, {"free_mb": 2**60}, {"at_us": "now"}, {"cards": "maybe"},
        {"frame": {**FRAME_JSON, "page": "p" * 21}}, {"frame": None},
    )  # fmt: skip
    assert [room.of_room("PUT", "/status", {**body, **change})[0] for change in changes] == [422] * len(
        changes
    )
    assert room.ask("GET", "/api/v1/health")[1]["mirrors"]["1"]["report"] is None


def test_a_mirror_reports_for_no_other_room(url: str, room: HttpClient) -> None:
    assert room.ask("PUT", "/api/v1/rooms/2/status", STATUS)[0] == 403
