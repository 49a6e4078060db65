"""Probing a reader by its URI: what every driver finds out, and the kind of each failure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hardware.drivers.probe import first_answer, probe_tag_reader
from hardware.drivers.tag_reader import driver_of
from hardware.drivers.uri.address import parse
from hardware.reader_probe import ProbeFailure
from hardware.sim.label_scanner import SimLabelScanner
from hardware.sim.radio.llrp_reader import SimLlrpReader
from tests.hardware.network.tls_front import TlsFront, identity


@pytest.fixture
def reader() -> Iterator[SimLlrpReader]:
    with SimLlrpReader() as sim:
        yield sim


def test_a_reader_tells_what_it_is(reader: SimLlrpReader) -> None:
    found = probe_tag_reader(f"{reader.uri}?antennas=1,2")
    assert (found.failure, found.place) == (None, f"127.0.0.1:{reader.port}")
    assert found.identity
    assert found.antennas == (1, 2, 3, 4)


def test_a_reader_over_tls_is_probed_with_its_certificate(reader: SimLlrpReader, tmp_path: Path) -> None:
    own = identity(tmp_path)
    with closing(TlsFront(own.server(), reader.port)) as front:
        assert probe_tag_reader(f"llrps://127.0.0.1:{front.port}?ca={own.certificate}").failure is None
        assert probe_tag_reader(f"llrps://127.0.0.1:{front.port}").failure is ProbeFailure.CERTIFICATE


def test_without_a_probe_of_its_own_the_first_answer_of_a_driver_counts(
    reader: SimLlrpReader, free_port: Callable[[], int]
) -> None:
    driver = driver_of(reader.uri)
    assert first_answer(driver, parse(reader.uri, driver), 5).failure is None
    nobody = parse(f"llrp://127.0.0.1:{free_port()}", driver)
    found = first_answer(driver, nobody, 5)
    assert (found.failure, found.why) == (ProbeFailure.UNREACHABLE, "connection refused")
    assert first_answer(driver, nobody, 0.0).failure is ProbeFailure.SILENT


@pytest.mark.parametrize(
    ("uri", "failure", "words"),
    [
        ("llrp://h?power=24", ProbeFailure.SETTING, "did you mean power_dbm?"),
        ("llrp", ProbeFailure.SETTING, "is not the URI of a tag reader"),
        ("llrps://h?ca=/nowhere/x.pem", ProbeFailure.MISSING, "ca=/nowhere/x.pem: no such file"),
        ("replay:///nowhere/reads.jsonl", ProbeFailure.BROKEN, "/nowhere/reads.jsonl"),
        ("serial:///dev/nowhere", ProbeFailure.MISSING, "no such file"),
        ("sim://127.0.0.1:1", ProbeFailure.UNREACHABLE, "no pad answers"),
    ],
)
def test_what_stops_a_reader_has_a_kind_and_a_reason(uri: str, failure: ProbeFailure, words: str) -> None:
    found = probe_tag_reader(uri)
    assert found.failure is failure
    assert words in found.why


def test_readers_without_a_network_are_opened(tmp_path: Path) -> None:
    recorded = tmp_path / "reads.jsonl"
    recorded.write_text('{"epc":"30AA","antenna":1,"rssi_dbm":-50,"at":"2026-01-01T00:00:00Z"}\n', "utf-8")
    assert probe_tag_reader(f"replay://{recorded}").failure is None
    assert probe_tag_reader("sim://room").failure is None
    with closing(SimLabelScanner()) as scanner:
        assert probe_tag_reader(f"serial://{scanner.path}").failure is None
