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
        ("keyboard://host/dev", "write three slashes"),
        ("camera:///dev/video0", "known are serial:///dev"),
    ],
)
def test_a_wrong_uri_is_explained(uri: str, words: str) -> None:
    with pytest.raises(UriError) as refusal:
        open_label_reader(uri, "x")
    assert words in str(refusal.value)
