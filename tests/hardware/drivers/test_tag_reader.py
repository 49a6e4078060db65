"""From addresses to drivers, and clear words for addresses that lead nowhere."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hardware.drivers.tag_reader import open_tag_reader
from hardware.errors import UriError
from hardware.impinj.reader import ImpinjReader
from hardware.llrp.reader import LlrpReader
from hardware.replay.reader import ReplayReader
from hardware.sim.radio.field_reader import FieldReader


@pytest.mark.parametrize(
    ("uri", "driver"),
    [
        ("llrp://reader.example", LlrpReader),
        ("llrp://[::1]:5084?antennas=1,2&session=2&power_dbm=24.5&report_every=10&version=1.1", LlrpReader),
        ("llrps://reader.example", LlrpReader),
        ("impinj+https://root:impinj@reader.example?preset=rooms", ImpinjReader),
        ("replay:///srv/reads.jsonl?speed=2.5&loop=yes", ReplayReader),
        ("sim://room?tags=30AA@1,30BB&seed=3", FieldReader),
    ],
)
def test_an_address_opens_its_driver(uri: str, driver: type) -> None:
    reader = open_tag_reader(uri, "fitting rooms 1 to 4")
    assert isinstance(reader, driver)
    assert reader.name == "fitting rooms 1 to 4"
    reader.close()


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("", "llrp://, "),
        ("carrier-pigeon://x", "llrp://, "),
        ("llrp://", "needs a host"),
        ("llrp://h:99999", "ort"),
        ("llrp://h?antennas=one", "antennas=one is not a number"),
        ("llrp://h?version=3", "version=3 is none of 1.0.1, 1.1"),
        ("llrp://h?session=4", "session=4 is not between 0 and 3"),
        ("llrp://h?antenas=1", "knows no option antenas"),
        ("replay://", "needs a file"),
        ("llrp://[::1", "not a URI"),
    ],
)
def test_an_address_that_leads_nowhere_says_why(uri: str, words: str) -> None:
    with pytest.raises(UriError) as refusal:
        open_tag_reader(uri, "x")
    assert words in str(refusal.value)


def test_drivers_are_imported_only_when_asked_for() -> None:
    script = "import sys, hardware.drivers.tag_reader; print([m for m in sys.modules if m.startswith('hardware.llrp')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
