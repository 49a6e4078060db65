"""A store whose sweep asks soon, with a terminal whose book the test reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build, settings_in


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    """The first question after 0.2 ms, a look into the journal each 20 ms."""
    plain = settings_in(tmp_path)
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=200, sweep_us=20_000))


@pytest.fixture
def store(settings: StoreSettings, terminal: InProcessTerminal, clock: ManualClock) -> Iterator[Store]:
    with build(settings, clock, {"till": terminal}) as opened:
        yield opened


@pytest.fixture
def opened(settings: StoreSettings) -> Iterator[Callable[..., Store]]:
    """Opens a store at these terminals, `till` and others; the store before is closed. Room 2 has `other` if given."""
    with ExitStack() as held:

        def make(terminal: InProcessTerminal, **others: InProcessTerminal) -> Store:
            held.close()
            terminal._closed = False
            rooms = tuple(
                replace(r, terminal="other") if others and r.room == "2" else r for r in settings.rooms
            )
            shop = build(replace(settings, rooms=rooms), ManualClock(), {"till": terminal, **others})
            store = held.enter_context(shop)
            store.payments.resume()
            return store

        yield make
