"""A mirror's connection while the pairing changes: it waits unpaired, connects when paired, and says why it cannot."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from threading import Condition

import pytest

from kiosk.core.visit.pairing import PairingNeed, PairingProblem
from kiosk.mirror.credential_watch import CredentialWatch
from kiosk.mirror.event_stream import RoomSnapshot, StoreEventStream, StreamLost, StreamMessage
from kiosk.mirror.store_client import StoreClient
from kiosk.mirror.touch_pairing import touch_pairing
from kiosk.pairing.credentials import Credentials, read_credentials, write_credentials
from kiosk.store.staff.devices import pair_mirror, revoke
from kiosk.store.staff.pairing_codes import target_of
from kiosk.store.tls.shop_root import shop_root
from tests.kiosk.store.tls.tls_shop import TlsShop, tls_shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsShop]:
    with tls_shop(tmp_path_factory.mktemp("shop")) as opened:
        yield opened


class Received(logging.Handler):
    """Messages of the stream and lines of its log, to wait for."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[StreamMessage] = []
        self.lines: list[str] = []
        self._more = Condition()

    def post(self, message: StreamMessage) -> None:
        with self._more:
            self.messages.append(message)
            self._more.notify_all()

    def emit(self, record: logging.LogRecord) -> None:
        with self._more:
            self.lines.append(record.getMessage())
            self._more.notify_all()

    def wait_for_line(self, words: str) -> None:
        with self._more:
            assert self._more.wait_for(lambda: any(words in line for line in self.lines), 20), self.lines

    def wait_for_need(self, need: PairingNeed) -> None:
        with self._more:
            assert self._more.wait_for(lambda: need in self.needs, 20), self.needs

    @property
    def needs(self) -> list[PairingNeed | None]:
        return [m.need for m in self.messages if isinstance(m, StreamLost)]

    def wait_for_snapshot(self) -> None:
        with self._more:
            found = self._more.wait_for(lambda: any(isinstance(m, RoomSnapshot) for m in self.messages), 20)
            assert found, self.lines


@pytest.fixture
def received() -> Iterator[Received]:
    handler = Received()
    logger = logging.getLogger("kiosk.mirror")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


def test_an_unpaired_mirror_connects_as_soon_as_it_is_paired(
    shop: TlsShop, tmp_path: Path, received: Received
) -> None:
    file = tmp_path / "pairing.json"
    client = StoreClient(shop.url, "1", "")
    watch = CredentialWatch(file, client)
    stream = StoreEventStream(client, received.post)
    stream.start()
    received.wait_for_line("not this shop's store")
    token = pair_mirror(shop.state, "1")
    write_credentials(file, Credentials("wrong", shop.root, "1"))
    watch.look()
    received.wait_for_line("refuses this mirror's token")
    write_credentials(file, Credentials(token, shop.root, "1"))
    watch.look()
    received.wait_for_snapshot()
    stream.close()
    client.close()
    assert received.needs[:2] == [PairingNeed.UNPAIRED, PairingNeed.REFUSED]
    told = [line for line in received.lines if "no event stream" in line]
    assert len(told) == 2, "each reason is said once"


def test_a_pairing_that_cannot_be_used_changes_nothing(
    shop: TlsShop, tmp_path: Path, received: Received
) -> None:
    file = tmp_path / "pairing.json"
    token = pair_mirror(shop.state, "2")
    client = StoreClient(shop.url, "2", token, shop.root)
    watch = CredentialWatch(file, client)
    watch.look()
    file.write_text("{", "ascii")
    watch.look()
    watch.look()
    write_credentials(file, Credentials("x", "no certificate", "2"))
    watch.look()
    assert len([line for line in received.lines if "cannot be used" in line]) == 2
    with client.stream() as answer:
        assert answer.status_code == 200
    client.close()


def test_a_new_root_is_taken_over_with_the_pairing(shop: TlsShop, tmp_path: Path) -> None:
    file = tmp_path / "pairing.json"
    other = shop_root(tmp_path / "other", ())
    client = StoreClient(shop.url, "1", pair_mirror(shop.state, "1"), other.pem)
    watch = CredentialWatch(file, client)
    write_credentials(file, Credentials(pair_mirror(shop.state, "1"), shop.root, "1"))
    watch.look()
    assert client.shop()["name"]
    client.close()


def test_a_code_on_the_glass_pairs_the_mirror_and_a_revoked_one_may_be_paired_again(
    shop: TlsShop, tmp_path: Path, received: Received
) -> None:
    file = tmp_path / "state" / "pairing.json"
    client = StoreClient(shop.url, "1", "")
    pair_by = touch_pairing(shop.url, "1", file, client)
    stream = StoreEventStream(client, received.post)
    stream.start()
    received.wait_for_need(PairingNeed.UNPAIRED)
    assert pair_by("12345678") is PairingProblem.NO_CODE
    code = shop.store.access.pairing.begin_code(target_of("1")).code
    assert pair_by(f"{(int(code) + 1) % 10**8:08}") is PairingProblem.WRONG_CODE
    assert pair_by(code) is None
    received.wait_for_snapshot()
    assert read_credentials(file).root == shop.root
    assert file.stat().st_mode & 0o777 == 0o600
    assert revoke(shop.state, "mirror-1")
    shop.store.access.watch.look(shop.clock.now_us)
    received.wait_for_need(PairingNeed.REFUSED)
    assert pair_by(shop.store.access.pairing.begin_code(target_of("1")).code) is None
    stream.close()
    client.close()


def test_what_a_code_on_the_glass_cannot_do(shop: TlsShop, tmp_path: Path) -> None:
    nowhere = touch_pairing("https://127.0.0.1:1", "1", tmp_path / "p", StoreClient(shop.url, "1", ""))
    assert nowhere("12345678") is PairingProblem.UNREACHED
    (tmp_path / "file").touch()
    client = StoreClient(shop.url, "1", "")
    unwritable = touch_pairing(shop.url, "1", tmp_path / "file" / "p", client)
    code = shop.store.access.pairing.begin_code(target_of("1")).code
    assert unwritable(code) is PairingProblem.NOT_SAVED
    assert not client.paired


def test_a_mirror_whose_store_shows_another_certificate_says_so(
    shop: TlsShop, tmp_path: Path, received: Received
) -> None:
    client = StoreClient(shop.url, "1", pair_mirror(shop.state, "1"), shop_root(tmp_path / "other", ()).pem)
    stream = StoreEventStream(client, received.post)
    stream.start()
    received.wait_for_need(PairingNeed.UNTRUSTED)
    stream.close()
    client.close()
