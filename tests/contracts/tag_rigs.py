"""Rigs for the suite of tag readers: how to make each driver, how to lose its reader and how to restore it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from hardware.drivers.card_reader import open_card_reader
from hardware.drivers.tag_reader import open_tag_reader
from hardware.epc.codec import encode
from hardware.labels.key_strokes import KeyStrokeDecoder
from hardware.labels.nfc_tag_reader import NfcTagReader
from hardware.labels.scan_decoders import LineDecoder
from hardware.labels.scanner import LabelScanner
from hardware.labels.scanner_tag_reader import ScannerTagReader
from hardware.labels.scans import ScanDecoder
from hardware.llrp.reader import LlrpReader
from hardware.llrp.settings import LlrpSettings
from hardware.ports import TagReader
from hardware.replay.reader import ReplayReader
from hardware.sim.cards.card_file import NamedCard, make_card
from hardware.sim.cards.pad import SimCardPad
from hardware.sim.label_scanner import SimLabelScanner
from hardware.sim.radio.field import Tag, TagField
from hardware.sim.radio.field_reader import TagFieldReader
from hardware.sim.radio.llrp_reader import SimLlrpReader
from hardware.supervision.supervise import Backoff
from tests.hardware.labels.key_strokes import strokes
from tests.hardware.network.tls_front import TlsFront, identity

EPC = "3074257BF7194E4000001A85"
# shorter times, so that the suite is quick
QUICK = LlrpSettings(keepalive_ms=100, probe_s=0.2, silence_s=0.4, connect_s=0.5, backoff=Backoff(0.02, 0.1))


@dataclass
class Rig:
    """One driver. `lose` and `mend` are None if its reader cannot be lost; `seen`: EPC and antenna of its reads."""

    make: Callable[[], TagReader]
    lose: Callable[[], object] | None = None
    mend: Callable[[], object] | None = None
    away: Callable[[], TagReader] | None = None
    closers: list[Callable[[], None]] = field(default_factory=list)
    seen: tuple[str, int] = (EPC, 2)
    faulty: Callable[[Iterator[BaseException]], TagReader] | None = None
    """Makes a driver whose code raises the next of these errors while it handles what was read; then none."""


Driver = TypeVar("Driver")


def with_faults(driver: type[Driver], method: str, errors: Iterator[BaseException]) -> type[Driver]:
    """Planted: a driver with a bug, a method that raises these errors, one at each call, before it works."""
    works = getattr(driver, method)

    def raises(self: Driver, *args: Any, **named: Any) -> Any:
        for error in errors:
            raise error
        return works(self, *args, **named)

    return type(f"Faulty{driver.__name__}", (driver,), {method: raises})


def llrp_rig(tmp_path: Path) -> Rig:
    sim = SimLlrpReader().start()
    sim.place(EPC, antenna=2, rate_hz=50)
    return Rig(
        lambda: LlrpReader("r", "127.0.0.1", sim.port, QUICK),
        lambda: sim.do({"do": "pull"}),
        lambda: sim.do({"do": "plug"}),
        lambda: LlrpReader("r", "127.0.0.1", 1, QUICK),
        [sim.close],
        faulty=lambda errors: with_faults(LlrpReader, "_handle_chunk", errors)(
            "r", "127.0.0.1", sim.port, QUICK
        ),
    )


def llrp_frozen_rig(tmp_path: Path) -> Rig:
    rig = llrp_rig(tmp_path)
    sim: SimLlrpReader = rig.closers[0].__self__  # type: ignore[attr-defined]
    rig.lose = lambda: sim.do({"do": "freeze"})
    return rig


def llrps_rig(tmp_path: Path) -> Rig:
    sim = SimLlrpReader().start()
    sim.place(EPC, antenna=2, rate_hz=50)
    made = identity(tmp_path)
    front = TlsFront(made.server(), sim.port)
    return Rig(
        lambda: LlrpReader("r", "127.0.0.1", front.port, QUICK, made.client()),
        lambda: sim.do({"do": "pull"}),
        lambda: sim.do({"do": "plug"}),
        lambda: LlrpReader("r", "127.0.0.1", 1, QUICK, made.client()),
        [sim.close, front.close],
        faulty=lambda errors: with_faults(LlrpReader, "_handle_chunk", errors)(
            "r", "127.0.0.1", front.port, QUICK, made.client()
        ),
    )


def sim_rig(tmp_path: Path) -> Rig:
    def faulty(errors: Iterator[BaseException]) -> TagReader:
        field = with_faults(TagField, "read", errors)(0)
        field.place(Tag(EPC, 2), 0.0)
        return TagFieldReader("r", field)

    return Rig(lambda: open_tag_reader(f"sim://field?tags={EPC}@2", "r"), faulty=faulty)


def replay_rig(tmp_path: Path) -> Rig:
    record = tmp_path / "reads.jsonl"
    record.write_text(
        "".join(
            f'{{"epc":"{EPC}","antenna":2,"rssi_dbm":-50,"at":"2026-01-01T00:00:00.{ms:03d}000Z"}}\n'
            for ms in range(0, 100, 10)
        )
    )
    return Rig(
        lambda: open_tag_reader(f"replay://{record}?loop=yes", "r"),
        away=lambda: open_tag_reader(f"replay://{tmp_path}/none.jsonl", "r"),
        faulty=lambda errors: with_faults(ReplayReader, "_play", errors)("r", str(record), loop=True),
    )


def pad_rig(tmp_path: Path) -> Rig:
    pads = SimCardPad(())
    pads.start()
    tag = {
        "kind": "ndef",
        "uid": "04A1B2C3D4E580",
        "link_base": "https://id.gs1.org/01/80614141123458/21/6789",
    }
    pads.pad().lay(NamedCard("shirt", "ndef", make_card(tag).card))
    return Rig(
        lambda: open_tag_reader(pads.uri(), "r"),
        lambda: pads.execute({"do": "unplug"}),
        lambda: pads.execute({"do": "plug"}),
        lambda: open_tag_reader("sim://127.0.0.1:1", "r"),
        [pads.close],
        (encode("80614141123458", 6789), 1),
        lambda errors: with_faults(NfcTagReader, "_run", errors)("r", open_card_reader(pads.uri(), "r")),
    )


class RepeatedScan:
    """Scans one label repeatedly in a thread."""

    def __init__(self, scanner: SimLabelScanner, octets: bytes) -> None:
        self._scanner, self._octets = scanner, octets
        self._lock, self._end = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._type)
        self._thread.start()

    def _type(self) -> None:
        while not self._end.wait(0.02):
            with self._lock:
                self._scanner.send(self._octets)

    def unplug(self) -> None:
        with self._lock:
            self._scanner.unplug()

    def plug(self) -> None:
        with self._lock:
            self._scanner.plug()

    def close(self) -> None:
        self._end.set()
        self._thread.join()
        self._scanner.close()


def _no_setting(_device: int) -> None:
    """The simulated scanner's device needs no setting."""


def scanner_rig(scheme: str, octets: bytes, decoder: Callable[[], ScanDecoder]) -> Rig:
    scanner = SimLabelScanner()
    scan = RepeatedScan(scanner, octets)
    return Rig(
        lambda: open_tag_reader(f"{scheme}://{scanner.path}", "r"),
        scan.unplug,
        scan.plug,
        lambda: open_tag_reader(f"{scheme}://{scanner.path}/none", "r"),
        [scan.close],
        (encode("80614141123458", 6789), 1),
        lambda errors: ScannerTagReader(
            with_faults(LabelScanner, "_fact", errors)("r", str(scanner.path), _no_setting, decoder)
        ),
    )


def serial_rig(_: Path) -> Rig:
    return scanner_rig("serial", b"018061414112345821" + b"6789\r", LineDecoder)


def keyboard_rig(_: Path) -> Rig:
    return scanner_rig("keyboard", strokes("018061414112345821" + "6789"), KeyStrokeDecoder)


RIGS = {
    "serial": serial_rig,
    "keyboard": keyboard_rig,
    "pad": pad_rig,
    "llrp": llrp_rig,
    "llrp-frozen": llrp_frozen_rig,
    "llrps": llrps_rig,
    "sim": sim_rig,
    "replay": replay_rig,
}
