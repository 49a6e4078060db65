"""Simulated Impinj readers, and what wakes a driver."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hardware.network.connection import WakeUp
from hardware.sim.radio.impinj.reader import SimImpinjReader
from hardware.sim.radio.impinj.state import ImpinjHabits
from tests.hardware.impinj.bench import Start


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts simulated readers with these habits."""
    made: list[SimImpinjReader] = []

    def started(**habits: object) -> SimImpinjReader:
        made.append(SimImpinjReader(habits=ImpinjHabits(**habits)))  # type: ignore[arg-type]
        return made[-1]

    yield started
    for reader in made:
        reader.close()


@pytest.fixture
def wake_up() -> Iterator[WakeUp]:
    made = WakeUp()
    yield made
    made.close()
