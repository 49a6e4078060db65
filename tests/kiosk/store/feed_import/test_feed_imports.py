"""Imports on request: one at a time, after one that runs elsewhere, ended with the store, and what is kept of them."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from kiosk.store.errors import NotFoundError, RefusedError, TryAgainError
from kiosk.store.feed_imports import FeedImports, ImportJob
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.api.test_feed_routes import season_change
from tests.optional_values import present

ENOUGH = 1000


@contextmanager
def another_import(state: Path) -> Iterator[None]:
    """The lock of an import by another process."""
    with (state / "feed-import.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def ended(feed: FeedImports, number: int) -> ImportJob:
    pause = Event()
    for _ in range(ENOUGH):
        job = feed.job(number)
        if job is not None and not job.running:
            return job
        pause.wait(0.01)
    raise AssertionError("the import does not end")


def test_one_runs_at_a_time_after_that_of_another_process(store: Store, settings: StoreSettings) -> None:
    feed = store.service.feed
    assert feed.job() is None
    with another_import(settings.state):
        job = feed.start()
        assert job.running
        with pytest.raises(TryAgainError, match="runs; wait"):
            feed.start(dry_run=True)
    assert ended(feed, job.number).failure == ""
    assert feed.start(dry_run=True).number == job.number + 1


def test_a_yes_meanwhile_is_followed_by_another_import(store: Store, settings: StoreSettings) -> None:
    feed = store.service.feed
    season_change(present(settings.feeds))
    ended(feed, feed.start().number)
    losses = [held for held in feed.state().held if held.kind == "styles"]
    assert len(losses) == 2
    with another_import(settings.state):
        number = feed.start().number
        for held in losses:
            feed.accept(held.kind, held.digest, "m-mei")
            feed.start_soon()
    ended(feed, number)
    ended(feed, number + 1)
    assert [held for held in feed.state().held if held.kind == "styles"] == []
    with pytest.raises(NotFoundError):
        feed.accept(losses[0].kind, losses[0].digest, "m-mei")


def test_a_store_that_closes_does_not_wait_for_another_process(store: Store, settings: StoreSettings) -> None:
    feed = store.service.feed
    with another_import(settings.state):
        number = feed.start().number
        feed.close()
        assert "another import runs" in ended(feed, number).failure
    with pytest.raises(TryAgainError, match="closing"):
        feed.start()


def test_a_fault_of_the_program_ends_the_import_and_says_so(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty:
        """An importer with a fault."""

        running = False

        def run(self, *_: object, **__: object) -> object:
            raise RuntimeError("Clara")

    faulty = Faulty()
    feed = FeedImports(
        faulty,  # type: ignore[arg-type]
        store.resources.database,
        store.settings.feeds,
        store.settings.state,
        changed=lambda _: None,
        now_us=store.clock,
    )
    with caplog.at_level(logging.ERROR):
        job = ended(feed, feed.start().number)
    assert "a fault of the store (RuntimeError)" in job.failure
    assert "Clara" not in job.failure
    assert not present(feed.start()).failure


def test_without_a_feed_a_folder_is_needed(store: Store, tmp_path: Path) -> None:
    feed = FeedImports(
        store.resources.importer,
        store.resources.database,
        None,
        tmp_path,
        changed=lambda _: None,
        now_us=store.clock,
    )
    with pytest.raises(RefusedError, match="no feed is configured"):
        feed.start()
    feed.start_soon()
    assert feed.job() is None
