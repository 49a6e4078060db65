"""A bench with a simulated reader for the tests of the driver."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hardware.zebra.bench import Bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()
