"""The promises of `hardware.ports.TagReader`, each held against every driver there is.

A driver enters this suite as a `Rig`: how to make it, how to lose its reader and how to bring that back.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hardware.epc import encode
from hardware.impinj.reader import ImpinjReader, ImpinjSettings
from hardware.llrp.reader import LlrpReader
from hardware.llrp.settings import LlrpSettings
from hardware.open import open_tag_reader
from hardware.ports import ReaderDown, ReaderUp, TagReader, TagReads
from hardware.sim.cards_file import NamedCard, make_card
from hardware.sim.cards_pad import SimCardPad
from hardware.sim.field import Tag
from hardware.sim.impinj_reader import SimImpinjReader
from hardware.sim.reader import SimReader
from hardware.supervise import Backoff
from tests.hardware.fact_log import FactLog
from tests.hardware.tls_front import TlsFront, identity

EPC = "3074257BF7194E4000001A85"
# the same promises with shorter patience, so that the suite is quick
QUICK = LlrpSettings(keepalive_ms=100, probe_s=0.2, silence_s=0.4, connect_s=0.5, backoff=Backoff(0.02, 0.1))

QUICK_IMPINJ = ImpinjSettings(
    password="impinj", probe_s=0.3, answer_s=0.5, connect_s=0.5, backoff=Backoff(0.02, 0.1)
)


@dataclass
class Rig:
    """One driver with its surroundings. `lose` and `mend` are None where there is nothing that could be lost."""

    make: Callable[[], TagReader]
    lose: Callable[[], object] | None = None
    mend: Callable[[], object] | None = None
    away: Callable[[], TagReader] | None = None
    closers: list[Callable[[], None]] = field(default_factory=list)
    seen: tuple[str, int] = (EPC, 2)


def llrp_rig(tmp_path: Path) -> Rig:
    sim = SimReader().start()
    sim.place(EPC, antenna=2, rate_hz=50)
    return Rig(
        lambda: LlrpReader("r", "127.0.0.1", sim.port, QUICK),
        lambda: sim.do({"do": "pull"}),
        lambda: sim.do({"do": "plug"}),
        lambda: LlrpReader("r", "127.0.0.1", 1, QUICK),
        [sim.close],
    )


def llrp_frozen_rig(tmp_path: Path) -> Rig:
    rig = llrp_rig(tmp_path)
    sim: SimReader = rig.closers[0].__self__  # type: ignore[attr-defined]
    rig.lose = lambda: sim.do({"do": "freeze"})
    return rig


def llrps_rig(tmp_path: Path) -> Rig:
    sim = SimReader().start()
    sim.place(EPC, antenna=2, rate_hz=50)
    made = identity(tmp_path)
    front = TlsFront(made.server(), sim.port)
    return Rig(
        lambda: LlrpReader("r", "127.0.0.1", front.port, QUICK, made.client()),
        lambda: sim.do({"do": "pull"}),
        lambda: sim.do({"do": "plug"}),
        lambda: LlrpReader("r", "127.0.0.1", 1, QUICK, made.client()),
        [sim.close, front.close],
    )


def impinj_rig(tmp_path: Path) -> Rig:
    made = identity(tmp_path)
    sim = SimImpinjReader(made.server())
    sim.place(Tag(EPC, 2, rate_hz=50))
    return Rig(
        lambda: ImpinjReader("r", "127.0.0.1", sim.port, made.client(), QUICK_IMPINJ),
        sim.pull,
        sim.plug,
        lambda: ImpinjReader("r", "127.0.0.1", 1, made.client(), QUICK_IMPINJ),
        [sim.close],
    )


def impinj_frozen_rig(tmp_path: Path) -> Rig:
    rig = impinj_rig(tmp_path)
    sim: SimImpinjReader = rig.closers[0].__self__  # type: ignore[attr-defined]
    rig.lose = sim.freeze
    return rig


def sim_rig(tmp_path: Path) -> Rig:
    return Rig(lambda: open_tag_reader(f"sim://field?tags={EPC}@2", "r"))


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
        lambda: pads.carry_out({"do": "unplug"}),
        lambda: pads.carry_out({"do": "plug"}),
        lambda: open_tag_reader("sim://127.0.0.1:1", "r"),
        [pads.close],
        (encode("80614141123458", 6789), 1),
    )


RIGS = {
    "pad": pad_rig,
    "llrp": llrp_rig,
    "llrp-frozen": llrp_frozen_rig,
    "llrps": llrps_rig,
    "impinj": impinj_rig,
    "impinj-frozen": impinj_frozen_rig,
    "sim": sim_rig,
    "replay": replay_rig,
}


@pytest.fixture(params=sorted(RIGS))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = RIGS[request.param](tmp_path)
    yield made
    for close in made.closers:
        close()


@pytest.fixture
def facts() -> FactLog:
    return FactLog()


def opened() -> tuple[int, int]:
    """Threads and descriptors of this process."""
    return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))


def test_it_is_up_first_and_then_reads(rig: Rig, facts: FactLog) -> None:
    reader = rig.make()
    reader.start(facts)
    seen = facts.wait_count(TagReads, 3)
    reader.close()
    assert isinstance(seen[0], ReaderUp)
    assert {fact.reader for fact in seen} == {"r"}
    assert {(read.epc, read.antenna) for read in facts.reads()} == {rig.seen}
    assert all(-100 <= read.rssi_dbm <= 0 for read in facts.reads())


def test_reads_are_stamped_by_our_clock_oldest_first(rig: Rig, facts: FactLog) -> None:
    reader = rig.make()
    before = time.time_ns() // 1000 - 1_000_000
    reader.start(facts)
    facts.wait_count(TagReads, 5)
    reader.close()
    stamps = [read.at_us for read in facts.reads()]
    assert before <= min(stamps)
    assert max(stamps) <= time.time_ns() // 1000
    for fact in facts.facts:
        if isinstance(fact, TagReads):
            inside = [read.at_us for read in fact.reads]
            assert inside == sorted(inside)


def test_start_returns_at_once_and_close_within_two_seconds(rig: Rig, facts: FactLog) -> None:
    for make in filter(None, (rig.make, rig.away)):
        reader = make()
        began = time.monotonic()
        reader.start(facts)
        assert time.monotonic() - began < 0.5
        began = time.monotonic()
        reader.close()
        assert time.monotonic() - began < 2.0


def test_facts_come_from_one_thread_and_none_after_close(rig: Rig, facts: FactLog) -> None:
    reader = rig.make()
    reader.start(facts)
    facts.wait_count(TagReads, 3)
    reader.close()
    count = len(facts.facts)
    assert len(facts.threads) == 1
    assert threading.get_ident() not in facts.threads
    assert not any(thread.ident in facts.threads for thread in threading.enumerate())
    assert len(facts.facts) == count


def test_close_leaves_no_thread_and_no_descriptor_and_may_be_called_twice(rig: Rig, facts: FactLog) -> None:
    before = opened()
    for _ in range(3):
        reader = rig.make()
        reader.start(facts)
        facts.wait_count(ReaderUp)
        reader.close()
        reader.close()
        assert not any(thread.name == "reader r" for thread in threading.enumerate())
    # the simulated reader on the other side may hold the last connection a moment longer
    deadline = time.monotonic() + 5
    while any(now > then for now, then in zip(opened(), before, strict=True)) and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert all(now <= then for now, then in zip(opened(), before, strict=True))


def test_a_driver_that_was_never_started_can_be_closed(rig: Rig) -> None:
    reader = rig.make()
    assert reader.name == "r"
    reader.close()


def test_a_loss_is_told_once_and_healed(rig: Rig, facts: FactLog) -> None:
    if rig.lose is None or rig.mend is None:
        assert rig.mend is None  # nothing that could be lost
        return
    reader = rig.make()
    reader.start(facts)
    for turn in range(1, 4):
        facts.wait_count(ReaderUp, turn)
        rig.lose()
        facts.wait_count(ReaderDown, turn)
        rig.mend()
    facts.wait_count(ReaderUp, 4)
    reader.close()
    changes = [type(fact) for fact in facts.facts if not isinstance(fact, TagReads)]
    assert changes == [ReaderUp, ReaderDown] * 3 + [ReaderUp]


def test_a_reader_that_was_never_there_is_told_once(rig: Rig, facts: FactLog) -> None:
    if rig.away is None:
        assert rig.lose is None or rig.mend is not None
        return
    reader = rig.away()
    reader.start(facts)
    facts.wait_count(ReaderDown)
    # several more tries go by in silence
    assert not threading.Event().wait(0.3)
    reader.close()
    (down,) = facts.facts
    assert isinstance(down, ReaderDown)
    assert down.why
