"""Addresses of Adyen's terminals and their key files: what is taken, what is refused and with which words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.connectors.payments.doubles.adyen.rehearsal import Rehearsal, secret_file
from kiosk.connectors.payments.drivers import open_terminal
from kiosk.connectors.payments.nexo.addresses import CLOUD_HOSTS
from kiosk.connectors.payments.nexo.driver import NexoTerminal
from kiosk.connectors.payments.nexo.line import CloudLine, LocalLine
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError, TerminalMode

POI = "V400m-324688179"
SHARED = "key_identifier: shop\nkey_version: 3\npassphrase: correct horse battery\n"


def place(
    rehearsal: Rehearsal, uri: str, keys: str | None = None, tmp_path: Path | None = None
) -> TerminalPlace:
    file = rehearsal.folder / ("nexo.keys" if uri.startswith("nexo") else "adyen.keys")
    if keys is not None and tmp_path is not None:
        file = tmp_path / "keys"
        secret_file(file, keys.encode())
    return TerminalPlace(uri, file, rehearsal.folder / "root.pem")


def opened(found: TerminalPlace) -> NexoTerminal:
    driver = open_terminal(found)
    assert isinstance(driver, NexoTerminal)
    return driver


@pytest.mark.parametrize(
    ("uri", "host", "port"),
    [
        (f"nexo://192.0.2.7/{POI}", "192.0.2.7", 8443),
        (f"nexo://192.0.2.7:9443/{POI}", "192.0.2.7", 9443),
        (f"nexo://[2001:db8::7]/{POI}/", "2001:db8::7", 8443),
        ("nexo://terminal.shop.example/S1E-000150123456789", "terminal.shop.example", 8443),
    ],
)
def test_a_terminal_on_the_local_network(rehearsal: Rehearsal, uri: str, host: str, port: int) -> None:
    line = opened(place(rehearsal, uri))._line
    assert isinstance(line, LocalLine)
    assert (line.peer.host, line.peer.port) == (host, port)


@pytest.mark.parametrize("environment", ["", *CLOUD_HOSTS])
def test_a_terminal_over_the_cloud(rehearsal: Rehearsal, environment: str) -> None:
    option = f"?environment={environment}" if environment else ""
    line = opened(place(rehearsal, f"adyen+https://Shop_POS/{POI}{option}"))._line
    assert isinstance(line, CloudLine)
    assert (line.peer.host, line.peer.port) == (CLOUD_HOSTS[environment or "live"], 443)
    assert line.mode is (TerminalMode.TEST if environment == "test" else TerminalMode.LIVE)
    assert line.path == f"/v1/merchants/Shop_POS/devices/{POI}/sync"


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("nexo://192.0.2.7", "write nexo://HOST/MODEL-SERIAL"),
        ("nexo:///V400m-324688179", "write nexo://HOST/MODEL-SERIAL"),
        ("nexo://192.0.2.7/V400m", "write nexo://HOST/MODEL-SERIAL"),
        (f"nexo://192.0.2.7/{POI}?pin=12", "`pin`"),
        (f"nexo://192.0.2.7/{POI}?key=12", "`key`"),
        (f"nexo://192.0.2.7:99999/{POI}", "host or port"),
        (f"nexo://me:secret@192.0.2.7/{POI}", "key_file"),
        ("adyen+https://Shop_POS", "write adyen+https://MERCHANT/MODEL-SERIAL"),
        (f"adyen+https://Shop POS/{POI}", "write adyen+https://MERCHANT/MODEL-SERIAL"),
        (f"adyen+https://Shop_POS/{POI}?environment=prod", "`environment`"),
        (f"adyen+https://Shop_POS/{POI}?base=https://example.org:443", "double on this machine"),
        (f"adyen+https://Shop_POS/{POI}?base=http://127.0.0.1:80", "double on this machine"),
        (f"adyen+https://Shop_POS/{POI}?base=https://127.0.0.1:x", "double on this machine"),
    ],
)
def test_a_wrong_address_is_refused_with_what_to_write(rehearsal: Rehearsal, uri: str, said: str) -> None:
    with pytest.raises(NoTerminalDriverError) as refused:
        open_terminal(place(rehearsal, uri))
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("uri", "keys", "said"),
    [
        (f"nexo://192.0.2.7/{POI}", "key_identifier: shop\nkey_version: 1\n", "`passphrase` is missing"),
        (f"nexo://192.0.2.7/{POI}", SHARED.replace("3", "three"), "`key_version` must be a whole number"),
        (f"nexo://192.0.2.7/{POI}", SHARED.replace("horse", "pférd"), "ASCII"),
        (f"adyen+https://Shop_POS/{POI}", SHARED, "`api_key` is missing"),
        (f"adyen+https://Shop_POS/{POI}", "api_key: two words", "`api_key` has characters"),
        (f"adyen+https://Shop_POS/{POI}", "api_key: x\nkey_version: 1\n", "encryption needs all of"),
    ],
)
def test_a_wrong_key_file_is_refused_without_its_secrets(
    rehearsal: Rehearsal, tmp_path: Path, uri: str, keys: str, said: str
) -> None:
    with pytest.raises(NoTerminalDriverError) as refused:
        open_terminal(place(rehearsal, uri, keys, tmp_path))
    assert said in str(refused.value)
    assert not [word for word in ("correct", "two words", "battery") if word in str(refused.value)]


def test_no_secret_is_in_what_a_driver_shows(rehearsal: Rehearsal) -> None:
    for uri in (f"nexo://192.0.2.7/{POI}", f"adyen+https://Shop_POS/{POI}"):
        driver = opened(place(rehearsal, uri))
        shown = f"{driver.identity} {driver._line!r} {driver.capabilities}"
        assert rehearsal.passphrase not in shown
        assert rehearsal.api_key not in shown


def test_without_a_root_or_a_pin_the_local_terminal_is_not_opened(rehearsal: Rehearsal) -> None:
    with pytest.raises(NoTerminalDriverError, match=r"adyen-terminalfleet-live\.pem"):
        open_terminal(replace(place(rehearsal, f"nexo://192.0.2.7/{POI}"), ca_file=None))
