"""`cheval staff` with no store running, and with one: the first manager, PINs without echo, the last manager."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.commands.staff import options
from kiosk.commands.staff.command import DONE, REFUSED, WRONG_USE, run
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.store_hold import StoreHold
from tests.kiosk.store.sample_shop import sample_store, served, settings_in

Command = Callable[..., int]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    (tmp_path / "state").mkdir(mode=0o700)
    file = tmp_path / "store.yaml"
    file.write_text(json.dumps({"state": str(tmp_path / "state"), "shop": {"time_zone": "Europe/Vienna"}}))
    parser = argparse.ArgumentParser()
    options.add(parser.add_subparsers())

    def called(*words: str, typed: tuple[str, ...] = ()) -> int:
        answers = iter(typed)
        return run(parser.parse_args(["staff", *words, "--config", str(file)]), lambda _: next(answers))

    return called


def test_a_new_store_gets_its_first_manager(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert command("list") == DONE
    assert "the first manager: cheval staff add NAME --role manager" in capsys.readouterr().err
    assert command("add", "Mei", "--role", "manager") == DONE
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "Mei can sign in"
    pin = printed[1].split()[1]
    assert command("list", "--json") == DONE
    (mei,) = json.loads(capsys.readouterr().out)
    assert (mei["name"], mei["role"], mei["by_feed"], mei["signs_in"]) == ("Mei", "manager", False, True)
    with sample_store(settings_in(tmp_path)) as store:
        token, _ = store.resources.associates.sign_in(AssociateId(mei["id"]), pin, 1, new_pin="739204")
        assert token


def test_a_pin_that_is_asked_for_is_not_shown(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("add", "Mei", "--role", "manager", "--ask-pin", typed=("739204", "739204")) == DONE
    assert command("pin", "mei", "--ask-pin", typed=("739205", "739206")) == REFUSED
    assert command("pin", "Mei", "--ask-pin", typed=("123456", "123456")) == REFUSED
    said = capsys.readouterr()
    assert "7392" not in said.out + said.err
    assert "123456" not in said.out + said.err
    assert "the two PINs differ" in said.err


def test_the_last_manager_stays(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    command("add", "Mei", "--role", "manager")
    command("add", "Ana")
    assert command("remove", "Mei") == REFUSED
    assert "last manager" in capsys.readouterr().err
    assert command("role", "Ana", "manager") == DONE
    assert command("remove", "Mei") == DONE
    assert command("remove", "Mei") == REFUSED
    capsys.readouterr()
    assert command("list", "--log") == DONE
    assert [line.split()[3] for line in capsys.readouterr().out.splitlines()] == [
        "removed",
        "role",
        "added",
        "added",
    ]


def test_a_running_store_is_asked(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with sample_store(settings_in(tmp_path)) as store, served(store) as url:
        store.local_access.publish(url)
        assert command("add", "Ana", "--id", "a-ana") == DONE
        assert command("role", "a-ana", "manager") == DONE
        assert command("remove", "Inès") == DONE
        assert command("remove", "nobody") == REFUSED
        capsys.readouterr()
        assert command("list", "--json") == DONE
        assert {p["id"] for p in json.loads(capsys.readouterr().out)} == {"a-ana", "a-jonas", "m-mei"}
        assert {a.associate_id for a in store.resources.associates.all()} == {"a-ana", "a-jonas", "m-mei"}


def test_a_store_that_does_not_answer_is_not_changed(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    settings = settings_in(tmp_path)
    hold = StoreHold(settings.state, settings.database_url)
    assert command("add", "Ana") == WRONG_USE
    assert "store" in capsys.readouterr().err
    hold.close()
