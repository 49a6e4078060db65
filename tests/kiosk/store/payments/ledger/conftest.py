"""A shop whose ledger is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.store.settings import StoreSettings
from tests.kiosk.store.sample_shop import settings_in


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path)
