"""`cheval doctor` about the store's database on a real PostgreSQL server."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.commands.doctor import shop
from kiosk.commands.doctor.finding import State
from kiosk.store.db.store_hold import StoreHold
from tests.kiosk.store import postgres


@pytest.mark.skipif(postgres.binaries() is None, reason="Debian's postgresql is not installed")
def test_a_postgresql_database_is_named_with_the_store_that_holds_it(tmp_path: Path) -> None:
    with postgres.server() as server:
        free = shop.database(server.url)
        assert (free.state, "held by" in free.found) == (State.GOOD, False)
        with closing(StoreHold(tmp_path, server.url)):
            held = shop.database(server.url)
        assert held.state is State.GOOD
        assert f"held by the store on {os.uname().nodename} (process {os.getpid()}, since " in held.found
