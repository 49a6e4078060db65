"""What a probe finds out about a terminal, and what it advises; it moves no money and raises nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.connectors.payments.doubles.adyen.certificate import Fleet, server_context
from kiosk.connectors.payments.doubles.adyen.rehearsal import Rehearsal, secret_file
from kiosk.connectors.payments.doubles.adyen.server import AdyenServer
from kiosk.connectors.payments.doubles.adyen.terminal import AdyenTerminal
from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.nexo.encryption import SharedKey
from kiosk.connectors.payments.nexo.line import LocalLine
from kiosk.connectors.payments.nexo.probe import clock_difference_s
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import TerminalMode, TerminalProbe
from tests.kiosk.connectors.payments.nexo.conftest import Counter, with_pin


def tried(place: TerminalPlace) -> TerminalProbe:
    driver = open_terminal(place)
    try:
        return driver.probe()
    finally:
        driver.close()


def bad(probe: TerminalProbe) -> list[str]:
    assert all(finding.advice for finding in probe.findings)
    return [finding.what for finding in probe.findings if not finding.good]


def test_a_good_terminal(counter: Counter) -> None:
    probe = tried(counter.place)
    assert (probe.reachable, probe.paired, probe.mode) == (True, True, TerminalMode.TEST)
    assert (probe.model, probe.serial) == ("V400m", "324688179")
    assert "V400m-324688179.test.terminal.adyen.com, until 20" in probe.certificate
    assert probe.clock_difference_s is not None
    assert abs(probe.clock_difference_s) < 60
    assert bad(probe) == []
    assert counter.terminal.listed() == []


def test_a_wrong_passphrase_is_not_paired(local: Counter, tmp_path: Path) -> None:
    file = tmp_path / "keys"
    secret_file(file, b"key_identifier: rehearsal\nkey_version: 1\npassphrase: wrong\n")
    probe = tried(replace(local.place, key_file=file))
    assert (probe.reachable, probe.paired) == (True, False)
    assert "Customer Area" in probe.findings[0].advice


def test_a_wrong_api_key_is_not_paired(counter: Counter, tmp_path: Path) -> None:
    if isinstance(counter.driver._line, LocalLine):
        return
    file = tmp_path / "keys"
    secret_file(file, b"api_key: wrong\n")
    probe = tried(replace(counter.place, key_file=file))
    assert (probe.reachable, probe.paired) == (True, False)
    assert bad(probe) == ["the request was refused: HTTP 401, unauthorised"]


def test_a_terminal_that_is_away(local: Counter) -> None:
    local.server.close()
    probe = tried(local.place)
    assert (probe.reachable, probe.paired) == (False, None)
    assert "cannot be reached" in bad(probe)[0]


def test_another_terminal_at_the_address(local: Counter) -> None:
    probe = tried(replace(local.place, uri=local.place.uri.replace("324688179", "999999999")))
    assert probe.reachable is False
    assert "not of V400m-999999999" in bad(probe)[0]


def test_an_authority_that_is_not_the_terminals(local: Counter, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(Fleet.made().root_pem())
    probe = tried(replace(local.place, ca_file=other))
    assert probe.reachable is False
    assert "certificate is not accepted" in bad(probe)[0]


def test_a_pinned_certificate_and_another_one(local: Counter) -> None:
    pin = tried(local.place).certificate.rpartition(" ")[2]
    assert tried(with_pin(local.place, pin)).paired is True
    wrong = tried(with_pin(local.place, "sha256:" + "0" * 64))
    assert (wrong.reachable, pin in bad(wrong)[0]) == (False, True)


def test_a_certificate_that_ends_soon(rehearsal: Rehearsal, tmp_path: Path) -> None:
    fleet = Fleet.made()
    (tmp_path / "root.pem").write_bytes(fleet.root_pem())
    pem = fleet.terminal("V400m-324688179.live.terminal.adyen.com", timedelta(days=12))
    secret_file(tmp_path / "terminal.pem", pem)
    key = SharedKey("rehearsal", 1, rehearsal.passphrase)
    server = AdyenServer(AdyenTerminal(), key, server_context(tmp_path / "terminal.pem"))
    probe = tried(replace(rehearsal.local(server), ca_file=tmp_path / "root.pem"))
    server.close()
    assert (probe.paired, probe.mode) == (True, TerminalMode.LIVE)
    assert [f.what for f in probe.findings if "the certificate ends on" in f.what]


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2020 99999999999999999999:00:00 GMT",
        "Mon, 01 Jan 2020 00:00:00 +99999999999999999999",
        "tomorrow",
        "",
    ],
)
def test_a_clock_that_makes_no_sense_is_not_known(date: str) -> None:
    assert clock_difference_s(date, datetime.now(UTC)) is None


@pytest.mark.full
def test_what_speaks_no_tls(local: Counter, silent_peer: Callable[[], int]) -> None:
    away = replace(local.place, uri=local.place.uri.replace(str(local.server.port), str(silent_peer())))
    probe = tried(away)
    assert (probe.reachable, "no TLS with" in bad(probe)[0]) == (False, True)
