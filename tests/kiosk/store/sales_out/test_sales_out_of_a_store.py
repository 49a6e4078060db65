"""Sales of a whole store: sold at a mirror, given by threads of their own, seen and decided about by managers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.config.sales.sales_out import SalesFolder, SalesHook, SalesOut
from kiosk.store.api.health.metrics import metrics_text
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.connectors.sales_out.erp import Erp, erp
from tests.kiosk.store.http_clients import HttpClient, associate, mirror, read_stream
from tests.kiosk.store.integrators.hooks.test_web_hooks_of_a_store import soon
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, buy, ended, refund
from tests.kiosk.store.sample_shop import (
    MANAGER_PIN,
    PIN,
    InProcessTerminal,
    ManualClock,
    sample_store,
    served,
)


def hook_of(at: Erp) -> SalesHook:
    return SalesHook(url=at.url, key_file=at.key_file, network="this-computer", ca_file=at.ca_file)


@dataclass
class Place:
    """A store with a folder `books` and a web hook `erp`, its clients, and `sell`."""

    store: Store
    url: str
    mei: HttpClient
    ines: HttpClient
    folder: Path
    erp: Erp
    sell: Callable[[str], object]

    def state(self, name: str) -> dict[str, Any]:
        rows: list[dict[str, Any]] = self.mei.ask("GET", "/api/v1/sales-out")[1]
        return next(row for row in rows if row["name"] == name)

    @property
    def written(self) -> list[str]:
        files = sorted(self.folder.glob("sales-*.jsonl"))
        return [json.loads(line)["kind"] for file in files for line in file.read_bytes().splitlines()]


@contextmanager
def shop(
    settings: StoreSettings, tmp_path: Path, more: dict[str, SalesHook] | None = None
) -> Iterator[Place]:
    folder, terminal = tmp_path / "books", InProcessTerminal()
    folder.mkdir(exist_ok=True)
    with ExitStack() as opened:
        at = opened.enter_context(erp(tmp_path / "erp"))
        out = SalesOut(
            folders={"books": SalesFolder(folder=folder)}, web_hooks={"erp": hook_of(at), **(more or {})}
        )
        store = opened.enter_context(sample_store(replace(settings, sales_out=out), ManualClock(), terminal))
        url = opened.enter_context(served(store))
        mei = opened.enter_context(associate(url, "m-mei", MANAGER_PIN))
        ines = opened.enter_context(associate(url, "a-ines", PIN))
        room = opened.enter_context(mirror(url, settings.state, "1"))
        stream = opened.enter_context(read_stream(room, "/api/v1/rooms/1/stream"))
        store.payments.sales_out.start()
        soon(
            lambda: all(r.state is not None for r in store.payments.sales_out.reports() if r.name != "broken")
        )

        def sell(order: str) -> object:
            found = buy(room, stream, terminal, order=order, pieces=(SHIRT,) if order == "o1" else (COAT,))
            store.tick(store.clock())
            return found

        yield Place(store, url, mei, ines, folder, at, sell)


def test_a_sale_and_its_refund_reach_folder_and_program(settings: StoreSettings, tmp_path: Path) -> None:
    with shop(settings, tmp_path) as place:
        place.sell("o1")
        done = ended(place.url, place.ines, refund(place.ines))
        assert done["state"] == "done"
        place.store.tick(place.store.clock())
        soon(lambda: [json.loads(b)["kind"] for b in place.erp.taken.values()] == ["sale", "refund", "stock"])
        soon(lambda: place.written == ["sale", "refund", "stock"])
        sale = json.loads(next(iter(place.erp.taken.values())))
        assert (sale["gross"], sale["receipt"], sale["room"], sale["means"]) == (
            12_900,
            "000001",
            "1",
            "terminal",
        )
        assert [(m["movement"], m["piece"]) for m in sale["movements"]] == [("sold", SHIRT[0])]
        (totals,) = place.folder.glob("totals-*.csv")
        # the totals are written after the lines, and the state after what was given
        soon(lambda: totals.read_text().splitlines()[-1].split(",")[-3:] == ["0.00", "0", "0"])
        soon(lambda: place.state("erp")["taken"] == 3)
        row = place.state("erp")
        assert (row["waiting"], row["failing"], row["why"]) == (0, False, "")
        names = {state.name for state in place.store.thread_states()}
        assert names >= {"sales out books", "sales out erp"}


def test_one_that_is_away_holds_up_neither_the_till_nor_another(
    settings: StoreSettings, tmp_path: Path
) -> None:
    with shop(settings, tmp_path) as place:
        place.erp.status = 503
        place.sell("o1")
        place.sell("o2")
        soon(lambda: place.written == ["sale", "sale"])
        soon(lambda: bool(place.state("erp")["tries"]))
        row = place.state("erp")
        assert (row["waiting"], row["why"], row["failing"]) == (2, "the receiver answers 503", False)
        place.erp.status = 201
        soon(lambda: len(place.erp.taken) == 2)


def test_one_that_is_slow_holds_up_nothing_either(settings: StoreSettings, tmp_path: Path) -> None:
    with shop(settings, tmp_path) as place:
        place.erp.pause_s = 60.0  # longer than all that the test waits for
        place.sell("o1")
        place.sell("o2")
        soon(lambda: place.written == ["sale", "sale"])
        assert place.erp.taken == {}
        assert place.state("erp")["waiting"] == 2
        place.erp.ended.set()
        soon(lambda: len(place.erp.taken) == 2)


def test_a_manager_skips_or_retries_and_nobody_else(settings: StoreSettings, tmp_path: Path) -> None:
    with shop(settings, tmp_path) as place:
        place.erp.script.append(422)
        place.sell("o1")
        soon(lambda: bool(place.state("erp")["stopped"]))
        document = place.state("erp")["document"]
        assert place.state("erp")["failing"] is True
        skip = {"document": document, "reason": "entered by hand"}
        assert place.ines.ask("POST", "/api/v1/sales-out/erp/skip", skip)[0] == 403
        assert place.ines.ask("GET", "/api/v1/sales-out")[0] == 403
        for wrong, status in (
            ({**skip, "reason": ""}, 422), ({**skip, "reason": "  "}, 409), ({**skip, "document": "sale.o9"}, 409),
        ):  # fmt: skip
            assert place.mei.ask("POST", "/api/v1/sales-out/erp/skip", wrong)[0] == status
        assert place.mei.ask("POST", "/api/v1/sales-out/none/retry", {"document": "x"})[0] == 404
        assert place.mei.ask("POST", "/api/v1/sales-out/erp/skip", skip)[0] == 204
        place.sell("o2")
        soon(lambda: len(place.erp.taken) == 1)
        (decision,) = place.state("erp")["decisions"]
        assert (decision["act"], decision["document"], decision["by"]) == ("skip", document, "m-mei")
        assert place.mei.ask("POST", "/api/v1/sales-out/erp/retry", {"document": document})[0] == 409


def test_documents_of_a_day_are_given_again(settings: StoreSettings, tmp_path: Path) -> None:
    with shop(settings, tmp_path) as place:
        place.sell("o1")
        soon(lambda: len(place.erp.taken) == 1 and place.written == ["sale"])
        for day, dry_run, count in (
            ("2026-01-01", True, 1),
            ("2030-01-01", True, 0),
            ("2026-01-01", False, 1),
        ):
            body = {"first": day, "dry_run": dry_run}
            assert place.mei.ask("POST", "/api/v1/sales-out/erp/replay", body) == (200, {"count": count})
        assert (
            place.mei.ask("POST", "/api/v1/sales-out/books/replay", {"first": "2026-01-01"})[1]["count"] == 1
        )
        soon(lambda: len(place.erp.calls) == 2)
        assert (len(place.erp.taken), place.written) == (1, ["sale"])


def test_health_and_alarm_name_what_waits_too_long(settings: StoreSettings, tmp_path: Path) -> None:
    broken = SalesHook(url="https://127.0.0.1:9/", key_file=tmp_path / "none.key")
    with shop(settings, tmp_path, {"broken": broken}) as place:
        place.erp.status = 500
        place.sell("o1")
        soon(lambda: bool(place.state("erp")["tries"]))

        def failing() -> dict[str, bool]:
            return {each.name: each.failing for each in place.store.health().sales_out}

        assert failing() == {"books": False, "erp": False, "broken": True}
        clock = place.store.clock
        assert isinstance(clock, ManualClock)
        clock.pass_s(15 * 60)
        soon(lambda: failing() == {"books": False, "erp": True, "broken": True})
        faults = {(fault.problem.value, fault.room) for fault in place.store.faults()}
        assert {("sales-undelivered", f"sales_out.web_hooks.{n}") for n in ("erp", "broken")} <= faults
        text = metrics_text(place.store.health(), ()).decode()
        assert 'cheval_sales_out_waiting{destination="erp"} 1.0' in text
        assert 'cheval_store_problem{problem="sales-undelivered"} 1.0' in text
        store = place.mei.ask("GET", "/api/v1/fleet")[1]["store"]
        assert "sales-undelivered" in store["problems"]


@pytest.mark.parametrize("waits", [False, True])
def test_what_was_not_given_is_given_after_a_start(
    settings: StoreSettings, tmp_path: Path, waits: bool
) -> None:
    with shop(settings, tmp_path) as place:
        place.sell("o1")
        soon(lambda: len(place.erp.taken) == 1)
        if waits:
            place.erp.status = 503
            place.sell("o2")
            soon(lambda: bool(place.state("erp")["tries"]))
    with shop(settings, tmp_path) as place:
        soon(lambda: len(place.erp.taken) == int(waits))
        assert place.written == ["sale"] * (1 + waits)
