"""`cheval sales-out` with a running store, and without one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kiosk.commands.sales_out import options
from kiosk.commands.sales_out.command import DONE, MUST_ACT, REFUSED, WRONG_USE
from tests.kiosk.store.integrators.hooks.test_web_hooks_of_a_store import soon
from tests.kiosk.store.sales_out.test_sales_out_of_a_store import shop
from tests.kiosk.store.sample_shop import settings_in

Command = Callable[..., int]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    (tmp_path / "state").mkdir(mode=0o700, exist_ok=True)
    file = tmp_path / "store.yaml"
    file.write_text(json.dumps({"state": str(tmp_path / "state"), "shop": {"time_zone": "Europe/Vienna"}}))
    parser = argparse.ArgumentParser()
    options.add(parser.add_subparsers())

    def run(*words: str) -> int:
        config = () if words == ("schema",) else ("--config", str(file))
        args = parser.parse_args(["sales-out", *words, *config])
        return int(args.run(args))

    return run


def test_without_a_running_store(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("status") == WRONG_USE
    assert "the store does not run" in capsys.readouterr().err
    assert command("schema") == DONE
    Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_a_refused_document_is_seen_given_again_and_skipped(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").rmdir()
    with shop(settings_in(tmp_path), tmp_path) as place:
        place.store.local_access.publish(place.url)
        assert command("status") == DONE
        assert "erp  https://127.0.0.1" in capsys.readouterr().out
        place.erp.script.extend([422, 422])
        place.sell("o1")
        soon(lambda: bool(place.state("erp")["stopped"]))
        assert command("status") == MUST_ACT
        said = capsys.readouterr().out
        assert "refused: sale.o1.000001 (the receiver answers 422)" in said
        assert "waiting: 1, the oldest since 2026-09-21" in said
        assert command("retry", "erp") == DONE
        soon(lambda: len(place.erp.calls) == 2 and bool(place.state("erp")["stopped"]))
        assert command("skip", "erp", "--reason", "entered by hand") == DONE
        assert command("skip", "erp", "--reason", "again") == REFUSED
        assert command("retry", "none") == REFUSED
        capsys.readouterr()
        assert command("status", "--json") == DONE
        rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
        decisions = rows["erp"]["decisions"]
        assert [each["reason"] for each in decisions if each["act"] == "skip"] == ["entered by hand"]
        assert all(each["by"].startswith("command/") for each in decisions)
        assert command("replay", "erp", "--from", "2026-01-01", "--dry-run") == DONE
        assert "at most 1 documents would be given to erp again" in capsys.readouterr().out
        assert command("replay", "erp", "--from", "2026-01-01") == DONE
        soon(lambda: len(place.erp.taken) == 1)
