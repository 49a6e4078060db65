"""Notes about fields that a reader does not send, from the watch itself and over real connections."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.drivers.tag_reader import open_tag_reader
from hardware.impinj.reader import ImpinjReader
from hardware.llrp.reader import LlrpReader
from hardware.llrp.settings import LlrpSettings
from hardware.ports import NoteKind, RadioFact, ReaderNote, ReaderUp, TagRead, TagReader, TagReads
from hardware.sim.radio.field import Tag
from hardware.sim.radio.impinj.reader import SimImpinjReader
from hardware.sim.radio.impinj.state import ImpinjHabits
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader
from hardware.watches.field_watch import LLRP_FIELDS, FieldWatch
from tests.contracts.impinj_rigs import QUICK_OWN
from tests.hardware.fact_log import FactLog
from tests.hardware.network.tls_front import identity

EPC = "3074257BF7194E4000001A85"
SECOND_US = 1_000_000
QUICK = LlrpSettings(connect_s=0.5)


class Watched:
    """A watch and what it posted."""

    def __init__(self, antennas: Sequence[int] = ()) -> None:
        self.facts: list[RadioFact] = []
        self.watch = FieldWatch("r", self.facts.append, LLRP_FIELDS, antennas)

    def read(self, at_s: float, antenna: int | None = 2, rssi_dbm: float | None = -50.0) -> None:
        self.watch(TagReads("r", (TagRead(EPC, antenna, rssi_dbm, round(at_s * SECOND_US)),)))

    @property
    def notes(self) -> list[tuple[NoteKind, bool]]:
        return [(fact.kind, fact.over) for fact in self.facts if isinstance(fact, ReaderNote)]

    @property
    def antennas(self) -> list[int | None]:
        return [read.antenna for fact in self.facts if isinstance(fact, TagReads) for read in fact.reads]


def test_a_missing_field_is_noted_once_and_ends_when_it_comes_again() -> None:
    watched = Watched((1, 2, 3, 4))
    for second in range(5):
        watched.read(second, antenna=None)
    assert watched.notes == [(NoteKind.ANTENNA, False)]
    (note,) = [fact for fact in watched.facts if isinstance(fact, ReaderNote)]
    assert note.text == (
        "sends no antenna number; its 4 antennas cannot be told apart; switch on AntennaID in its reports"
    )
    for second in range(5, 14):
        watched.read(second)
    assert watched.notes == [(NoteKind.ANTENNA, False)], "for 9 s the reads had it"
    watched.read(14)
    assert watched.notes == [(NoteKind.ANTENNA, False), (NoteKind.ANTENNA, True)]


def test_missing_strength_is_another_note() -> None:
    watched = Watched()
    watched.read(1, rssi_dbm=None)
    watched.read(2, antenna=None, rssi_dbm=None)
    assert watched.notes == [(NoteKind.SIGNAL, False), (NoteKind.ANTENNA, False)]


def test_a_new_connection_ends_the_notes() -> None:
    watched = Watched()
    watched.read(1, rssi_dbm=None)
    watched.watch(ReaderUp("r", 2 * SECOND_US))
    watched.read(3, rssi_dbm=None)
    assert watched.notes == [(NoteKind.SIGNAL, False)] * 2


def test_complete_reads_give_no_note() -> None:
    watched = Watched((1, 2))
    for second in range(30):
        watched.read(second)
    assert watched.notes == []


def test_the_only_antenna_of_the_settings_is_the_antenna_of_the_reads() -> None:
    watched = Watched((3,))
    watched.read(1, antenna=None)
    watched.read(2, antenna=3)
    assert watched.antennas == [3, 3]
    assert watched.notes == []


@given(
    st.lists(st.tuples(st.none() | st.integers(1, 4), st.none() | st.floats(-90, -20)), max_size=40),
    st.sampled_from([(), (1, 2), (1, 2, 3, 4)]),
)
def test_no_value_is_invented(
    fields: list[tuple[int | None, float | None]], antennas: tuple[int, ...]
) -> None:
    watched = Watched(antennas)
    for second, (antenna, rssi_dbm) in enumerate(fields):
        watched.read(second, antenna, rssi_dbm)
    seen = [read for fact in watched.facts if isinstance(fact, TagReads) for read in fact.reads]
    assert [(read.antenna, read.rssi_dbm) for read in seen] == fields


def posted(reader: TagReader, kinds: set[NoteKind]) -> FactLog:
    """The facts of a reader until it posted notes of these kinds."""
    facts = FactLog()
    reader.start(facts)
    try:
        facts.wait(lambda seen: {f.kind for f in seen if isinstance(f, ReaderNote)} == kinds, str(kinds), 20)
        facts.wait_count(TagReads, 5)
    finally:
        reader.close()
    assert sum(isinstance(fact, ReaderNote) for fact in facts.facts) == len(kinds), "each is posted once"
    return facts


def test_llrp_reports_without_the_fields() -> None:
    model = ReaderModel(sends_antenna=False, sends_rssi=False, sends_timestamp=False)
    with SimLlrpReader(model) as sim:
        sim.place(EPC, antenna=3, rate_hz=100)
        facts = posted(LlrpReader("r", "127.0.0.1", sim.port, QUICK), {NoteKind.ANTENNA, NoteKind.SIGNAL})
    assert {(read.antenna, read.rssi_dbm) for read in facts.reads()} == {(None, None)}
    (note,) = [f for f in facts.facts if isinstance(f, ReaderNote) and f.kind is NoteKind.ANTENNA]
    assert "its 4 antennas" in note.text


@pytest.mark.parametrize(
    ("model", "settings", "antenna"),
    [
        (ReaderModel(sends_antenna=False), LlrpSettings(antennas=(3,)), 3),
        (ReaderModel(antennas=1, sends_antenna=False), LlrpSettings(), 1),
    ],
)
def test_llrp_with_a_single_antenna_needs_no_number(
    model: ReaderModel, settings: LlrpSettings, antenna: int
) -> None:
    with SimLlrpReader(model) as sim:
        sim.place(EPC, antenna=antenna, rate_hz=100)
        facts = posted(LlrpReader("r", "127.0.0.1", sim.port, settings), set())
    assert {read.antenna for read in facts.reads()} == {antenna}


def test_impinj_events_without_the_fields(tmp_path: Path) -> None:
    made = identity(tmp_path)
    sim = SimImpinjReader(made.server(), habits=ImpinjHabits(omitted_fields=("antennaPort", "peakRssiCdbm")))
    sim.place(Tag(EPC, 2, rate_hz=100))
    try:
        reader = ImpinjReader("r", "127.0.0.1", sim.port, made.client(), QUICK_OWN)
        facts = posted(reader, {NoteKind.ANTENNA, NoteKind.SIGNAL})
    finally:
        sim.close()
    assert {(read.antenna, read.rssi_dbm) for read in facts.reads()} == {(None, None)}
    assert any(
        "antennaPort in eventConfig.tagInventory" in f.text for f in facts.facts if isinstance(f, ReaderNote)
    )


def test_recorded_reads_without_the_fields(tmp_path: Path) -> None:
    record = tmp_path / "reads.jsonl"
    record.write_text(
        "".join(
            f'{{"epc": "{EPC}", "antenna": null, "rssi_dbm": null, "at": "2026-03-02T10:00:00.{ms:03d}Z"}}\n'
            for ms in range(0, 100, 10)
        )
    )
    facts = posted(open_tag_reader(f"replay://{record}", "r"), {NoteKind.ANTENNA, NoteKind.SIGNAL})
    assert {(read.antenna, read.rssi_dbm) for read in facts.reads()} == {(None, None)}
