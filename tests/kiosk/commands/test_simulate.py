"""`cheval simulate shop`: options and scripts that cannot be used; with --full real runs whose violations are found."""

from __future__ import annotations

import json
import socket
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.clock import now_us
from kiosk.commands.simulate.shop import Soak
from kiosk.commands.simulate.store import SettableClock
from kiosk.demo.shop import prepared
from kiosk.demo.soak.associates import DeskClient
from kiosk.demo.soak.plan import FaultScript
from kiosk.demo.soak.shop_under_test import HOST, ShopUnderTest

CALM = FaultScript(60.0, ())
HOUR_US = 3_600_000_000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--rooms", "0"], "`0` is not a number from 1 to 80"),
        (["--rooms", "many"], "`many` is not a number"),
        (["--minutes", "0"], "`0` is not a number from 0.1"),
        (["--minutes", "nan"], "`nan` is not a number"),
    ],
)
def test_options_that_cannot_be_used(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["simulate", "shop", *words])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (None, "cannot be read"),
        ("faults: [", "script.yaml"),
        ("cycle_s: 60\nfaults: [{at_s: 1, fault: flood, for_s: 1}]", "fault 1: `fault` is one of"),
    ],
    ids=["missing", "no YAML", "unknown fault"],
)
def test_scripts_that_cannot_be_used(
    script: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "script.yaml"
    if script is not None:
        file.write_text(script, "utf-8")
    assert main(["simulate", "shop", "--faults", str(file)]) == 2
    assert said in capsys.readouterr().err


def test_the_clock_of_the_store_is_set_by_a_file(tmp_path: Path) -> None:
    file = tmp_path / "offset"
    clock = SettableClock(file)
    file.write_text(str(2 * HOUR_US), "ascii")
    assert clock.now_us() - now_us() < HOUR_US, "not before it is read"
    clock.read()
    assert clock.now_us() - now_us() > HOUR_US
    file.write_text(str(-2 * HOUR_US), "ascii")
    clock.read()
    assert now_us() - clock.now_us() > HOUR_US


def stray_charge(shop: ShopUnderTest) -> None:
    """A terminal takes money of which the store knows nothing."""
    asked, control = shop.hardware.terminals[0]
    charge = {
        "do": "collect",
        "key": "stray",
        "minor": 1000,
        "currency": "EUR",
        "order": "none",
        "wait_s": 60,
    }
    with closing(socket.create_connection((HOST, asked), 30)) as link:
        link.sendall(json.dumps(charge).encode() + b"\n")
        assert json.loads(link.makefile("rb").readline())["state"] == "pending"
        assert shop.control(control).do("tap", card="ok")["taken"]


def look_away(client: DeskClient) -> None:
    """An associate who does nothing."""
    client.open_requests()


@pytest.mark.full
@pytest.mark.timeout(900)
def test_a_run_without_faults_passes_and_planted_violations_are_found() -> None:
    """The second run has associates who do nothing, a charge that is in no books, and a card reader that ends."""
    shop = prepared(lambda _: None)
    with ShopUnderTest(shop, 3, relayed=1) as good:
        line = Soak(good, CALM, seed=3, run_s=20.0).run()
    assert (line["violations"], line["visits"] > 0) == (0, True), line
    with ExitStack() as opened:
        bad = opened.enter_context(ShopUnderTest(shop, 3, relayed=1))
        stray_charge(bad)
        bad.children["card reader"].end()
        # with this seed a shopper asks for service, and waits
        line = Soak(bad, CALM, seed=8, run_s=20.0, serve=look_away).run()
    kinds = line["violations_by_kind"]
    assert {"money", "crashes", "forgotten requests"} <= set(kinds), line
    assert any("order none: 1000 at the terminal, 0 in the books" in note for note in line["notes"])
