"""Surveys of a shop with good and with bad walls."""

from __future__ import annotations

import pytest

from hardware.survey.survey import Survey
from tests.hardware.survey.modelled_survey import modelled_shop, surveyed


@pytest.fixture(scope="package")
def good() -> Survey:
    """Walls of 10 dB: every room passes."""
    return surveyed(modelled_shop(10.0))


@pytest.fixture(scope="package")
def bad() -> Survey:
    """Walls that raise the other antennas' signals: the isolation is a little below 6 dB."""
    return surveyed(modelled_shop(-6.0))
