"""URIs of label scanners, and clear messages for wrong ones."""

from __future__ import annotations

import pytest

from hardware.drivers.label_reader import open_label_reader
from hardware.errors import UriError


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("serial://", "serial:// needs a device; the form is serial:///dev/ttyACM0"),
        ("serial:///dev/ttyS0?baud=7", "baud=7 is none of"),
        ("serial:///dev/ttyS0?baud=fast", "baud=fast is none of"),
        ("serial:///dev/ttyS0?buad=9600", "has no option buad; did you mean baud?"),
        ("serial:///dev/ttyS0?bits=9", "bits=9 is none of 7, 8"),
        ("serial:///dev/ttyS0?parity=evn", "did you mean even?"),
        ("serial:///dev/ttyS0?layout=de", "has no option layout"),
        ("keyboard:///dev/input/event0?layout=germany", "layout=germany is none of us"),
        ("keyboard:///dev/input/event0?baud=9600", "has no option baud"),
        ("keyboard:///dev/input/event0?pause_ms=1", "pause_ms=1 is not between 20 and 5000"),
        ("keyboard://host/dev", "write three slashes"),
        ("camera:///dev/video0", "known are serial:///dev"),
    ],
)
def test_a_wrong_uri_is_explained(uri: str, words: str) -> None:
    with pytest.raises(UriError) as refusal:
        open_label_reader(uri, "x")
    assert words in str(refusal.value)
