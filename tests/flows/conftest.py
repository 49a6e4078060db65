"""A whole shop for stories: its store, simulated reader, cards and terminal as processes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.demo.environment import MIRROR_ROOM, DemoEnvironment
from kiosk.demo.shop import DemoShop, prepared
from kiosk.mirror.store_client import StoreClient


@pytest.fixture(scope="session")
def demo_shop() -> DemoShop:
    """The demo's shop, prepared once a machine."""
    return prepared(print)


@pytest.fixture(scope="module")
def environment(demo_shop: DemoShop) -> Iterator[DemoEnvironment]:
    """Store and simulators, running."""
    with DemoEnvironment(demo_shop) as running:
        yield running


@contextmanager
def mirror_client(environment: DemoEnvironment) -> Iterator[StoreClient]:
    """The words of room 1's mirror to the store."""
    token = (environment.folder / "store" / "mirrors" / MIRROR_ROOM).read_text("ascii").strip()
    client = StoreClient(environment.url, MIRROR_ROOM, token)
    yield client
    client.close()
