"""A simulated Zebra reader with one tag, its driver, and the facts of the driver."""

from __future__ import annotations

from hardware.ports import NoteKind, ReaderDown, ReaderNote
from hardware.sim.radio.field import Tag
from hardware.sim.radio.zebra.reader import SimZebraReader
from hardware.zebra.reader import ZebraReader
from hardware.zebra.settings import ZebraSettings
from tests.contracts.zebra_rigs import QUICK_ZEBRA as QUICK
from tests.hardware.fact_log import FactLog

EPC = "3074257BF7194E4000001A85"


class Bench:
    """The tag is at antenna 2."""

    def __init__(self) -> None:
        self.sim = SimZebraReader()
        self.sim.place(Tag(EPC, 2, rate_hz=50))
        self.facts = FactLog()
        self._open: list[ZebraReader] = []

    def start(self, settings: ZebraSettings = QUICK) -> None:
        reader = ZebraReader("r", "127.0.0.1", self.sim.port, None, settings)
        self._open.append(reader)
        reader.start(self.facts)

    def notes(self) -> list[ReaderNote]:
        return [fact for fact in list(self.facts.facts) if isinstance(fact, ReaderNote)]

    def wait_note(self, kind: NoteKind, *, over: bool = False) -> ReaderNote:
        def found() -> list[ReaderNote]:
            return [note for note in self.notes() if (note.kind, note.over) == (kind, over)]

        self.facts.wait(lambda _: bool(found()), f"note {kind.value}")
        return found()[0]

    def why(self) -> str:
        facts = self.facts.wait_count(ReaderDown)
        return next(fact.why for fact in facts if isinstance(fact, ReaderDown))

    def close(self) -> None:
        for reader in self._open:
            reader.close()
        self.sim.close()
