"""A loopback store and a mirror connected to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kiosk.mirror.loopback_store import LoopbackStore
from tests.kiosk.mirror.mirror_rig import MirrorRig


@pytest.fixture
def store() -> Iterator[LoopbackStore]:
    """A store that answers the questions of every visit with nothing."""
    one = LoopbackStore()
    one.replies[("PUT", "/visit")] = lambda _: (204, None)
    one.replies[("POST", "/looks")] = lambda _: (200, {"suggestions": []})
    one.replies[("POST", "/size")] = lambda _: (200, {"advice": None})
    yield one
    one.close()


@pytest.fixture
def rig(store: LoopbackStore) -> Iterator[MirrorRig]:
    """A mirror connected to the store."""
    one = MirrorRig(store)
    yield one
    one.close()
