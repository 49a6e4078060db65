"""URIs of tag readers: each opens its driver, wrong ones get a clear message."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hardware.drivers.tag_reader import DRIVERS, is_pad, is_scanner, open_tag_reader, without_password
from hardware.errors import UriError
from hardware.impinj.reader import ImpinjReader
from hardware.llrp.reader import LlrpReader
from hardware.replay.reader import ReplayReader
from hardware.sim.radio.field_reader import TagFieldReader


@pytest.mark.parametrize(
    ("uri", "driver"),
    [
        ("llrp://reader.example", LlrpReader),
        ("llrp://[::1]:5084?antennas=1,2&session=2&power_dbm=24.5&report_every=10&version=1.1", LlrpReader),
        ("llrps://reader.example", LlrpReader),
        ("impinj+https://root:impinj@reader.example?preset=rooms", ImpinjReader),
        ("replay:///srv/reads.jsonl?speed=2.5&loop=yes", ReplayReader),
        ("sim://room?tags=30AA@1,30BB&seed=3", TagFieldReader),
    ],
)
def test_a_uri_opens_its_driver(uri: str, driver: type) -> None:
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
        ("llrp://h?antenas=1", "has no option antenas"),
        ("replay://", "needs a file"),
        ("llrp://[::1", "not a URI"),
    ],
)
def test_a_wrong_uri_is_explained(uri: str, words: str) -> None:
    with pytest.raises(UriError) as refusal:
        open_tag_reader(uri, "x")
    assert words in str(refusal.value)


def test_drivers_are_imported_only_when_used() -> None:
    script = "import sys, hardware.drivers.tag_reader; print([m for m in sys.modules if m.startswith('hardware.llrp')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("uri", "pad", "scanner"),
    [
        ("pcsc://", True, False),
        ("sim://127.0.0.1:7000", True, False),
        ("sim://127.0.0.1:7000/till", True, False),
        ("sim://room?tags=30AA@1", False, False),
        ("serial:///dev/ttyACM0", False, True),
        ("keyboard:///dev/input/event0", False, True),
        ("llrp://reader.example:5084", False, False),
    ],
)
def test_pads_and_scanners_are_known_by_their_uri(uri: str, pad: bool, scanner: bool) -> None:
    assert (is_pad(uri), is_scanner(uri)) == (pad, scanner)


def test_messages_show_no_password() -> None:
    assert without_password("impinj+https://root:secret@reader:443?x=1") == "impinj+https://reader:443?x=1"


def test_the_module_lists_every_scheme() -> None:
    from hardware.drivers import tag_reader

    assert all(f"{scheme}://" in str(tag_reader.__doc__) for scheme in DRIVERS)
