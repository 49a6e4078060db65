"""Fixtures for all tests, and the option `--full`, without which tests marked `full` are not run."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.distribution import FilesTogether
from tests.unmeasured import unmeasured

# No window opens on a developer's screen; tests that need a real platform set it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The recommender's small products are slower on two threads than on one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A slow machine must fail no test: an example may take any time.
settings.register_profile("cheval", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("cheval")

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long tests as well")


def pytest_configure() -> None:
    """A shell ignores Ctrl-C in what it starts in the background, and so would each process that a test interrupts."""
    on_main = threading.current_thread() is threading.main_thread()
    if on_main and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def limit_s(item: pytest.Item) -> float:
    """The time limit of a test in seconds, 0 if it has none of its own."""
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker and marker.args else 0


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether:
    return FilesTogether(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Long tests run without coverage: they reach no line more."""
    with unmeasured() if item.get_closest_marker("full") else nullcontext():
        return (yield)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves long tests out, or begins with them."""
    if config.getoption("--full"):
        limits: dict[str, float] = {}
        for item in items:
            limits[str(item.path)] = max(limits.get(str(item.path), 0), limit_s(item))
        items.sort(key=lambda item: -limits[str(item.path)])
        return
    long = [item for item in items if item.get_closest_marker("full")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


def pytest_collection_finish() -> None:
    """Modules and collected tests stay to the end: collections need not visit them, and are rarer.

    They took a third of the computing of the store's tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 100)


@pytest.fixture(autouse=True)
def _logging_restored() -> Iterator[None]:
    """Undo what commands set up: handlers, level, and the hook for exceptions of threads."""
    root, hook = logging.getLogger(), threading.excepthook
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    threading.excepthook = hook


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that runs for all tests."""
    from tests.kiosk.store import postgres

    if postgres.binaries() is None:
        pytest.skip("Debian's postgresql is not installed")
    with postgres.server() as running:
        yield running.url


@pytest.fixture(scope="session")
def tree() -> Path:
    """The root of the source tree."""
    return ROOT


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Returns a free TCP port of the loopback interface, a different one at each call."""
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
    """The folder with recorded data beside the tree, which is not part of the project; tests without it are skipped."""
    place = ROOT.parent / "shared" / "data"
    if not place.is_dir():
        pytest.skip("no recorded data beside the tree (../shared/data)")
    return place
