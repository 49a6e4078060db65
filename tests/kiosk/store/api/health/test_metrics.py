"""`/metrics`: read by the parser of Prometheus, with bounded labels, and not for strangers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from prometheus_client.parser import text_string_to_metric_families

from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.status.mirror_status import DeviceState, MirrorStatus, ShownFrame
from kiosk.store.api.access.gates import set_table
from kiosk.store.api.access.table import ROUTES
from kiosk.store.api.health.metrics import metrics_text
from kiosk.store.api.health.metrics_route import MetricsAuth, metrics_token
from kiosk.store.errors import UnauthenticatedError
from kiosk.store.fleet.mirror_reports import MirrorCondition
from kiosk.store.fleet.problems import FleetProblem
from kiosk.store.lifecycle import Store
from kiosk.store.staff.devices import pair_mirror
from kiosk.version import VERSION
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.sample_shop import ASSOCIATES, SHOPPERS, START_US

TOKEN = "a token of more than 16 characters"
Sample = tuple[str, tuple[tuple[str, str], ...]]


def samples(text: str) -> dict[Sample, float]:
    return {
        (s.name, tuple(sorted(s.labels.items()))): s.value
        for family in text_string_to_metric_families(text)
        for s in family.samples
    }


@pytest.fixture
def reported(store: Store) -> Store:
    pair_mirror(store.settings.state, "1")
    frame = ShownFrame(1, 1500, "00c0ffee", 0, "rest")
    status = MirrorStatus(
        VERSION, START_US + 2_000_000, 60, frame, DeviceState.DOWN, DeviceState.NONE, 9000, "a1"
    )
    store.fleet.reports.report(RoomId("1"), status)
    return store


def test_the_state_of_store_and_rooms(reported: Store, url: str) -> None:
    with closing(HttpClient(url)) as local:
        status, text = local.ask("GET", "/metrics")
    assert status == 200
    found = samples(text)
    room = ("room", "1")
    assert found["cheval_ok", ()] == 1
    assert found["cheval_room_problem", (("problem", "cards-down"), room)] == 1
    assert found["cheval_room_problem", (("problem", "mirror-lost"), room)] == 0
    assert found["cheval_mirror_condition", (("condition", "ok"), room)] == 1
    assert found["cheval_mirror_frame_age_seconds", (room,)] == 1.5
    assert found["cheval_mirror_clock_skew_seconds", (room,)] == 2
    assert found["cheval_mirror_starts", (room,)] == 1
    assert found["cheval_mirror_disk_free_bytes", (room,)] == 9e9
    assert found["cheval_store_problem", (("problem", "store-failing"),)] == 0


def test_labels_are_bounded_and_name_no_person(reported: Store) -> None:
    text = metrics_text(reported.health(), reported.fleet.rooms()).decode()
    allowed = {
        "room": {"1", "2"}, "problem": {p.value for p in FleetProblem}, "condition": {c.value for c in MirrorCondition},
        "thread": set(reported.health().threads), "reader": set(), "terminal": {"till"}, "version": {VERSION},
        "why": set(reported.health().tags_ignored),
    }  # fmt: skip
    labels = {label for _, labels in samples(text) for label in labels}
    assert [(name, value) for name, value in labels if value not in allowed[name]] == []
    people = [p["first_name"] for p in SHOPPERS] + [p["name"] for p in ASSOCIATES]
    assert [name for name in people if name in text] == []


APP = FastAPI()
set_table(APP, ROUTES)
METRICS = APIRoute("/metrics", lambda: None)


def asked(client: str, **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/metrics",
            "headers": raw,
            "client": (client, 1),
            "app": APP,
            "route": METRICS,
        }
    )


@pytest.mark.parametrize(
    ("token", "request_", "let_in"),
    [
        ("", asked("127.0.0.1", host="127.0.0.1:8075"), True),
        ("", asked("127.0.0.1", host="localhost"), True),
        ("", asked("::1", host="[::1]:8075"), True),
        ("", asked("127.0.0.1"), False),
        *[
            ("", asked("127.0.0.1", host=name), False)
            for name in ("evil.example:8075", "127.0.0.1.evil.example", "[::1", "")
        ],
        ("", asked("10.0.0.9", host="127.0.0.1:8075"), False),
        ("", asked("10.0.0.9"), False),
        ("", asked(""), False),
        ("", asked("127.0.0.1", host="localhost", x_forwarded_for="10.0.0.9"), False),
        ("", asked("127.0.0.1", host="localhost", forwarded="for=10.0.0.9"), False),
        ("", asked("127.0.0.1", host="localhost", x_forwarded_host="store.example"), False),
        ("", asked("10.0.0.9", authorization="Bearer "), False),
        (TOKEN, asked("10.0.0.9"), False),
        (TOKEN, asked("10.0.0.9", authorization="Bearer wrong"), False),
        (TOKEN, asked("10.0.0.9", authorization=f"Bearer {TOKEN}"), True),
        (TOKEN, asked("127.0.0.1", x_forwarded_for="10.0.0.9", authorization=f"Bearer {TOKEN}"), True),
    ],
    ids=range(19),
)
def test_who_is_let_in(token: str, request_: Request, *, let_in: bool) -> None:
    if let_in:
        MetricsAuth(token)(request_)
        return
    with pytest.raises(UnauthenticatedError):
        MetricsAuth(token)(request_)


def test_a_token_file(tmp_path: Path) -> None:
    file = tmp_path / "metrics.token"
    with pytest.raises(ValueError, match=r"metrics\.token"):
        metrics_token(file)
    file.touch(mode=0o600)
    file.write_text("token: short\n")
    with pytest.raises(ValueError, match="too short"):
        metrics_token(file)
    file.write_text(f"token: {TOKEN}\n")
    assert metrics_token(file) == TOKEN
