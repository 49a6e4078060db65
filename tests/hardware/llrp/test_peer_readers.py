"""LLRP client against readers with other codecs: llrpjs and pyllrp, each a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hardware.llrp.reader import LlrpReader
from hardware.llrp.settings import LlrpSettings
from hardware.ports import ReaderDown, ReaderUp, TagReads
from hardware.supervision.supervise import Backoff
from tests.hardware.fact_log import FactLog
from tests.peers import environment

TAGS = ["3074257BF7194E4000001A85", "30395DFA8324680000000001"]
LONG = "36D4257BF7194E58B266D1A800000000000000000000000000"
SETTINGS = LlrpSettings(keepalive_ms=300, probe_s=0.8, silence_s=1.6, backoff=Backoff(0.05, 0.3))

PEERS = [
    pytest.param(
        "llrpjs",
        marks=pytest.mark.skipif(environment.node_modules() is None, reason=environment.WHY_NO_NODE),
    ),
    pytest.param(
        "pyllrp", marks=pytest.mark.skipif(environment.python() is None, reason=environment.WHY_ABSENT)
    ),
]


@pytest.fixture
def facts() -> FactLog:
    return FactLog()


class Session:
    """One peer reader with our client connected."""

    def __init__(self, peer: str, facts: FactLog, **options: Any) -> None:
        self.peer = environment.PeerReader(peer, **{"tags": TAGS, **options})
        self.facts = facts

    def __enter__(self) -> Session:
        self.peer.__enter__()
        self.reader = LlrpReader("peer", "127.0.0.1", self.peer.port, SETTINGS)
        self.reader.start(self.facts)
        return self

    def __exit__(self, *error: Any) -> None:
        self.reader.close()
        self.peer.__exit__(*error)


CASES: dict[str, dict[str, Any]] = {
    "as the standard has it": {},
    "one byte a packet": {"cut": 1},
    "three bytes a packet": {"cut": 3},
    "a hundred reports in a packet": {"hz": 5, "tags": TAGS * 50},
    "uptime stamps": {"uptime": True},
    "vendors' parameters": {"custom": True},
    "reports held until asked": {"hold": True},
    "no keep-alives": {"no_keepalive": True},
    "another client for a while": {"busy_for": 3},
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("peer", PEERS)
def test_reads_arrive(peer: str, case: str, facts: FactLog) -> None:
    with Session(peer, facts, **CASES[case]):
        facts.wait(lambda _: len(facts.reads()) >= 4, "four reads", 20)
    assert {(read.epc, read.antenna, read.rssi_dbm) for read in facts.reads()} == {
        (epc, 3, -61.0) for epc in TAGS
    }


@pytest.mark.parametrize("peer", PEERS)
def test_missing_parameters_stay_unknown(peer: str, facts: FactLog) -> None:
    with Session(peer, facts, sparse=True):
        facts.wait_count(TagReads, 2, 20)
    assert {(read.epc, read.antenna, read.rssi_dbm) for read in facts.reads()} == {
        (epc, None, None) for epc in TAGS
    }


@pytest.mark.parametrize("peer", PEERS)
def test_epcs_of_other_lengths_are_read(peer: str, facts: FactLog) -> None:
    longer = [LONG, "3074257BF7194E4000001A85" + "00" * 4, "AB"]
    with Session(peer, facts, tags=longer, epc_bits=True):
        facts.wait(lambda _: {read.epc for read in facts.reads()} == set(longer), "the three lengths", 20)


@pytest.mark.parametrize("peer", PEERS)
def test_a_refused_rospec_is_posted_with_its_field(peer: str, facts: FactLog) -> None:
    with Session(peer, facts, refuse_rospec=True):
        (down, *_) = facts.wait_count(ReaderDown, 1, 20)
    assert "trigger not supported" in down.why
    assert "parameter 177, field 3" in down.why


@pytest.mark.parametrize("peer", PEERS)
def test_another_client_is_named_as_the_reason(peer: str, facts: FactLog) -> None:
    with Session(peer, facts, busy_for=3):
        first, second = facts.wait_count(ReaderUp, 1, 20)[:2]
    assert isinstance(first, ReaderDown)
    assert "another client" in first.why
    assert isinstance(second, ReaderUp)


@pytest.mark.parametrize("peer", PEERS)
def test_a_reader_without_data_is_lost_and_recovered_after_a_restart(peer: str, facts: FactLog) -> None:
    with Session(peer, facts) as session:
        facts.wait_count(TagReads, 2, 20)
        session.peer.order("silent")
        facts.wait_count(ReaderDown, 1, 5)
        session.peer.order("restart")
        facts.wait_count(ReaderUp, 2, 10)
    assert facts.count(ReaderDown) == 1


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    import threading

    before = threading.active_count()
    yield
    assert threading.active_count() == before
