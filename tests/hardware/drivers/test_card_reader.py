"""URIs of card readers, and clear messages for wrong ones."""

from __future__ import annotations

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.errors import UriError


@pytest.mark.parametrize("uri", ["sim://127.0.0.1:7000", "sim://127.0.0.1:7000/till", "sim://[::1]:7000"])
def test_a_uri_opens_its_driver(uri: str) -> None:
    reader = open_card_reader(uri, "till")
    assert reader.name == "till"
    reader.close()


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("", "not the URI of a card reader"),
        ("llrp://reader.example", "llrp:// is not the URI of a card reader"),
        ("pcs://", "did you mean pcsc?"),
        ("sim://host:seven", "port seven is not a number"),
        ("sim://host", "sim:// needs a port; the form is sim://HOST:PORT"),
        ("sim://:7000", "sim:// needs a host"),
        ("sim://host:7000/till?baud=1", "sim:// has no options"),
        ("pcsc://ACR122U#1", "write it as %23"),
    ],
)
def test_a_wrong_uri_is_explained(uri: str, words: str) -> None:
    with pytest.raises(UriError, match=words):
        open_card_reader(uri, "till")
