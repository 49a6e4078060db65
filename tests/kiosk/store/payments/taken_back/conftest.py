"""A store that is opened again at the same terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.taken_back.taken_back_shop import Terminal
from tests.kiosk.store.sample_shop import ManualClock, build, settings_in


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path)
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=200, sweep_us=20_000))


@pytest.fixture
def opened(settings: StoreSettings) -> Iterator[Callable[[Terminal], Store]]:
    """Opens a store at this terminal; the store before is closed."""
    held: list[Any] = []

    def close() -> None:
        while held:
            held.pop().__exit__(None, None, None)

    def make(terminal: Terminal) -> Store:
        close()
        terminal._closed = False
        held.append(build(settings, ManualClock(), {"till": terminal}))
        store: Store = held[-1].__enter__()
        store.payments.resume()
        return store

    yield make
    close()
