"""Each connector with its system. One alone: `pytest tests/contracts/commerce -k mapped-cursor`; Vendure: `--full`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from tests.contracts.commerce.rigs import CONNECTORS, Rig, rig_of, vendure_rig
from tests.kiosk.connectors.commerce.vendure_server import WHY_NO_VENDURE, VendureShop, vendure_server
from tests.peers.environment import vendure_modules

VENDURE = pytest.param("vendure", marks=[pytest.mark.full, pytest.mark.timeout(600)])


@pytest.fixture(scope="session")
def vendure() -> Iterator[Callable[[], VendureShop]]:
    """Starts the server when it is first asked for."""
    with ExitStack() as stack:

        @cache
        def started() -> VendureShop:
            if vendure_modules() is None:
                pytest.skip(WHY_NO_VENDURE)
            return stack.enter_context(vendure_server())

        yield started


@pytest.fixture(params=CONNECTORS)
def mapped_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """Systems of which the suite decides what they say."""
    with rig_of(request.param, tmp_path) as found:
        yield found


@pytest.fixture(params=[*CONNECTORS, VENDURE])
def rig(request: pytest.FixtureRequest, tmp_path: Path, vendure: Callable[[], VendureShop]) -> Iterator[Rig]:
    opened = (
        vendure_rig(vendure(), tmp_path) if request.param == "vendure" else rig_of(request.param, tmp_path)
    )
    with opened as found:
        yield found
