"""Each connector with its system. One alone: `pytest tests/contracts/commerce -k mapped-cursor`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.commerce.rigs import CONNECTORS, Rig, rig_of


@pytest.fixture(params=CONNECTORS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with rig_of(request.param, tmp_path) as found:
        yield found
