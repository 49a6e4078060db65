"""A simulated LLRP reader with one tag, for the commands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hardware.sim.radio.llrp_reader import SimLlrpReader

EPC = "3074257BF7194E4000001A85"


@pytest.fixture
def sim() -> Iterator[SimLlrpReader]:
    with SimLlrpReader() as reader:
        reader.place(EPC, antenna=3, rate_hz=40)
        yield reader
