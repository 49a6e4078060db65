"""A label scanner at the mirror, over a real serial port: pieces without a working RFID tag."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

import pytest

from hardware.drivers.label_reader import open_label_reader
from hardware.ports import CardKind, CardTap, LabelFact, LabelReader, LabelRefused, LabelScanned, ReaderUp
from hardware.sim.label_scanner import SimLabelScanner
from kiosk.core.domain.ids import ScannedId
from kiosk.core.scene.scene import Notice
from kiosk.core.visit.events import CardTapped, PieceScanned, TapFailed, TapFailure
from kiosk.mirror.shell import scan_event, tap_event
from kiosk.mirror.store_client import StoreClient
from tests.kiosk.mirror.loopback_store import LoopbackStore
from tests.kiosk.mirror.mirror_rig import MirrorRig

GTIN = "80614141123458"


@pytest.fixture
def store() -> Iterator[LoopbackStore]:
    one = LoopbackStore()
    one.replies[("POST", "/pieces")] = lambda body: (200, {"ours": body["piece"].startswith(GTIN)})
    yield one
    one.close()


@pytest.fixture
def scanner(rig: MirrorRig) -> Iterator[SimLabelScanner]:
    sim = SimLabelScanner()
    reader: LabelReader = open_label_reader(sim.uri, "scanner")
    up = threading.Event()

    def post(fact: LabelFact) -> None:
        rig.shell.post_label(fact)
        if isinstance(fact, ReaderUp):
            up.set()

    reader.start(post)
    assert up.wait(10)
    yield sim
    reader.close()
    sim.close()


def test_a_scanned_piece_is_sent_to_the_store(store: LoopbackStore, scanner: SimLabelScanner) -> None:
    scanner.scan(f"https://house.example/01/{GTIN}/21/6789")
    (body,) = store.wait_heard("POST", "/pieces")
    assert body["piece"] == f"{GTIN}.6789"


@pytest.mark.parametrize(
    ("label", "notice"),
    [
        ("4006381333931", Notice.NOT_OURS),
        ("nonsense", Notice.NOT_OURS),
        ("https://house.example/receipt", Notice.TAP_UNREADABLE),
    ],
)
def test_a_foreign_or_unreadable_label_gives_a_notice(
    rig: MirrorRig, scanner: SimLabelScanner, label: str, notice: Notice
) -> None:
    scanner.scan(label)
    rig.seen.until(lambda scene: scene.notice is notice)


def test_the_shops_own_code_is_sent_to_the_store(store: LoopbackStore, scanner: SimLabelScanner) -> None:
    scanner.scan("SHIRT 7/M")
    (body,) = store.wait_heard("POST", "/pieces")
    assert body["piece"] == "SHIRT 7/M"


def test_the_store_decides_between_an_ean_8_and_a_upc_e(store: LoopbackStore, rig: MirrorRig) -> None:
    own = "00000001408911"
    store.replies[("GET", "/articles?gtin=00014100000891&gtin=00000001408911")] = lambda _: (
        200,
        {"sold": [own]},
    )
    client = StoreClient(store.url, "1", "token")
    sim, scanned = SimLabelScanner(), queue.SimpleQueue[LabelFact]()
    reader = open_label_reader(sim.uri, "scanner", client.articles_sold)
    reader.start(scanned.put)
    assert isinstance(scanned.get(timeout=10), ReaderUp)
    sim.scan("01408911")
    fact = scanned.get(timeout=10)
    assert isinstance(fact, LabelScanned)
    assert fact.gtin == own
    store.replies.clear()
    sim.scan("01408911")
    fact = scanned.get(timeout=10)
    assert isinstance(fact, LabelScanned)
    assert fact.gtin == "00014100000891", "without an answer an 8-digit code that begins with 0 is a UPC-E"
    reader.close()
    sim.close()
    client.close()


def test_without_a_store_the_notice_does_not_call_the_piece_foreign(
    store: LoopbackStore, rig: MirrorRig, scanner: SimLabelScanner
) -> None:
    store.replies[("POST", "/pieces")] = lambda _: (503, {})
    scanner.scan(GTIN)
    rig.seen.until(lambda scene: scene.notice is Notice.TAP_UNREADABLE)


def test_a_garments_nfc_tag_on_the_card_reader_is_a_piece() -> None:
    def laid(link: str | None) -> object:
        return tap_event(CardTap("mirror", CardKind.NDEF, "04A1B2C3D4E580", link, 5))

    assert laid(f"https://id.gs1.org/01/{GTIN}/21/7") == PieceScanned(5, ScannedId(f"{GTIN}.7"))
    chip = laid(f"https://id.gs1.org/01/{GTIN}")
    assert chip == PieceScanned(5, ScannedId(f"{GTIN}.04A1B2C3D4E580")), "the chip's number is the serial"
    for link in (
        None,
        "",
        "https://house.example/m?picc_data=EF96",
        f"https://house.example/01/{GTIN[:-1]}9",
    ):
        assert isinstance(laid(link), CardTapped), link


@pytest.mark.parametrize(
    ("fact", "event"),
    [
        (LabelRefused("s", "no label", 7), TapFailed(7, TapFailure.UNREADABLE)),
        (LabelRefused("s", "no label", 7, "SHIRT 7/M"), PieceScanned(7, ScannedId("SHIRT 7/M"))),
        (LabelScanned("s", GTIN, "a serial too long for an EPC", 7), TapFailed(7, TapFailure.UNREADABLE)),
        (LabelScanned("s", GTIN, "~1", 7), TapFailed(7, TapFailure.UNREADABLE)),
        (LabelScanned("s", GTIN, None, 7), PieceScanned(7, ScannedId(GTIN))),
        (LabelScanned("s", GTIN, "A/1.2", 7), PieceScanned(7, ScannedId(f"{GTIN}.A/1.2"))),
        (ReaderUp("s", 7), None),
    ],
)
def test_reports_of_the_scanner_become_events(fact: LabelFact, event: object) -> None:
    assert scan_event(fact) == event
