"""A mirror's connection while the pairing changes: it waits unpaired, connects when paired, and says why it cannot."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from threading import Condition

import pytest

from kiosk.mirror.credential_watch import CredentialWatch
from kiosk.mirror.event_stream import RoomSnapshot, StoreEventStream, StreamMessage
from kiosk.mirror.store_client import StoreClient
from kiosk.pairing.credentials import Credentials, write_credentials
from kiosk.store.staff.devices import pair_mirror
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
