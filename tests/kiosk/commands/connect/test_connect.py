"""`cheval connect` with a real system on this computer, a running store, and none."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select

from kiosk.__main__ import main
from kiosk.commands.connect.looks import look
from kiosk.commands.doctor.finding import State
from kiosk.config.load import parse_store
from kiosk.store.db.tables import SKU
from kiosk.store.settings import StoreSettings
from tests.kiosk.commands.importing.test_put_safely import KILLED_AFTER, started
from tests.kiosk.connectors.commerce.faults import status
from tests.kiosk.connectors.commerce.shop_system import TOKEN, ShopSystem, description, key_file, shop_system
from tests.kiosk.store.sample_shop import STORE_DB, sample_store, served, settings_in
from tests.optional_values import present


@dataclass
class Shop:
    """A shop without a feed. Its file names the system `erp`."""

    config: Path
    settings: StoreSettings
    system: ShopSystem
    capsys: pytest.CaptureFixture[str]

    def say(self, *words: str) -> tuple[int, str, str]:
        code = main(["connect", *words, "--config", str(self.config)])
        output = self.capsys.readouterr()
        return code, output.out, output.err

    def told(self, *words: str) -> tuple[int, Any]:
        code, out, _ = self.say(*words, "--json")
        return code, json.loads(out)

    @contextmanager
    def running(self) -> Iterator[None]:
        with sample_store(self.settings) as store, served(store) as url:
            store.local_access.publish(url)
            yield
            store.local_access.withdraw()

    @property
    def articles(self) -> int:
        engine = create_engine(f"sqlite:///{self.settings.state / STORE_DB}")
        try:
            with engine.connect() as connection:
                return int(connection.execute(select(func.count()).select_from(SKU)).scalar_one())
        finally:
            engine.dispose()


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Shop]:
    with shop_system() as system:
        system.sell(4)
        settings = settings_in(tmp_path)
        settings.state.mkdir(mode=0o700)
        (tmp_path / "erp.yaml").write_text(description("cursor"), "utf-8")
        connectors = {
            "erp": {
                "uri": f"mapped+http://127.0.0.1:{system.port}/api", "description": "erp.yaml",
                "key_file": str(key_file(tmp_path)), "network": "this-computer",
            }
        }  # fmt: skip
        config = tmp_path / "store.yaml"
        given = {"state": str(settings.state), "rooms": {"1": {}, "2": {}}, "connectors": connectors}
        config.write_text(json.dumps(given), "utf-8")
        read = parse_store(config.read_text("utf-8"), base=tmp_path)
        settings = replace(
            settings, feeds=settings.state / "mapped", connectors=read.connectors, company_prefixes=()
        )
        yield Shop(config, settings, system, capsys)


@pytest.mark.parametrize("running", [True, False], ids=["running store", "alone"])
def test_sync_imports_what_the_system_says(shop: Shop, running: bool) -> None:
    if running:
        with shop.running():
            code, out, err = shop.say("sync", "erp")
    else:
        code, out, err = shop.say("sync", "erp")
    assert (code, "Traceback" in err) == (0, False), out + err
    assert shop.articles == 12
    assert "erp: catalogue: 4 entries" in out
    code, found = shop.told("list")
    assert code == 0
    assert list(found[0]["lists_us"]) == ["catalogue"]
    assert found[0] | {"pulled_us": 0, "tried_us": 0, "uri": "", "lists_us": {}} == {
        "name": "erp", "uri": "", "every_minutes": 15, "pulled_us": 0, "tried_us": 0, "why": "", "tries": 0,
        "failing": False, "entries": {"catalogue": 4}, "lines": {"styles": 4, "items": 12, "stock": 12}, "refused": 0,
        "mistakes": [], "lists_us": {},
    }  # fmt: skip


def test_a_dry_run_and_a_folder_change_nothing(shop: Shop, tmp_path: Path) -> None:
    with shop.running():
        code, out, _ = shop.say("pull", "erp", "--dry-run")
        assert (code, "would be changed" in out, shop.articles) == (0, True, 0)
        code, found = shop.told("pull", "erp", "--dry-run")
        assert (code, found["dry_run"], found["conversions"]["catalogue"]["rows"]) == (0, True, 12)
    into = tmp_path / "new" / "folder"
    assert shop.say("pull", "erp", "--into", str(into))[0] == 0
    assert sorted(file.name for file in into.iterdir()) == [
        "items.jsonl",
        "raw",
        "stock.jsonl",
        "styles.jsonl",
    ]
    assert len((into / "raw" / "catalogue.jsonl").read_text().splitlines()) == 12
    assert "not empty" in shop.say("pull", "erp", "--into", str(into))[2]
    assert (shop.articles, list(shop.settings.state.glob("mapped/*"))) == (0, [])
    assert shop.told("list")[1][0]["pulled_us"] == 0


def test_test_asks_for_one_page(shop: Shop) -> None:
    code, out, _ = shop.say("test", "erp")
    assert (code, len(shop.system.asked)) == (0, 1)
    assert "catalogue: 3 entries" in out


def test_rows_that_are_refused_are_named(shop: Shop) -> None:
    shop.system.products[0]["variants"][1]["code"] = "12345"
    code, out, _ = shop.say("test", "erp")
    assert (code, "'12345' is not a GTIN" in out) == (1, True)
    with shop.running():
        assert shop.say("sync", "erp")[0] == 1
        assert shop.articles == 11
    assert shop.told("list")[1][0]["refused"] == 1


def test_a_system_that_fails_is_said_without_its_words_and_the_key(shop: Shop) -> None:
    shop.system.always = status(401)
    for words in (("test", "erp"), ("pull", "erp", "--dry-run"), ("sync", "erp")):
        code, out, err = shop.say(*words)
        assert (code, out) == (2, "")
        assert "cheval connect: erp: it does not accept the key (HTTP 401)" in err
        assert TOKEN not in err
        assert "no word of it" not in err
    code, out, _ = shop.say("list")
    assert (code, "it does not accept the key" in out, "FAILS" in out) == (1, True, True)


def test_wrong_use(shop: Shop, tmp_path: Path) -> None:
    code, _, err = shop.say("test", "epr")
    assert (code, "there is no system `epr`" in err, "erp" in err) == (2, True, True)
    shop.config.write_text(json.dumps({"state": str(shop.settings.state), "rooms": {"1": {}}}), "utf-8")
    code, _, err = shop.say("list")
    assert (code, "no system is configured (connectors)" in err) == (2, True)


def test_doctor_and_check_know_the_systems(shop: Shop) -> None:
    connectors, state = shop.settings.connectors, shop.settings.state
    assert [finding.state for finding in look(connectors, state)] == [State.GOOD, State.NOTE]
    assert shop.say("sync", "erp")[0] == 0
    assert [finding.state for finding in look(connectors, state)] == [State.GOOD, State.GOOD]
    shop.system.always = status(500)
    assert shop.say("sync", "erp")[0] == 2
    assert [finding.state for finding in look(connectors, state)] == [State.BAD, State.NOTE]
    assert main(["store", "--check", "--config", str(shop.config)]) == 0
    present(connectors["erp"].description).write_text("title: nothing", "utf-8")
    shop.capsys.readouterr()
    assert main(["store", "--check", "--config", str(shop.config)]) == 2
    assert "has neither catalogue nor stock" in shop.capsys.readouterr().err
    assert next(finding.state for finding in look(connectors, state)) is State.BAD


@pytest.mark.parametrize("steps", [0, 2, 4, *(pytest.param(n, marks=pytest.mark.full) for n in (1, 3, 5, 6))])
def test_killed_at_any_step_the_next_reading_is_whole(shop: Shop, steps: int) -> None:
    assert shop.say("sync", "erp")[0] == 0
    shop.system.sell(3, 50)
    killed = started(KILLED_AFTER, steps, "connect", "sync", "erp", "--config", str(shop.config))
    connectors = shop.settings.state / "connectors"
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    code, out, err = shop.say("sync", "erp")
    assert (code, shop.articles) == (0, 21), out + err
    assert not list(connectors.glob("reading-*"))


def test_old_trials_are_deleted_and_new_ones_are_not(shop: Shop) -> None:
    connectors = shop.settings.state / "connectors"
    old, new = connectors / "trial-old", connectors / "trial-new"
    for folder in (old, new, connectors / "reading-erp.left", connectors / "reading-other.runs"):
        folder.mkdir(parents=True)
    os.utime(old, (1, 1))
    assert shop.say("sync", "erp")[0] == 0
    left = sorted(entry.name for entry in connectors.iterdir() if entry.is_dir())
    assert left == ["reading-other.runs", "trial-new"]
