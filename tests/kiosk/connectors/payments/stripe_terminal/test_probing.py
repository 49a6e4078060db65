"""What a probe tells of a reader, and the list of the readers of an account."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import TerminalBusyError, TerminalLostError, TerminalMode
from kiosk.connectors.payments.stripe_terminal.probing import list_stripe_readers
from tests.kiosk.connectors.payments.doubles.stripe_loop import READER, SECRET, place_in
from tests.kiosk.connectors.payments.stripe_terminal.bench import Bench


def test_a_good_reader(bench: Bench) -> None:
    found = bench.driver.probe()
    assert (found.reachable, found.paired, found.mode) == (True, True, TerminalMode.TEST)
    assert (found.model, found.serial) == ("simulated_wisepos_e", "SIM-simulate")
    assert [f.what for f in found.findings if not f.good] == []
    assert found.clock_difference_s is not None
    assert abs(found.clock_difference_s) < 30


def test_a_clock_that_differs_is_measured(bench: Bench) -> None:
    bench.double.double.ahead_s = -600.0
    difference_s = bench.driver.probe().clock_difference_s
    assert difference_s is not None
    assert -630 < difference_s < -570


def test_a_reader_that_is_offline_or_without_a_location(bench: Bench) -> None:
    def set_reader() -> None:
        reader = bench.double.double.account.readers[READER]
        reader.online, reader.location = False, None

    bench.double.run(set_reader)
    found = [f for f in bench.driver.probe().findings if not f.good]
    assert [f.what for f in found] == [
        "Stripe has no connection with the reader",
        "the reader has no location",
    ]
    assert all(f.advice for f in found)


def test_a_reader_of_another_account(bench: Bench, tmp_path: Path) -> None:
    driver = open_terminal(place_in(tmp_path, f"stripe://tmr_unknown12?base={bench.double.base}"))
    found = driver.probe()
    driver.close()
    assert (found.reachable, found.paired) == (True, False)
    assert "cheval terminals list" in found.findings[0].advice


def test_a_key_that_stripe_does_not_accept(bench: Bench) -> None:
    bench.double.double.revoked.add(SECRET)
    found = bench.driver.probe()
    assert found.reachable
    assert "make a new key" in found.findings[0].advice
    with pytest.raises(TerminalBusyError):
        bench.driver.create(bench.charge())


def test_nobody_answers(tmp_path: Path, free_port: Callable[[], int]) -> None:
    place = place_in(tmp_path, f"stripe://{READER}?base=http://127.0.0.1:{free_port()}")
    driver = open_terminal(place)
    found = driver.probe()
    driver.close()
    assert not found.reachable
    assert (found.findings[0].what, "port 443" in found.findings[0].advice) == (
        "127.0.0.1 refuses the connection",
        True,
    )
    with pytest.raises(TerminalLostError):
        list_stripe_readers(place)


def test_all_readers_of_the_account_are_listed(bench: Bench, tmp_path: Path) -> None:
    bench.double.run(
        lambda: [bench.double.double.account.add_reader(f"tmr_more{n:04d}", f"Room {n}") for n in range(120)]
    )
    place = place_in(tmp_path, f"stripe://?base={bench.double.base}")
    found = list_stripe_readers(TerminalPlace(place.uri, place.key_file))
    assert len(found) == 121
    assert (found[1].address, found[1].label, found[1].online, found[1].live) == (
        "stripe://tmr_more0000",
        "Room 0",
        True,
        False,
    )
