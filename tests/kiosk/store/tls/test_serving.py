"""TLS of the store with peers that are not ours (OpenSSL, ssl, requests); certificates that change as it runs."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
import requests

from kiosk.clock import US
from kiosk.commands.feed_importers import StoreImporter
from kiosk.commands.ledger_store import RunningLedger
from kiosk.commands.terminals.running import CommandError as TerminalError
from kiosk.commands.terminals.running import RunningTerminals
from kiosk.mirror.store_client import StoreClient, UntrustedStoreError
from kiosk.pairing.store_tls import STORE_NAME, opener_of
from kiosk.store.errors import CertificateError
from kiosk.store.settings import TlsSettings
from kiosk.store.staff.local_access import running_store
from kiosk.store.tls.server_certificate import RENEW_DAYS, VALID_DAYS, renewed
from kiosk.store.tls.shop_root import shop_root
from tests.kiosk.store.tls.tls_shop import TlsShop, openssl, tls_shop
from tests.optional_values import present

DAY_US = 24 * 3600 * US


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsShop]:
    """A shop whose certificates stay as they are."""
    with tls_shop(tmp_path_factory.mktemp("shop")) as opened:
        yield opened


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[TlsShop]:
    with tls_shop(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsShop]:
    """Another shop's store, in the middle or at the address of ours."""
    with tls_shop(tmp_path_factory.mktemp("other")) as opened:
        yield opened


def presented(port: int, name: str | None) -> bytes:
    """The certificate (DER) that a server shows to a client that asks for this name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as link,
        context.wrap_socket(link, server_hostname=name) as secured,
    ):
        return present(secured.getpeercert(binary_form=True))


def root_file(shop: TlsShop) -> str:
    return str(shop.state / "tls" / "root.pem")


def test_openssl_verifies_tls_1_3_and_is_refused_below(shop: TlsShop) -> None:
    place = ("-connect", f"127.0.0.1:{shop.port}", "-CAfile", root_file(shop), "-verify_return_error")
    good = openssl("s_client", *place, "-verify_ip", "127.0.0.1", "-x509_strict")
    assert "Verify return code: 0 (ok)" in good.stdout
    assert "TLSv1.3" in good.stdout
    for version in ("-tls1_2", "-tls1_1"):
        refused = openssl("s_client", *place, version)
        assert refused.returncode != 0
        assert "Cipher is (NONE)" in refused.stdout or "Cipher    : 0000" in refused.stdout


def test_browsers_and_programs_with_the_root_accept_names_and_addresses(shop: TlsShop) -> None:
    for host in ("127.0.0.1", "localhost"):
        answer = requests.get(f"https://{host}:{shop.port}/api/v1/shop", verify=root_file(shop), timeout=10)
        assert answer.status_code == 200
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{shop.url}/api/v1/shop", timeout=10)


def test_a_pinned_client_does_not_compare_names_and_dates(changing: TlsShop) -> None:
    shop = changing
    expired = shop.clock.now_us - (VALID_DAYS + 400) * DAY_US
    server = shop.state / "tls" / "server.pem"
    server.unlink()
    assert renewed(shop.state, shop.certificates.root, ("localhost",), expired)
    shop.certificates._shop.load_cert_chain(server)
    with pytest.raises(requests.exceptions.SSLError, match="expired"):
        requests.get(f"https://localhost:{shop.port}/api/v1/shop", verify=root_file(shop), timeout=10)
    client = StoreClient(shop.url, "1", "", shop.root)
    assert client.shop()["name"]
    client.close()


def test_another_shops_store_is_not_accepted_and_gets_no_token(shop: TlsShop, other: TlsShop) -> None:
    client = StoreClient(other.url, "1", "secret", shop.root)
    with pytest.raises(UntrustedStoreError, match="not of this shop's root"):
        client.shop()
    with pytest.raises(UntrustedStoreError):
        client.stream()
    client.close()


def test_a_store_without_tls_is_named_and_gets_nothing_in_clear(shop: TlsShop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:
        plain.settimeout(10)
        client = StoreClient(f"https://127.0.0.1:{plain.getsockname()[1]}", "1", "secret", shop.root)
        received: list[bytes] = []

        def answer() -> None:
            link, _ = plain.accept()
            with link:
                received.append(link.recv(4096))
                link.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")

        thread = Thread(target=answer)
        thread.start()
        with pytest.raises(UntrustedStoreError, match=r"no TLS 1.3"):
            client.shop()
        thread.join(10)
        client.close()
    assert b"secret" not in received[0]
    assert received[0][:1] == b"\x16"  # a TLS handshake (RFC 8446, clause 5.1)


def test_commands_of_this_computer_reach_the_store_over_tls(shop: TlsShop) -> None:
    shop.store.local_access.publish(shop.url)
    found = present(running_store(shop.state))
    assert StoreImporter(found).answers()
    assert RunningLedger(found).answers()
    with pytest.raises(TerminalError, match=r"no terminal|404|there is no"):
        RunningTerminals(shop.state).probe("none")
    elsewhere = replace(found, root=shop_root(shop.state / "elsewhere", ()).pem)
    assert not StoreImporter(elsewhere).answers(), "the token is shown to this store only"
    shop.store.local_access.withdraw()


HALF = [b"", b"\x16", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", bytes(4096)]
"""Nothing, the beginning of a handshake, HTTP in clear, zeroes."""


def test_half_handshakes_keep_nobody_out(shop: TlsShop) -> None:
    with ExitStack() as opened:
        for number in range(120):
            silent = opened.enter_context(socket.create_connection(("127.0.0.1", shop.port), timeout=10))
            silent.sendall(HALF[number % len(HALF)])
        client = StoreClient(shop.url, "1", "", shop.root)
        opened.callback(client.close)
        assert client.shop()["name"]
    assert presented(shop.port, STORE_NAME)


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_authorities_of_the_environment_do_not_widen_the_pin(
    shop: TlsShop, other: TlsShop, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, root_file(other))
    client = StoreClient(other.url, "1", "secret", shop.root)
    with pytest.raises(UntrustedStoreError):
        client.shop()
    client.close()


def test_the_retailers_certificate_is_for_browsers_and_read_again(tmp_path: Path) -> None:
    retailer = tmp_path / "retailer"
    pem, key = own_pair(retailer, "shop.example")
    with tls_shop(tmp_path / "shop", TlsSettings(certificate=pem, certificate_key=key)) as shop:
        first = ssl.PEM_cert_to_DER_cert(pem.read_text())
        assert presented(shop.port, "shop.example") == first
        assert presented(shop.port, None) == first
        assert presented(shop.port, STORE_NAME) != first
        with opener_of(shop.root).open(f"{shop.url}/api/v1/shop", timeout=10) as answer:
            assert answer.status == 200
        address = f"https://localhost:{shop.port}/api/v1/shop"
        with requests.Session() as kept:
            kept.verify, kept.trust_env = str(pem), False
            assert kept.get(address, timeout=10).ok
            renewed_pem, renewed_key = own_pair(tmp_path / "renewed", "shop.example")
            key.write_bytes(renewed_key.read_bytes())
            with pytest.raises(CertificateError, match="cannot be used"):
                shop.certificates.refresh()  # only half of the pair is there
            assert presented(shop.port, "shop.example") == first
            pem.write_bytes(renewed_pem.read_bytes())
            shop.certificates.refresh()
            assert presented(shop.port, "shop.example") == ssl.PEM_cert_to_DER_cert(renewed_pem.read_text())
            assert kept.get(address, timeout=10).ok, "the connection from before is still used"


def own_pair(folder: Path, name: str) -> tuple[Path, Path]:
    """A self-signed certificate and its key, made by OpenSSL."""
    folder.mkdir(parents=True)
    pem, key = folder / "fullchain.pem", folder / "key.pem"
    made = openssl(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
        "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name},DNS:localhost", "-keyout", str(key),
        "-out", str(pem),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return pem, key


def test_it_is_renewed_before_its_end_while_connections_stay_open(changing: TlsShop) -> None:
    shop = changing
    before = presented(shop.port, STORE_NAME)
    with requests.Session() as kept:
        kept.verify, kept.trust_env = root_file(shop), False
        assert kept.get(f"https://localhost:{shop.port}/api/v1/shop", timeout=10).ok
        shop.clock.now_us += (VALID_DAYS - RENEW_DAYS - 1) * DAY_US
        shop.certificates.refresh()
        assert presented(shop.port, STORE_NAME) == before
        shop.clock.now_us += 2 * DAY_US
        shop.certificates.refresh()
        after = presented(shop.port, STORE_NAME)
        assert after != before
        assert kept.get(f"https://localhost:{shop.port}/api/v1/shop", timeout=10).ok
    served = ssl.DER_cert_to_PEM_cert(after)
    assert served in (shop.state / "tls" / "server.pem").read_text()
