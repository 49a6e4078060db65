"""Names of terminals' certificates (cases of Adyen's own library, MIT), pins, and what is read of a certificate."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.connectors.payments.doubles.adyen.certificate import Fleet
from kiosk.connectors.payments.nexo.certificates import (
    Certificate,
    WrongCertificateError,
    trusted,
)
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError, TerminalMode

FLEET = Fleet.made()
POI = "P400Plus-123456789"
ROOT = "root.pem"


def der_of(common_name: str) -> bytes:
    pem = FLEET.terminal(common_name)
    return x509.load_pem_x509_certificate(pem[pem.index(b"-----BEGIN CERT") :]).public_bytes(Encoding.DER)


@pytest.fixture
def place(tmp_path: Path) -> TerminalPlace:
    (tmp_path / ROOT).write_bytes(FLEET.root_pem())
    return TerminalPlace("nexo://192.0.2.7/x", ca_file=tmp_path / ROOT)


@pytest.mark.parametrize(
    ("name", "poi", "mode"),
    [
        ("TG300-G10M257M70004.test.terminal.adyen.com", "TG300-G10M257M70004", TerminalMode.TEST),
        ("legacy-terminal-certificate.test.terminal.adyen.com", POI, TerminalMode.TEST),
        ("legacy-terminal-certificate.live.terminal.adyen.com", POI, TerminalMode.LIVE),
        ("P400Plus-123456789.live.terminal.adyen.com", POI, TerminalMode.LIVE),
        ("S1E-000150123456789.live.terminal.adyen.com", "s1e-000150123456789", TerminalMode.LIVE),
    ],
)
def test_a_terminals_name_is_accepted(place: TerminalPlace, name: str, poi: str, mode: TerminalMode) -> None:
    assert trusted(place, "", names_host=False).check(der_of(name), poi).mode is mode


@pytest.mark.parametrize(
    "name",
    [
        "wrong-terminal-certificate.test.terminal.adyen.com",
        "legacyy-terminal-certificate.test.terminal.adyen.com",
        "legacy-terminal-certificatee.test.terminal.adyen.com",
        "P400.123456789.test.terminal.adyen.com",
        "P400123456789.test.terminal.adyen.com",
        "P4-123456789.test.terminal.adyen.com",
        "P400-ABC.test.terminal.adyen.com",
        "P400-.test.terminal.adyen.com",
        "-123.test.terminal.adyen.com",
        "www.adyen.com",
        "P400Plus-123456789.live.terminal.adyen.com.example.org",
        "P400Plus-987654321.live.terminal.adyen.com",
    ],
)
def test_other_names_and_other_terminals_are_refused(place: TerminalPlace, name: str) -> None:
    with pytest.raises(WrongCertificateError) as refused:
        trusted(place, "", names_host=False).check(der_of(name), POI)
    assert refused.value.advice


def test_a_pinned_certificate_is_accepted_whatever_its_name(place: TerminalPlace) -> None:
    der = der_of("till.example")
    pin = Certificate.read(der).pin
    assert trusted(place, pin, names_host=False).check(der, POI).name == "till.example"
    with pytest.raises(WrongCertificateError, match="fingerprint sha256:"):
        trusted(place, pin, names_host=False).check(der_of("till.example"), POI)


def test_without_authority_and_pin_nothing_is_trusted() -> None:
    with pytest.raises(NoTerminalDriverError, match="ca_file"):
        trusted(TerminalPlace("nexo://x/y"), "", names_host=False)


@pytest.mark.parametrize("pin", ["sha256:12", "md5:" + "0" * 32, "zz"])
def test_a_wrong_pin_is_refused(place: TerminalPlace, pin: str) -> None:
    with pytest.raises(NoTerminalDriverError, match="pin"):
        trusted(place, pin, names_host=False)


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "root.pem"
    for content, said in ((None, "no such file"), (b"", "PEM"), (b"no certificate", "PEM")):
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(NoTerminalDriverError, match=said):
            trusted(TerminalPlace("nexo://x/y", ca_file=file), "", names_host=False)


def test_what_is_no_certificate_is_refused() -> None:
    with pytest.raises(WrongCertificateError):
        Certificate.read(b"nonsense")
