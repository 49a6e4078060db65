"""Fixtures of the flows: the demo's shop with its store, simulated reader, cards and terminal as processes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.demo.environment import MIRROR_ROOM, DemoEnvironment
from kiosk.demo.shop import DemoShop, prepared
from kiosk.mirror.store_client import StoreClient
from kiosk.pairing.credentials import read_credentials


@pytest.fixture(scope="session")
def demo_shop() -> DemoShop:
    """The demo's shop, prepared once on each machine."""
    return prepared(print)


@pytest.fixture(scope="module")
def environment(demo_shop: DemoShop) -> Iterator[DemoEnvironment]:
    """Store and simulators, running."""
    with DemoEnvironment(demo_shop) as running:
        yield running


@contextmanager
def mirror_client(environment: DemoEnvironment) -> Iterator[StoreClient]:
    """A client of the store with the token of room 1's mirror."""
    token = read_credentials(environment.folder / "pairing.json").token
    client = StoreClient(environment.url, MIRROR_ROOM, token)
    yield client
    client.close()
