"""Export of a shop's history, and `cheval train` beside a running store."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import requests
from sqlalchemy import update

from hardware.rooms.changes import TagArrived, TagLeft
from kiosk.core.domain.ids import ItemId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.visit.effects import FindLooks, RecordItemEvent, ReportVisit
from kiosk.store.db.tables import COLOURWAY, STYLE
from kiosk.store.insights.history_export import write_history
from kiosk.store.insights.item_events import ItemEventKind
from kiosk.store.lifecycle import Store
from kiosk.store.staff.local_access import running_store
from recommender.artefacts.versions import read_served
from recommender.inputs.catalogue import read_items
from recommender.inputs.history import read_events
from recommender.inputs.history_limits import HistoryLimits
from tests.kiosk.store.advice.test_model_reload import wait_until
from tests.kiosk.store.advice.trained_shop import TrainedShop
from tests.kiosk.store.http_clients import mirror
from tests.kiosk.store.sample_shop import PREFIX, START_US, gtin_of, piece_of
from tests.kiosk.store.store_process import ROOT, StoreProcess
from tests.optional_values import present
from tests.recommender import toy_shop

SHIRT, COAT, SCARF = piece_of("S1", "WHI", "M"), piece_of("C1", "NVY", "38"), piece_of("A1", "RED", "one")


def arrives(store: Store, piece: str, room: str = "1") -> None:
    store.service.floor.rooms_changed([TagArrived(room, piece, True, 0.99, START_US)])


def leaves(store: Store, piece: str, room: str = "1") -> None:
    store.service.floor.rooms_changed([TagLeft(room, piece, START_US)])


def visit(store: Store, room: str, ticket: str, *, began: bool) -> None:
    store.service.report_visit(RoomId(room), ReportVisit(Ticket(ticket), began=began, at_us=START_US))


def rows(store: Store, tmp_path: Path) -> list[dict[str, Any]]:
    written = write_history(store.resources.database, tmp_path / "training")
    return pq.read_table(written.events).to_pylist()


def baskets(told: list[dict[str, Any]]) -> list[set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for row in told:
        found.setdefault(row["basket_id"], set()).add((row["item_id"], row["kind"]))
    return sorted(found.values(), key=sorted)


def test_each_visit_is_a_basket_without_a_person(store: Store, tmp_path: Path) -> None:
    """Two rooms at once, and two visits after each other, one of them without messages of the mirror."""
    arrives(store, SHIRT)
    visit(store, "1", "t1", began=True)
    arrives(store, COAT)
    arrives(store, SCARF, "2")
    store.service.record_item_event(RoomId("1"), RecordItemEvent(Ticket("t1"), ItemId("T1-GRY"), "not-this"))
    of = gtin_of("F1", "BLK", "38")
    wish = ServiceRequest(RequestId("r"), RoomId("1"), Ticket("t1"), RequestKind.PIECE, START_US, article=of)
    store.service.submit_request(RoomId("1"), wish)
    here = store.service.floor.basket_id_of(RoomId("1"), Ticket("t1"))
    store.service.item_events.add(ItemEventKind.BOUGHT, [("S1-WHI", "M")], START_US, here)
    visit(store, "1", "t1", began=False)
    leaves(store, SCARF, "2")
    arrives(store, SHIRT, "2")
    visit(store, "1", "t2", began=True)
    arrives(store, piece_of("S1", "BLU", "M"))
    store.service.item_events.add(ItemEventKind.RETURNED, [("C1-CAM", "38")], START_US)
    told = rows(store, tmp_path)
    assert baskets(told) == sorted(
        [
            {
                ("S1-WHI", "purchase"),
                ("S1-WHI", "tryon_kept"),
                ("C1-NVY", "tryon_left"),
                ("T1-GRY", "not_this"),
                ("F1-BLK", "request"),
            },
            {("A1-RED", "tryon_left")},
            {("S1-WHI", "tryon_left")},
            {("S1-BLU", "tryon_left")},
            {("C1-CAM", "return")},
        ],
        key=sorted,
    )
    assert {row["shopper_id"] for row in told} == {None}
    assert {str(row["at"]) for row in told} == {"2026-09-21"}
    assert not {"t1", "t2"} & {row["basket_id"] for row in told}


def test_planted_fault_visits_with_one_basket_are_caught(store: Store, tmp_path: Path) -> None:
    """Planted fault: a room whose basket id never changes."""
    state = store.service.floor.room(RoomId("1"))
    visit(store, "1", "t1", began=True)
    arrives(store, SHIRT)
    first = state.basket_id
    visit(store, "1", "t1", began=False)
    assert state.basket_id != first
    state.basket_id = first
    visit(store, "1", "t2", began=True)
    arrives(store, COAT)
    assert len(baskets(rows(store, tmp_path))) == 1


def test_times_outside_of_the_calendar_are_left_out_by_the_training(store: Store, tmp_path: Path) -> None:
    """The clock of a store's computer may have been anywhere."""
    far = 300_000_000_000_000_000
    for at_us in (START_US, START_US, START_US, START_US, far, -far):
        store.service.item_events.add(ItemEventKind.BOUGHT, [("S1-WHI", "M")], at_us)
    told = rows(store, tmp_path)
    assert sorted({str(row["at"]) for row in told}) == ["0001-01-01", "2026-09-21", "9999-12-31"]
    items = read_items(tmp_path / "training" / "items.parquet")
    limits = HistoryLimits(0.5, START_US // 1_000_000)
    counts = read_events(tmp_path / "training" / "events.parquet", items, limits).counts
    assert (counts.used, counts.too_early, counts.too_late) == (4, 1, 1)


def test_the_recommender_reads_the_exported_tables(store: Store, tmp_path: Path) -> None:
    arrives(store, SHIRT)
    arrives(store, COAT)
    written = write_history(store.resources.database, tmp_path / "training")
    items = read_items(written.items)
    assert items.ids == tuple(sorted(items.ids, key=lambda i: (i.split("-")[0], items.ids.index(i))))
    assert {column.name for column in items.texts} >= {"category", "material", "colour"}
    assert len(read_events(written.events, items)) == 2
    assert {column.name for column in items.texts} >= {"season", "line"}
    sizes = dict(zip(items.ids, pq.read_table(written.items)["sizes"].to_pylist(), strict=True))
    assert sizes["C1-NVY"] == ["36", "38", "40"]


def test_items_have_the_feeds_ids_and_prices_in_units_of_the_currency(store: Store, tmp_path: Path) -> None:
    database = store.resources.database
    with database.writing() as connection:
        connection.execute(update(COLOURWAY).where(COLOURWAY.c.item == "C1-NVY").values(item="coat/navy"))
        yen = {"price_minor": 98_000, "currency": "JPY", "season": "SS26", "line": "women"}
        connection.execute(update(STYLE).where(STYLE.c.style_id == "C1").values(**yen))
    rows = pq.read_table(write_history(database, tmp_path / "training").items).to_pylist()
    coats = {row["item_id"]: row for row in rows if row["style_id"] == "C1"}
    assert set(coats) == {"coat/navy", "C1-CAM"}
    assert {(row["price"], row["season"], row["line"]) for row in coats.values()} == {
        (98_000.0, "SS26", "women")
    }
    assert {row["price"] for row in rows if row["style_id"] == "S1"} == {129.0}
    assert {row["season"] for row in rows if row["style_id"] == "S1"} == {None}


@pytest.fixture
def shop(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[StoreProcess]:
    looks = [{"look_id": "l1", "items": ["0000-navy", "0004-olive"], "by": "Mei"}]
    feed = TrainedShop(looks=looks).write(tmp_path / "boutique")
    process = StoreProcess(
        tmp_path,
        f"sim://127.0.0.1:{free_port()}",
        catalogue={"feed": str(feed), "company_prefixes": [PREFIX]},
        recommender={"model": str(tmp_path / "looks")},
    )
    yield process
    process.close()


def train(tmp_path: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "train", "--config", str(tmp_path / "store.yaml"), *words],
        capture_output=True, text=True, cwd=ROOT, timeout=100, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def asked(shop: StoreProcess, room: str = "0001-navy") -> list[tuple[str, str]]:
    with mirror(shop.url, shop.state, "1") as client:
        question = FindLooks(Ticket("t"), 1, (ItemId(room),), (), None)
        found = client.of_room("POST", "/looks", question)[1]["suggestions"]
    return [(s["garment"]["style_id"], s["reason"]) for s in found]


def health(shop: StoreProcess) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {present(running_store(shop.state)).token}"}
    answer = requests.get(f"{shop.url}/api/v1/health", headers=headers, timeout=10).json()["looks"]
    assert isinstance(answer, dict)
    return answer


def served(tmp_path: Path, version: str) -> bool:
    log = (tmp_path / "store.log").read_text()
    return f"the served model {version}" in log


@pytest.mark.full
def test_training_beside_a_running_store(shop: StoreProcess, tmp_path: Path) -> None:
    """No model, then the model without sales, then one from the retailer's history; the store is never restarted."""
    shop.start()
    number, nothing = shop.number, asked(shop)
    code, said, wrong = train(tmp_path, "--json")
    assert code == 0, wrong
    night = json.loads(said)
    assert (night["kind"], night["published"]) == ("features + stylists", True)
    wait_until(lambda: served(tmp_path, night["version"]))
    cold = asked(shop)
    assert cold != nothing
    assert {reason for _, reason in cold} <= {"same-material", "goes-with", "stylist"}
    pq.write_table(toy_shop.events(toy_shop.catalogue(), baskets=600), tmp_path / "till.parquet")
    config = json.loads((tmp_path / "store.yaml").read_text())
    config["recommender"]["history"] = str(tmp_path / "till.parquet")
    (tmp_path / "store.yaml").write_text(json.dumps(config))
    code, said, wrong = train(tmp_path, "--json")
    assert code == 0, wrong
    second = json.loads(said)
    assert second["published"]
    assert second["verdict"]["questions"] > 100
    wait_until(lambda: served(tmp_path, second["version"]))
    learned = asked(shop)
    assert "bought-together" in {reason for _, reason in learned}
    code, said, wrong = train(tmp_path)
    assert code == 0, wrong
    assert "too few new events" in said
    assert read_served(tmp_path / "looks").version == second["version"]
    looks = health(shop)
    assert (looks["version"], looks["last_run"], looks["warnings"]) == (second["version"], "unchanged", [])
    assert (looks["items"], looks["matched_percent"]) == (len(toy_shop.catalogue()), 100)
    assert looks["baskets"] == 600
    assert looks["events"] > 1200
    pq.write_table(toy_shop.events(toy_shop.catalogue(), baskets=520), tmp_path / "till.parquet")
    config["recommender"]["max_loss_percent"] = 10
    (tmp_path / "store.yaml").write_text(json.dumps(config))
    code, _, wrong = train(tmp_path)
    assert (code, "520 baskets; the served model was trained on 600" in wrong) == (1, True), wrong
    half = (tmp_path / "till.parquet").read_bytes()
    (tmp_path / "till.parquet").write_bytes(half[: len(half) // 2])
    code, _, wrong = train(tmp_path)
    assert (code, "served model stays: till.parquet: cannot be read" in wrong.splitlines()[-1]) == (1, True)
    looks = health(shop)
    assert (looks["version"], looks["last_run"], looks["warnings"]) == (
        second["version"],
        "refused",
        ["refused"],
    )
    assert "till.parquet" not in json.dumps(looks), "file names are for managers"
    assert shop.number == number


def test_errors_are_one_line_and_leave_the_served_model(shop: StoreProcess, tmp_path: Path) -> None:
    shop.start()
    shop.stop()
    config = json.loads((tmp_path / "store.yaml").read_text())
    config["recommender"]["history"] = str(tmp_path / "none.parquet")
    (tmp_path / "store.yaml").write_text(json.dumps(config))
    code, _, wrong = train(tmp_path)
    assert code == 2
    assert "none.parquet" in wrong.splitlines()[-1]
    assert "Traceback" not in wrong
    assert not (tmp_path / "looks" / "current").exists()
    del config["recommender"]
    (tmp_path / "store.yaml").write_text(json.dumps(config))
    code, _, wrong = train(tmp_path)
    assert code == 2
    assert "recommender.model" in wrong
