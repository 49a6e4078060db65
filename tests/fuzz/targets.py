"""Fuzzing targets: each takes any bytes and raises nothing but the typed errors of its own code.

Run by the fuzzer (`fuzz.py`) in the peers' environment and by the replay of the seeds in ours, so it imports nothing
of the tests.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from typing import Any, Final

from hardware.commands.decode import tag_fields
from hardware.drivers.tag_reader import DRIVERS
from hardware.drivers.uri.address import Local, parse
from hardware.epc.serial import is_serial
from hardware.errors import HardwareError
from hardware.json_text import json_values
from hardware.labels.key_strokes import KeyStrokeDecoder
from hardware.labels.keyboard_layouts import LAYOUTS
from hardware.labels.label import read_label
from hardware.labels.scan_decoders import LineDecoder
from hardware.labels.setup_code import setup_of
from hardware.pcsc.card_reading import read_card
from hardware.pcsc.ev2 import Ev2Authentication, RemoteDialogue
from hardware.pcsc.keys import FixedKeys, ShopKeys
from hardware.pcsc.ndef import first_link, message_in_tlv
from hardware.pcsc.personalise import personalise
from hardware.pcsc.tap_assessment import KnownCard, ProofLevel, assess_tap
from hardware.sim.radio.zebra.web_socket_frames import accept_key
from hardware.zebra.event_intake import EventIntake
from hardware.zebra.operating_mode import shortcomings
from hardware.zebra.reader_state import reader_state
from hardware.zebra.web_socket import WebSocketClient
from kiosk.core.domain import payment, service_request, shopper
from kiosk.core.visit import effects, events
from kiosk.core.wire import WireError, from_json, to_json

SHOP: Final = ShopKeys(bytes(range(16)))
UID: Final = "04A1B2C3D4E580"
STORAGE_ATR: Final = bytes.fromhex("3B8F8001804F0CA0000003060300030000000068")
LINK: Final = "https://house.example/m"
_KEY_EVENT: Final = struct.Struct("llHHi")
Target = Callable[[bytes], object]
EVENTS: Final = tuple(
    kind
    for room in (events, effects, payment, service_request, shopper)
    for kind in vars(room).values()
    if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__")
)


def responses(raw: bytes) -> Iterator[bytes]:
    """Bytes as responses: one byte of length, then up to that many bytes."""
    at = 0
    while at < len(raw):
        yield raw[at + 1 : at + 1 + raw[at]]
        at += 1 + raw[at]


def cards(raw: bytes) -> None:
    """A card with these responses: read, authenticated, personalised; then as an NDEF message and as a link."""
    if not raw:
        return
    which, rest = raw[0] % 7, raw[1:]
    try:
        _CARDS[which](rest)
    except HardwareError:
        return


def _read_type4(raw: bytes) -> None:
    _run_reading(read_card(b"\x3b\x00"), raw)


def _read_storage_card(raw: bytes) -> None:
    _run_reading(read_card(STORAGE_ATR), raw)


def _run_reading(dialogue: Any, raw: bytes) -> None:
    next(dialogue)
    for answer in responses(raw):
        try:
            dialogue.send(answer)
        except StopIteration:
            return
    dialogue.close()


def _authenticate(raw: bytes) -> None:
    _run_dialogue(Ev2Authentication(UID, bytes(16), rnd_a=bytes(16)), raw)


def _personalise(raw: bytes) -> None:
    _run_dialogue(RemoteDialogue(personalise(UID, SHOP, LINK, bytes(16))), raw)


def _run_dialogue(dialogue: RemoteDialogue[Any], raw: bytes) -> None:
    dialogue.start()
    for answer in responses(raw):
        if not isinstance(dialogue.next(answer), bytes):
            return


def _tlv(raw: bytes) -> None:
    message = message_in_tlv(raw)
    if message:
        first_link(message)


def _link(raw: bytes) -> None:
    """With factory keys, under which a fuzzer may find a valid link; its counter is then too low."""
    assessment = assess_tap("", raw.decode("latin-1"), FixedKeys(), lambda uid: KnownCard(uid, 1 << 24))
    assert assessment.level < ProofLevel.PROVED


_CARDS: Final[tuple[Callable[[bytes], object], ...]] = (
    _read_type4,
    _read_storage_card,
    _authenticate,
    _personalise,
    first_link,
    _tlv,
    _link,
)


def labels(raw: bytes) -> None:
    """A scanner that sends these bytes, as a text, over a serial port, and as keys (code and modifiers in turn)."""
    text = raw.decode("utf-8", "replace")
    tag_fields(text)
    for sent in (False, True):
        try:
            label = read_label(text, separators_sent=sent)
        except HardwareError:
            continue
        assert label.serial is None or is_serial(label.serial)
    line, keys = LineDecoder(), KeyStrokeDecoder(LAYOUTS["us-intl"])
    events = b"".join(
        _KEY_EVENT.pack(0, 0, 1, code, value % 3) for code, value in zip(raw[::2], raw[1::2], strict=False)
    )
    scans = [*line.feed(raw), *line.pause(), *keys.feed(raw), *keys.feed(events), *keys.pause()]
    for scan in scans[:4]:
        setup_of(scan)


def wire(raw: bytes) -> None:
    """A request body or stream message; what is accepted survives encoding and decoding."""
    if not raw:
        return
    kind = EVENTS[raw[0] % len(EVENTS)]
    try:
        said = json.loads(raw[1:])
    except (ValueError, RecursionError):
        return
    try:
        value = from_json(kind, said)
    except WireError:
        return
    assert from_json(kind, to_json(value)) == value or "NaN" in repr(said) or "nan" in repr(said)


def zebra(raw: bytes) -> None:
    """A Zebra reader that sends this as a message, inside an event, as its status, its mode or over its WebSocket."""
    if not raw:
        return
    which, rest = raw[0] % 4, raw[1:]
    intake = EventIntake("r", (1,))
    match which:
        case 0:
            intake.take(rest, 1_800_000_000_000_000)
        case 1:
            intake.take(b'{"data":{"idHex":"30","eventNum":1},"timestamp":"2026-01-01T00:00:00Z"}' + rest, 0)
        case 2:
            for value in json_values(rest)[0]:
                intake.antenna_notes(reader_state(value), 0)
                list(shortcomings(value if isinstance(value, dict) else {}))
        case _:
            _web_socket(rest)


def _web_socket(raw: bytes) -> None:
    link = WebSocketClient("reader", "/ws", "Bearer t")
    key = link.request.partition(b"Sec-WebSocket-Key: ")[2].partition(b"\r\n")[0].decode()
    head = "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    try:
        if not raw.startswith(b"HTTP"):
            link.feed(f"{head}Sec-WebSocket-Accept: {accept_key(key)}\r\n\r\n".encode())
        link.feed(raw)
    except HardwareError:
        return


def addresses(raw: bytes) -> None:
    """The rest of an address after :// for one of the drivers; an accepted host and port can be used."""
    if not raw:
        return
    driver = DRIVERS[tuple(DRIVERS)[raw[0] % len(DRIVERS)]]
    uri = f"{driver.scheme}://{raw[1:].decode('utf-8', 'replace')}"
    try:
        address = parse(uri, driver)
    except HardwareError:
        return
    assert isinstance(driver.place, Local) or (address.host and 1 <= address.port <= 65535)


TARGETS: Final[dict[str, Target]] = {
    "addresses": addresses, "cards": cards, "labels": labels, "wire": wire, "zebra": zebra,
}  # fmt: skip
