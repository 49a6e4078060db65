"""LLRP driver over TCP: timestamps of this computer, whatever the clock of the reader."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.llrp.encoding.messages import TagReportData
from hardware.llrp.reader import LlrpReader, convert_timestamps
from hardware.llrp.settings import LlrpSettings
from hardware.ports import TagReads
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader
from tests.hardware.fact_log import FactLog

EPC = "3074257BF7194E4000001A85"
YEAR_US = 365 * 86_400 * 1_000_000
NOW_US = 1_800_000_000_000_000
stamps = st.none() | st.just(0) | st.integers(1, 2**64 - 1) | st.integers(NOW_US - 2_000_000, NOW_US)


@given(
    st.lists(
        st.builds(TagReportData, st.just(EPC), st.just(1), st.just(-50), stamps), min_size=1, max_size=20
    )
)
def test_reads_are_at_most_a_second_old_and_in_order(tags: list[TagReportData]) -> None:
    at = [read.at_us for read in convert_timestamps(tags, NOW_US)]
    assert at == sorted(at)
    assert len(at) == len(tags)
    assert NOW_US - 1_000_000 <= at[0] <= at[-1] == NOW_US


def test_a_tag_without_a_timestamp_is_as_new_as_the_newest() -> None:
    tags = [TagReportData(EPC, n, None, stamp) for n, stamp in ((1, None), (2, 5_000_000), (3, 5_300_000))]
    reads = convert_timestamps(tags, NOW_US)
    assert [(read.antenna, read.at_us - NOW_US) for read in reads] == [(2, -300_000), (3, 0), (1, 0)]
    assert {read.rssi_dbm for read in reads} == {None}
    without = [tag._replace(stamp_us=None) for tag in tags]
    assert [(read.antenna, read.at_us) for read in convert_timestamps(without, NOW_US)] == [
        (n, NOW_US) for n in (1, 2, 3)
    ]


def test_pauses_between_reads_are_kept() -> None:
    tags = [TagReportData(EPC, n, -50, 5_000_000 + 1000 * n) for n in (3, 1, 2)]
    assert [(read.antenna, read.at_us - NOW_US) for read in convert_timestamps(tags, NOW_US)] == [
        (1, -2000),
        (2, -1000),
        (3, 0),
    ]


@pytest.mark.parametrize(
    "model",
    [
        ReaderModel(clock_skew_us=YEAR_US),
        ReaderModel(clock_skew_us=-50 * YEAR_US),
        ReaderModel(uptime=True),
        ReaderModel(holds_reports=True),
        ReaderModel(keepalives=False),
    ],
)
def test_peculiarities_of_a_reader_do_not_matter(model: ReaderModel) -> None:
    facts = FactLog()
    with SimLlrpReader(model) as sim:
        sim.place(EPC, rate_hz=100)
        reader = LlrpReader("r", "127.0.0.1", sim.port)
        reader.start(facts)
        facts.wait_count(TagReads, 5)
        reader.close()
    now_us = time.time_ns() // 1000
    assert all(now_us - 30_000_000 < read.at_us <= now_us for read in facts.reads())


def test_version_1_1_over_tcp() -> None:
    facts = FactLog()
    with SimLlrpReader() as sim:
        sim.place(EPC, rate_hz=100)
        reader = LlrpReader("r", "127.0.0.1", sim.port, LlrpSettings(version=2))
        reader.start(facts)
        facts.wait_count(TagReads, 5)
        reader.close()


def test_a_closed_client_lets_the_next_one_connect_at_once() -> None:
    with SimLlrpReader() as sim:
        sim.place(EPC, rate_hz=100)
        for turn in range(5):
            facts = FactLog()
            reader = LlrpReader("r", "127.0.0.1", sim.port)
            reader.start(facts)
            facts.wait_count(TagReads, 1)
            reader.close()
            assert sim.connections == turn + 1
