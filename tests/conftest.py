"""What every test may ask for, and `--full`, without which the long proofs stay at home."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

# Nothing is ever drawn on the screen of whoever runs the tests; a real platform is asked for by name.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The small products of advice are slower on two threads than on one, and far slower where the other core is busy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long proofs as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        return
    long = [item for item in items if item.get_closest_marker("full")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.fixture(scope="session")
def tree() -> Path:
    """The root of the source tree."""
    return ROOT


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Gives TCP ports of the loop-back interface that nobody listens on, a new one each time."""
    given: set[int] = set()

    def one() -> int:
        while True:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = int(probe.getsockname()[1])
            if port not in given:
                given.add(port)
                return port

    return one


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The recorded data beside the tree; no part of the project, so tests that need it may have to stand back."""
    place = ROOT.parent / "shared" / "data"
    if not place.is_dir():
        pytest.skip("no recorded data beside the tree (../shared/data)")
    return place
