"""URIs of card readers that must be refused."""

from __future__ import annotations

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.errors import UriError


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "pcsc",
        "http://x",
        "sim://",
        "sim://127.0.0.1",
        "sim://:7",
        "sim://h:99999",
        "sim://[::1",
        "llrp://x:5084",
    ],
)
def test_a_wrong_uri_is_refused_with_the_valid_forms(uri: str) -> None:
    with pytest.raises(UriError, match="pcsc://"):
        open_card_reader(uri, "mirror 3")
