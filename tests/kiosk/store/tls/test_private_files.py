"""Keys are read only if nobody else can read or replace them; names and addresses of this computer."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from kiosk.store.errors import CertificateError
from kiosk.store.tls.machine_names import addresses, parsed_address
from kiosk.store.tls.private_files import own_key, retailers_key


@pytest.mark.parametrize(
    ("mode", "own", "retailers"),
    [
        (0o600, True, True),
        (0o400, True, True),
        (0o640, False, True),
        (0o440, False, True),
        (0o660, False, False),
        (0o604, False, False),
        (0o644, False, False),
    ],
)
def test_who_else_may_read_a_key(tmp_path: Path, mode: int, own: bool, retailers: bool) -> None:
    key = tmp_path / "key.pem"
    key.write_bytes(b"key")
    key.chmod(mode)
    for read, good in ((own_key, own), (retailers_key, retailers)):
        if good:
            assert read(key) == b"key"
        else:
            with pytest.raises(CertificateError, match="chmod"):
                read(key)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_key_of_another_user_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_bytes(b"key")
    key.chmod(0o600)
    os.chown(key, 12345, 12345)
    for read in (own_key, retailers_key):
        with pytest.raises(CertificateError, match="belongs to uid 12345; run: chown"):
            read(key)


def test_the_addresses_of_this_computer_can_be_bound() -> None:
    found = addresses()
    assert {"127.0.0.1", "::1"} <= {str(a) for a in found}
    for address in (a for a in found if not a.is_loopback):
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        with socket.socket(family) as probe:
            probe.bind((str(address), 0))


@pytest.mark.parametrize(
    ("text", "known"), [("10.0.0.5", True), ("[fd00::1]", True), ("shop.lan", False), ("", False)]
)
def test_what_is_an_address(text: str, known: bool) -> None:
    assert (parsed_address(text) is not None) is known
