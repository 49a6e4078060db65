"""TLS to Stripe: only a host with the right name and a certificate of the configured list gets the key."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.connectors.payments.port import TerminalLostError
from kiosk.connectors.payments.stripe_terminal.driver import StripeTerminalDriver
from kiosk.connectors.payments.stripe_terminal.settings import StripeSettings
from tests.hardware.network.tls_front import Identity, TlsFront, identity
from tests.kiosk.connectors.payments.doubles.stripe_loop import READER, SECRET
from tests.kiosk.connectors.payments.stripe_terminal.bench import WAITS, Bench, presented


@contextmanager
def driver_over_tls(bench: Bench, shown: Identity, ca_file: Path | None) -> Iterator[StripeTerminalDriver]:
    """A driver whose peer shows a certificate, and that trusts those of a file, or the system's list."""
    front = TlsFront(shown.server(), bench.double.port)
    settings = StripeSettings(READER, SECRET, f"https://127.0.0.1:{front.port}", ca_file)
    driver = StripeTerminalDriver(settings, replace(WAITS, create_s=0.2))
    try:
        yield driver
    finally:
        driver.close()
        front.close()


def test_the_configured_certificate_is_taken_and_its_end_is_told(bench: Bench, tmp_path: Path) -> None:
    shown = identity(tmp_path)
    with driver_over_tls(bench, shown, shown.certificate) as driver:
        found = driver.probe()
        assert found.reachable
        assert found.certificate.startswith("valid until ")
        charge = bench.charge()
        assert driver.query(presented(charge, driver.create(charge))).key == charge.key


def test_nothing_is_sent_without_tls(bench: Bench, tmp_path: Path) -> None:
    shown = identity(tmp_path)
    with driver_over_tls(bench, shown, shown.certificate) as driver:
        connection = driver._api.connections._new()
        connection.port = bench.double.port
        with pytest.raises(http.client.NotConnected):
            connection.request("GET", "/v1/terminal/readers")


@pytest.mark.parametrize("case", ["not in the system's list", "of another authority", "for another address"])
def test_another_certificate_gets_nothing(bench: Bench, tmp_path: Path, case: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shown = identity(tmp_path, ("192.0.2.7",) if case == "for another address" else ("127.0.0.1",))
    trusted = {
        "not in the system's list": None,
        "of another authority": identity(other).certificate,
        "for another address": shown.certificate,
    }
    with driver_over_tls(bench, shown, trusted[case]) as driver:
        with pytest.raises(TerminalLostError):
            driver.create(bench.charge())
        found = driver.probe()
        assert not found.reachable
        assert "ca_file" in found.findings[0].advice
    assert bench.double.answered() == []
