"""`cheval integrators` with no store running, and with one, whose streams end when it revokes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.commands.integrators import options
from kiosk.commands.integrators.command import DONE, REFUSED, WRONG_USE, run
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.event_log.events import Scope
from tests.kiosk.store.http_clients import HttpClient, read_stream
from tests.kiosk.store.sample_shop import sample_store, served, settings_in

Command = Callable[..., int]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    (tmp_path / "state").mkdir(mode=0o700)
    file = tmp_path / "store.yaml"
    file.write_text(json.dumps({"state": str(tmp_path / "state"), "shop": {"time_zone": "Europe/Vienna"}}))
    parser = argparse.ArgumentParser()
    options.add(parser.add_subparsers())
    return lambda *words: run(parser.parse_args(["integrators", *words, "--config", str(file)]))


def test_without_a_running_store(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("add", "erp", "--scope", "sales", "--scope", "rooms") == DONE
    token = capsys.readouterr().out.split()[1]
    assert command("add", "erp", "--scope", "sales") == REFUSED
    assert command("add", "Erp 1", "--scope", "sales") == REFUSED
    assert command("revoke", "bi") == REFUSED
    assert "no such integrator" in capsys.readouterr().err
    assert command("list", "--json") == DONE
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["scopes"], row["streams"]) == ("erp", ["rooms", "sales"], 0)
    assert command("list") == DONE
    listed = capsys.readouterr().out
    assert listed.startswith("erp ")
    assert token not in listed
    with sample_store(settings_in(tmp_path)) as store, served(store) as url:
        assert HttpClient(url, token).ask("GET", "/api/v1/events")[0] == 200


def test_the_running_store_is_asked(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sample_store(settings_in(tmp_path)) as store, served(store) as url:
        store.local_access.publish(url)
        assert command("add", "erp", "--scope", "sales") == DONE
        token = capsys.readouterr().out.split()[1]
        (found,) = store.events.integrators.all()
        assert (found.scopes, found.added_by.startswith("command/")) == ({Scope.SALES}, True)
        with read_stream(HttpClient(url, token), "/api/v1/events/stream") as stream:
            assert command("revoke", "erp") == DONE
            assert stream.ended


def test_another_program_with_the_stores_lock_is_named(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hold = StoreHold(tmp_path / "state", f"sqlite:///{tmp_path / 'state' / 'store.db'}")
    try:
        assert command("list") == WRONG_USE
    finally:
        hold.close()
    assert "cheval integrators: " in capsys.readouterr().err
