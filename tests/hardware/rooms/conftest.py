"""A calibration that was learned from a simulated walk."""

from __future__ import annotations

import pytest

from hardware.rooms.calibration import Calibration
from hardware.rooms.learning import learn_calibration
from tests.hardware.radio_model.model import Propagation, RadioModel, RoomRow
from tests.hardware.radio_model.walk import site_of_row, walk


@pytest.fixture(scope="package")
def learned() -> Calibration:
    """Three rooms with good walls, walked with two tags."""
    rooms = RoomRow(3)
    return learn_calibration(
        site_of_row(rooms), walk(RadioModel(rooms, Propagation(), 5), 5, tags=2, seconds=15.0)
    )
