"""A retailer's certificate without its chain, or for another name, is named by the doctor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.commands.doctor.certificates.own_certificate import covers, of_browsers


def certificate(subject: str, issuer: str) -> bytes:
    key, now = generate_private_key(SECP256R1()), datetime.now(UTC)
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in (subject, issuer)]
    made = x509.CertificateBuilder(
        issuer_name=names[1], subject_name=names[0], public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now, not_valid_after=now + timedelta(days=9),
    )  # fmt: skip
    return made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    ("names", "chain", "said"),
    [
        (("store.shop.lan",), True, []),
        (("*.shop.lan",), True, []),
        (("store.shop.lan",), False, ["no chain"]),
        (("www.example.com",), True, ["not for store.shop.lan"]),
        ((), False, ["not for store.shop.lan", "no chain"]),
    ],
)
def test_what_browsers_refuse(tmp_path: Path, names: tuple[str, ...], chain: bool, said: list[str]) -> None:
    file = tmp_path / "own.pem"
    file.write_bytes(certificate("leaf", "middle") + (certificate("middle", "root") if chain else b""))
    found = [finding.found for finding in of_browsers(file, names, ("store.shop.lan",))]
    assert [words in text for words, text in zip(said, found, strict=True)] == [True] * len(said)


def test_one_that_signed_itself_needs_no_chain(tmp_path: Path) -> None:
    file = tmp_path / "own.pem"
    file.write_bytes(certificate("own", "own"))
    assert list(of_browsers(file, ("a.lan",), ("a.lan",))) == []


@pytest.mark.parametrize(
    ("pattern", "name", "right"),
    [
        ("a.lan", "A.lan.", True),
        ("*.lan", "a.lan", True),
        ("*.lan", "b.a.lan", False),
        ("*.lan", ".lan", False),
        ("*", "a", False),
        ("*.a.lan", "a.lan", False),
    ],
)
def test_which_names_a_certificate_covers(pattern: str, name: str, right: bool) -> None:
    assert covers(pattern, name) is right
