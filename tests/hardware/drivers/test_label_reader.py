"""URIs of label scanners, and clear messages for wrong ones."""

from __future__ import annotations

import pytest

from hardware.drivers.label_reader import open_label_reader
from hardware.errors import UriError


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("serial://", "should be like"),
        ("serial:///dev/ttyS0?baud=7", "not a baud rate"),
        ("serial:///dev/ttyS0?baud=fast", "not a URI"),
        ("serial:///dev/ttyS0?parity=odd", "should be like"),
        ("keyboard://host/dev", "should be like"),
        ("camera:///dev/video0", "serial:///dev"),
    ],
)
def test_a_wrong_uri_is_explained(uri: str, words: str) -> None:
    with pytest.raises(UriError) as refusal:
        open_label_reader(uri, "x")
    assert words in str(refusal.value)
