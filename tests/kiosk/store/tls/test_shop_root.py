"""The shop's root and the certificates that it signs: limited names, private keys, renewal, and what is broken."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from kiosk.clock import US, now_us
from kiosk.pairing.store_tls import STORE_NAME
from kiosk.store.errors import CertificateError
from kiosk.store.tls.server_certificate import RENEW_DAYS, VALID_DAYS, ServerCertificate, as_time, renewed
from kiosk.store.tls.shop_root import ShopRoot, key_pem, shop_root
from tests.kiosk.store.tls.tls_shop import openssl

DAY_US = 24 * 3600 * US


@pytest.fixture
def root(tmp_path: Path) -> ShopRoot:
    return shop_root(tmp_path, ("mirrors.shop.example", "203.0.113.7"))


def test_the_root_is_made_once_and_signs_this_shops_names_only(root: ShopRoot, tmp_path: Path) -> None:
    assert shop_root(tmp_path, ("other.example",)).der == root.der
    may = ["a.mirrors.shop.example", "till.lan", "x.local", "10.1.2.3", "203.0.113.7", "fd00::5", STORE_NAME]
    may_not = ["shop.example", "bank.example", "203.0.113.8", "2001:db8::1", "lan.example", "notlocal"]
    assert [name for name in may if not root.may_sign(name)] == []
    assert [name for name in may_not if root.may_sign(name)] == []


@pytest.mark.parametrize("host", ["bank.example", "93.184.216.34"])
def test_planted_a_certificate_beyond_the_constraints_is_refused_by_peers(
    root: ShopRoot, tmp_path: Path, host: str
) -> None:
    assert renewed(tmp_path, root, (host,), now_us())
    server = tmp_path / "tls" / "server.pem"
    checked = openssl("verify", "-CAfile", str(tmp_path / "tls" / "root.pem"), str(server))
    assert "permitted subtree violation" in checked.stdout + checked.stderr


@pytest.mark.parametrize("name", ["root.key", "server.pem"])
def test_a_key_that_others_can_read_is_refused(root: ShopRoot, tmp_path: Path, name: str) -> None:
    assert renewed(tmp_path, root, ("localhost",), 1_800_000_000 * US)
    (tmp_path / "tls" / name).chmod(0o640)
    with pytest.raises(CertificateError, match=f"other users can read .*{name}; run: chmod 600"):
        renewed(tmp_path, shop_root(tmp_path, ()), ("localhost",), 1_800_000_000 * US)


@pytest.mark.parametrize("damage", ["key cut off", "another key", "certificate cut off", "empty"])
def test_a_damaged_certificate_of_the_store_is_made_anew(root: ShopRoot, tmp_path: Path, damage: str) -> None:
    """Unlike the root, nobody has pinned it."""
    now, file = 1_800_000_000 * US, tmp_path / "tls" / "server.pem"
    assert renewed(tmp_path, root, ("localhost",), now)
    whole = file.read_bytes()
    key = whole.index(b"-----BEGIN PRIVATE KEY-----")
    file.write_bytes({
        "key cut off": whole[: key + 60], "another key": whole[:key] + key_pem(root.key),
        "certificate cut off": whole[:60], "empty": b"",
    }[damage])  # fmt: skip
    assert renewed(tmp_path, root, ("localhost",), now)
    assert not renewed(tmp_path, root, ("localhost",), now)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    # the planted fault: what was damaged is served as it is
    file.write_bytes(whole[:key])
    with pytest.raises(ssl.SSLError):
        context.load_cert_chain(file)


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda tls: (tls / "root.key").unlink(), "is missing; restore it"),
        (lambda tls: (tls / "root.key").write_text("-"), "is damaged; restore it"),
        (lambda tls: (tls / "root.pem").write_text("-"), "is damaged; restore it"),
    ],
    ids=["no key", "broken key", "broken certificate"],
)
def test_a_broken_root_is_named_and_never_made_anew(
    root: ShopRoot, tmp_path: Path, break_it: object, words: str
) -> None:
    assert callable(break_it)
    break_it(tmp_path / "tls")
    with pytest.raises(CertificateError, match=words):
        shop_root(tmp_path, ())


@pytest.mark.parametrize(
    ("passed_days", "names", "due"),
    [
        (0, ("localhost",), False),
        (VALID_DAYS - RENEW_DAYS + 1, ("localhost",), True),
        (-3, ("localhost",), True),
        (0, ("localhost", "new.lan"), True),
    ],
    ids=["fresh", "ends soon", "clock set back", "a new name"],
)
def test_when_a_certificate_is_due(
    root: ShopRoot, tmp_path: Path, passed_days: int, names: tuple[str, ...], due: bool
) -> None:
    start = 1_800_000_000 * US
    renewed(tmp_path, root, ("localhost",), start)
    assert renewed(tmp_path, root, names, start + passed_days * DAY_US) is due


def test_a_certificate_of_another_root_is_replaced(root: ShopRoot, tmp_path: Path) -> None:
    other = shop_root(tmp_path / "other", ())
    assert renewed(tmp_path / "other", other, ("localhost",), 1_800_000_000 * US)
    assert renewed(tmp_path / "other", root, ("localhost",), 1_800_000_000 * US)


def test_days_left_are_whole_and_negative_after_the_end() -> None:
    certificate = ServerCertificate((), as_time(0), as_time(10 * DAY_US))
    assert (certificate.days_left(0), certificate.days_left(10 * DAY_US + 1)) == (10, -1)
