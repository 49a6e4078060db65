"""URIs of tag readers: each opens its driver, wrong ones get a clear message."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hardware.drivers.tag_reader import DRIVERS, is_pad, is_scanner, open_tag_reader
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


def mistakes(uri: str) -> tuple[str, ...]:
    with pytest.raises(UriError) as refusal:
        open_tag_reader(uri, "x")
    return refusal.value.mistakes


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("", "llrp://HOST[:5084], "),
        ("carrier-pigeon://x", "llrp://HOST[:5084], "),
        ("lrp://x", "did you mean llrp?"),
        ("llrp:/x", "is not the URI of a tag reader"),
        ("llrp://", "needs a host; the form is llrp://HOST[:5084]"),
        ("llrp://h:99999", "port 99999 is not a number from 1 to 65535"),
        ("llrp://h:0", "port 0 is not a number from 1 to 65535"),
        ("llrp://[::1", "write an IPv6 address in brackets"),
        ("llrp://2001:db8::1", "write an IPv6 address in brackets"),
        ("llrp://10.0.0..7", "a part between two dots is empty"),
        ("llrp://10.0.0.256", "'10.0.0.256' is not an IPv4 address"),
        (f"llrp://{'a' * 64}.example", "at most 63 characters"),
        ("llrps://.foo", "a part between two dots is empty"),
        ("llrp://root@h", "takes no user name"),
        ("llrp://h/path", "/path: nothing may stand after host and port"),
        ("llrp://h?session=1#2", "begins a fragment"),
        ("llrp://h\n", "line break"),
        ("llrp://h?antennas=one", "antennas=one is not a number"),
        ("llrp://h?antennas=1,1", "antennas=1,1 names antenna 1 twice"),
        ("llrp://h?antennas=0", "antennas=0 is not between 1 and 65535"),
        ("llrp://h?antennas=", "antennas has no value"),
        ("llrp://h?antennas", "antennas has no value"),
        ("llrp://h?version=3", "version=3 is none of 1.0.1, 1.1"),
        ("llrp://h?session=4", "session=4 is not between 0 and 3"),
        ("llrp://h?session=1&session=2", "session= is written twice"),
        ("llrp://h?session=\N{SUPERSCRIPT TWO}", "is not a number"),
        ("llrp://h?antenas=1", "has no option antenas; did you mean antennas?"),
        ("llrp://h?power=24", "llrp:// has no option power; did you mean power_dbm?"),
        ("llrp://h?power_dbm=high", "power_dbm=high is not a number"),
        ("llrp://h?power_dbm=nan", "power_dbm=nan is not a number"),
        ("llrp://h?power_dbm=24,5", "power_dbm=24,5 is not a number; write 24.5"),
        ("llrp://h?power_dbm=24dBm", "power_dbm=24dBm is not a number; write 24 without a unit"),
        ("llrp://h?power_dbm=41", "power_dbm=41 is not between 0 and 40"),
        ("llrp://h?x=1", "has no option x; there is antennas, session"),
        ("zebra+https://h?mode=auto", "mode=auto is none of cheval, own"),
        (
            "zebra+https://h?mode=own&power_dbm=24",
            "mode=own uses the reader's own settings, so remove power_dbm",
        ),
        ("zebra+https://h?preset=x", "zebra+https:// has no option preset"),
        ("pcsc://?baud=1", "pcsc:// has no options, so remove baud"),
        ("replay://", "needs a file"),
        ("replay://x?speed=fast", "speed=fast is not a number"),
        ("replay://x?loop=maybe", "loop=maybe is none of yes, no"),
        ("sim://room?tags=30AA@0", "tags=30AA@0 is not a list of EPC@ANTENNA"),
        ("sim://host:seven", "may not contain :; the form is sim://NAME"),
        ("serial://dev/ttyACM0", "write three slashes before the path: serial:///dev/ttyACM0"),
    ],
)
def test_a_wrong_uri_is_explained(uri: str, words: str) -> None:
    (only,) = mistakes(uri)
    assert words in only


def test_all_mistakes_of_a_uri_are_named_at_once(tmp_path: Path) -> None:
    assert mistakes("llrp://root@h:0/x?power=24&session=9&antennas=a") == (
        "llrp:// takes no user name; remove what stands before the @",
        "/x: nothing may stand after host and port; the form is llrp://HOST[:5084]",
        "port 0 is not a number from 1 to 65535",
        "llrp:// has no option power; did you mean power_dbm?",
        "session=9 is not between 0 and 3",
        "antennas=a is not a number",
    )
    empty = tmp_path / "empty"
    empty.touch()
    assert mistakes(f"llrps://h?ca={empty}") == (f"ca={empty}: holds no certificate in PEM form",)
    assert mistakes(f"impinj+https://h?ca={tmp_path}/none&password_file={empty}") == (
        f"ca={tmp_path}/none: no such file or directory",
        f"password_file={empty}: its first line is empty; write the password there",
    )


def test_drivers_are_imported_only_when_used() -> None:
    script = "import sys, hardware.drivers.tag_reader; print(*(m for m in sys.modules if m.startswith('hardware.')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {module for module in done.stdout.split() if not module.startswith("hardware.drivers")}
    allowed = {
        "errors",
        "ports",
        "reader_probe",
        "regular_files",
        "network",
        "network.host_names",
        "network.tls",
        "threads",
        "threads.fault_log",
        "threads.heartbeat",
        "threads.supervised",
    }
    assert loaded <= {f"hardware.{name}" for name in allowed}


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


def test_the_module_lists_every_scheme() -> None:
    from hardware.drivers import tag_reader

    assert all(f"{scheme}://" in str(tag_reader.__doc__) for scheme in DRIVERS)
