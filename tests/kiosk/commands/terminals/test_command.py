"""`cheval terminals` as a technician uses it: list, pair, a test purchase through a running store, a rehearsal."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread

import pytest

from kiosk.__main__ import main
from kiosk.commands.terminals.rehearsal import _served, rehearsal_config
from kiosk.commands.terminals.stand_ins import KINDS, StandIn
from kiosk.config import StoreConfig
from kiosk.config.store import TERMINAL_SCHEMES
from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import Charge, TerminalStatus
from kiosk.core.domain.money import Money
from tests.kiosk.store.payments.in_process_terminal import InProcessTerminal
from tests.kiosk.store.sample_shop import ManualClock, build, served, settings_in
from tests.kiosk.store.terminal_process import terminal_process

Command = Callable[..., int]


@pytest.fixture
def config(tmp_path: Path) -> Callable[..., Path]:
    """Writes a configuration with these terminals."""

    def write(**terminals: str) -> Path:
        entries = [{"name": name, "uri": uri} for name, uri in terminals.items()]
        file = tmp_path / "store.yaml"
        file.write_text(
            json.dumps(
                {
                    "state": str(tmp_path / "state"),
                    "rooms": {"1": {"title": "Room 1", "terminal": next(iter(terminals), None)}},
                    "payments": {"terminals": entries},
                }
            )
        )
        return file

    return write


def terminals(*words: str | Path) -> int:
    """Runs the command; its exit code."""
    return main(["terminals", *(str(word) for word in words)])


def test_list_says_which_terminals_can_be_used(
    config: Callable[..., Path], free_port: Callable[[], int], capsys: pytest.CaptureFixture[str]
) -> None:
    with terminal_process() as process:
        assert terminals("list", "--config", config(till=process.uri, desk="attended://desk")) == 0
        assert "ok   terminal till" in capsys.readouterr().out
        away = f"sim://127.0.0.1:{free_port()}"
        assert terminals("list", "--json", "--config", config(till=process.uri, away=away)) == 1
        said = json.loads(capsys.readouterr().out)
        assert [said["terminals"][name][0]["state"] for name in ("till", "away")] == ["good", "bad"]
        assert terminals("pair", "till", "--config", config(till=process.uri)) == 0
        assert "cheval terminals test till" in capsys.readouterr().out
    assert terminals("pair", "till", "--config", config(till=process.uri)) == 1


def test_a_wrong_name_and_no_store_say_what_to_do(
    config: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = config(till="attended://desk")
    assert terminals("pair", "tlil", "--config", file) == 2
    assert "till" in capsys.readouterr().err
    assert terminals("test", "till", "--config", file) == 2
    assert "cheval store" in capsys.readouterr().err


@pytest.fixture
def store(tmp_path: Path) -> Iterator[InProcessTerminal]:
    """A running store with this terminal, which commands of this computer find."""
    terminal = InProcessTerminal()
    with ExitStack() as open_:
        running = open_.enter_context(build(settings_in(tmp_path), ManualClock(), {"till": terminal}))
        url = open_.enter_context(served(running))
        running.local_access.publish(url)
        yield terminal
        running.local_access.withdraw()


@pytest.mark.parametrize(("good", "code"), [(True, 0), (False, 1)])
def test_a_test_purchase_is_made_through_the_running_store(
    config: Callable[..., Path], store: InProcessTerminal, capsys: pytest.CaptureFixture[str], *, good: bool,
    code: int,
) -> None:  # fmt: skip
    file = config(till="sim://127.0.0.1:1")
    hand = Thread(target=store.tap, kwargs={"good": good})
    hand.start()
    assert terminals("test", "till", "--json", "--config", file) == code
    hand.join(10)
    said = json.loads(capsys.readouterr().out)
    assert (said["reversed"], said["ended"], store.book.taken()) == (good, True, 0)


def test_a_test_that_nobody_taps_is_stopped(
    config: Callable[..., Path], store: InProcessTerminal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert terminals("test", "till", "--wait", "0.5", "--config", config(till="sim://127.0.0.1:1")) == 1
    assert store.book.taken() == 0
    assert "not" in capsys.readouterr().out


def test_a_rehearsal_takes_over_nothing_that_could_reach_the_shop(tmp_path: Path) -> None:
    given = {
        "state": "/srv/state", "database": "postgresql://u@h/d", "shop": {"currency": "CHF"},
        "listen": {"host": "0.0.0.0", "port": 8480, "public_url": "https://shop.example"},
        "readers": [{"name": "main", "uri": "llrp://10.0.0.7"}],
        "rooms": {"1": {"title": "One", "antennas": ["main/1"], "terminal": "till"}},
        "cards": {"keys_file": "/srv/card.key"},
        "payments": {
            "terminals": [{"name": "till", "uri": "sim://10.0.0.9:9100"}, {"name": "desk", "uri": "attended://desk"}],
            "ledger": "database", "wait_for_card_s": 60,
        },
    }  # fmt: skip
    config = StoreConfig.model_validate(given)
    made = rehearsal_config(config, {"till": TerminalPlace("sim://127.0.0.1:5")}, tmp_path)
    assert StoreConfig.model_validate(made).shop.currency == "CHF"
    assert made["payments"] == {
        "wait_for_card_s": 60,
        "terminals": [
            {"name": "till", "uri": "sim://127.0.0.1:5"},
            {"name": "desk", "uri": "attended://desk"},
        ],
    }
    assert made["rooms"] == {"1": {"title": "One", "terminal": "till", "antennas": []}}
    assert (made["listen"], made["state"]) == ({"host": "127.0.0.1", "port": 0}, str(tmp_path / "state"))
    assert not {"readers", "database", "cards", "fiscal"} & made.keys()


def test_every_scheme_has_a_stand_in_or_needs_none() -> None:
    assert set(TERMINAL_SCHEMES) <= set(KINDS) | {"attended"}


class Ended:
    """A store process that runs on, or has ended."""

    def __init__(self, code: int | None) -> None:
        self.process, self.code = self, code

    def poll(self) -> int | None:
        return self.code


REAL = {
    "sim": "sim://10.0.0.9:9100",
    "stripe": "stripe://tmr_simulated01",
    "nexo": "nexo://10.0.0.9/P400Plus-111222333",
    "adyen+https": "adyen+https://Maison_POS/P400Plus-111222333?environment=live-us",
}
"""A terminal of each scheme, as a shop's configuration names it."""
IDENTITY = {
    "stripe": "stripe:tmr_simulated01",
    "nexo": "nexo:P400Plus-111222333",
    "adyen+https": "adyen:Maison_POS/P400Plus-111222333",
}
"""A stand-in has the identity of its terminal: two of a shop are two in a rehearsal."""


@pytest.mark.parametrize("scheme", KINDS)
def test_a_stand_in_takes_a_card_for_each_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], scheme: str
) -> None:
    one = StandIn("till", KINDS[scheme], TerminalPlace(REAL[scheme]), tmp_path)
    try:
        driver = open_terminal(one.place)
        assert driver.probe().reachable
        assert driver.identity == IDENTITY.get(scheme, driver.identity)
        replies: list[TerminalStatus] = []
        taken = Event()
        charge = Charge("KEY0000001", "o1", Money(1000, "EUR"))

        def pay() -> None:
            replies.append(driver.present(charge, driver.create(charge), taken.set, 20).status)

        paying = Thread(target=pay)
        paying.start()
        assert taken.wait(10)
        for _ in range(500):  # nexo reports it as taken up when the request is written
            assert _served(Ended(None), [one], io.StringIO("d\n")) == 0  # type: ignore[arg-type]
            if "\ntaken" in capsys.readouterr().out:
                break
        paying.join(20)
        assert replies == [TerminalStatus.REFUSED]
        assert _served(Ended(None), [one], io.StringIO("d\nl\nn\nwhat\nq\n")) == 0  # type: ignore[arg-type]
        assert "no charge waits" in capsys.readouterr().out
        assert _served(Ended(1), [one], io.StringIO("\n")) == 1  # type: ignore[arg-type]
        driver.close()
    finally:
        one.close()
    assert one.process.returncode == 0


@pytest.mark.full
def test_a_rehearsal_runs_and_ends_in_order(config: Callable[..., Path], tmp_path: Path) -> None:
    words = [sys.executable, "-m", "kiosk", "terminals", "rehearse", "--state", "kept"]
    words += [
        "--config",
        str(config(till="sim://127.0.0.1:1", card="stripe://tmr_1234", desk="attended://desk")),
    ]
    process = subprocess.Popen(
        words,
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Enter: a card" in line:
            break
    assert "associates' page" in said
    words = [
        sys.executable,
        "-m",
        "kiosk",
        "terminals",
        "test",
        "till",
        "--config",
        str(tmp_path / "kept/store.yaml"),
    ]
    test = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert test.stdout is not None
    for line in test.stdout:
        if "waits for a card" in line:
            break
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    assert "collected and given back" in test.stdout.read()
    assert test.wait(30) == 0
    test.stdout.close()
    process.communicate("q\n", timeout=60)
    assert process.returncode == 0


@pytest.mark.full
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_rehearsal_with_its_store(
    config: Callable[..., Path], tmp_path: Path, number: signal.Signals
) -> None:
    words = [sys.executable, "-m", "kiosk", "terminals", "rehearse"]
    words += ["--config", str(config(desk="attended://desk"))]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
    assert process.stdout is not None
    said = ""
    while "Enter: a card" not in said:
        said += process.stdout.readline()
    port = int(said.partition("store: http://127.0.0.1:")[2].split()[0])
    process.send_signal(number)
    process.communicate(timeout=60)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 5)
