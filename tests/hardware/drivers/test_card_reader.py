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
        ("llrp://reader.example", "not the URI of a card reader"),
        ("sim://host:seven", "not the URI of a card reader"),
        ("sim://host", "lacks host or port"),
        ("sim://:7000", "lacks host or port"),
    ],
)
def test_a_wrong_uri_is_explained(uri: str, words: str) -> None:
    with pytest.raises(UriError, match=words):
        open_card_reader(uri, "till")
