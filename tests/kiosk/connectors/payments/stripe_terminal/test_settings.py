"""Address and key of a reader: what is refused, and that the key is shown nowhere."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import stripe

from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError, TerminalBusyError, TerminalLostError
from kiosk.connectors.payments.stripe_terminal.settings import settings_of
from kiosk.core.domain.follow_up_kind import FollowUpKind
from tests.kiosk.connectors.payments.doubles.stripe_loop import READER, SECRET, place_in
from tests.kiosk.connectors.payments.stripe_terminal.bench import Bench, follow_up, presented

LIVE = SECRET.replace("_test_", "_live_")
LOOPBACK = "http://127.0.0.1:12111"


def test_a_reader_and_its_key_are_read(tmp_path: Path) -> None:
    found = settings_of(place_in(tmp_path, "stripe://tmr_FDOt2wlRZEdpd7", LIVE))
    assert (found.reader, found.base, found.live) == ("tmr_FDOt2wlRZEdpd7", "https://api.stripe.com", True)
    assert not settings_of(place_in(tmp_path, f"stripe://{READER}", "rk_test_4eC39HqLyjWDarj")).live


@pytest.mark.parametrize(
    "uri",
    [
        "stripe://",
        "stripe://reader",
        "stripe://tmr_",
        f"stripe://{READER}/x",
        f"stripe://{READER}?key={SECRET}",
        f"stripe://{SECRET}@{READER}",
        f"stripe://{READER}?base=http://192.0.2.7:80",
        f"stripe://{READER}?base=http://api.stripe.com.example:80",
        f"stripe://{READER}?base=https://127.0.0.1:80",
        f"stripe://{READER}?base=http://127.0.0.1",
        f"stripe://{READER}?base=file:///etc/passwd",
    ],
)
def test_other_addresses_are_refused(tmp_path: Path, uri: str) -> None:
    with pytest.raises(NoTerminalDriverError) as refused:
        settings_of(place_in(tmp_path, uri))
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    "key", ["pk_test_4eC39HqLyjWDarj", "sk_4eC39HqLyjWDarj", "whsec_4eC39HqLyj", "4eC39HqLyjWDarj"]
)
def test_other_keys_are_refused_without_being_shown(tmp_path: Path, key: str) -> None:
    with pytest.raises(NoTerminalDriverError) as refused:
        settings_of(place_in(tmp_path, f"stripe://{READER}", key))
    assert key not in str(refused.value)


def test_a_live_key_never_goes_to_another_address(tmp_path: Path) -> None:
    with pytest.raises(NoTerminalDriverError, match="live key"):
        settings_of(place_in(tmp_path, f"stripe://{READER}?base={LOOPBACK}", LIVE))
    assert settings_of(place_in(tmp_path, f"stripe://{READER}?base={LOOPBACK}")).base == LOOPBACK


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    place = place_in(tmp_path, f"stripe://{READER}")
    assert place.key_file is not None
    place.key_file.chmod(mode)
    with pytest.raises(NoTerminalDriverError, match="chmod 600"):
        open_terminal(place)
    with pytest.raises(NoTerminalDriverError, match="key_file"):
        open_terminal(TerminalPlace(f"stripe://{READER}"))


def test_the_key_is_in_no_text_of_settings_and_errors(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    texts = [repr(bench.driver._settings), repr(bench.driver), bench.driver.identity]
    for kind in ("never-arrives", "nonsense", "in-progress", "late"):
        for _ in range(4):
            bench.double.fault("read", kind, 0.45)
        with pytest.raises(TerminalLostError) as lost:
            bench.driver.query(presented(bench.charge(), "pi_unknown123"))
        texts.append(repr(lost.value) + repr(lost.value.__cause__))
        bench.double.run(bench.double.double.faults._planned.clear)
    with pytest.raises(TerminalBusyError) as busy:
        bench.driver.create(bench.charge(stored="cus_stored/pm_unknown"))
    texts.append(repr(busy.value))
    bench.paid()
    shown = "\n".join([*texts, caplog.text])
    assert SECRET not in shown
    assert SECRET[8:] not in shown


def test_the_sdk_neither_retries_nor_names_this_computer(bench: Bench) -> None:
    paid, reply = bench.paid()
    bench.double.fault("refund", "in-progress")
    with pytest.raises(TerminalLostError):
        bench.driver.follow_up(follow_up(FollowUpKind.REFUND, paid, reply))
    assert bench.double.intents()[0].refunds == []
    assert not stripe.enable_telemetry
