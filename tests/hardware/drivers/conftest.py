"""Fixtures of the drivers' tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.hardware.network.tls_front import Identity, identity


@pytest.fixture
def cleanup() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def certificate(tmp_path: Path) -> Identity:
    return identity(tmp_path)
