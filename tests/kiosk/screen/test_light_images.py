"""The light images: bright in the centre, transparent at the edge, without sharp steps."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kiosk.screen.light_images import light


@pytest.mark.parametrize("name", ["floor", "glow"])
def test_light_is_brightest_in_the_centre_and_transparent_at_the_edge(name: str) -> None:
    image = light(name)
    middle = image.height() // 2
    row = [image.pixelColor(x, middle).alpha() for x in range(image.width())]
    assert row[0] == row[-1] == 0
    assert max(row) <= row[image.width() // 2] + 1
    assert max(abs(a - b) for a, b in pairwise(row)) <= 4


def test_an_unknown_light_is_a_null_image() -> None:
    assert light("no-such-light").isNull()
