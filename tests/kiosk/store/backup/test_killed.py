"""A back-up or a restore that is killed at any change of a file: nothing half counts, and it can be run again."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import rmtree

import pytest

from kiosk.store.app import build_store
from kiosk.store.backup.making import backups_in
from kiosk.store.db.restore_mark import MARK_FILE
from kiosk.store.errors import BackupError
from tests.faults.kills.running_store import CONTEXT
from tests.kiosk.store.backup.backed_up import Shop, shop_in
from tests.kiosk.store.sample_shop import sample_store

CHANGES = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "sqlite3.connect"}
)
WRITING = os.O_WRONLY | os.O_RDWR


def killed_at(step: int, work: Callable[[], object]) -> tuple[bool, int]:
    """Does work in a child that is killed before its change number `step`; whether it was, and how many it made.

    The child is a fork of a process with one thread: that of the tests has several, whose locks a fork would keep.
    """
    reading, writing = CONTEXT.Pipe(duplex=False)
    child = CONTEXT.Process(target=counted, args=(step, work, writing))
    child.start()
    writing.close()
    try:
        count = int(reading.recv())
    except EOFError:
        count = 0
    reading.close()
    child.join()
    return child.exitcode == -signal.SIGKILL, count


def counted(step: int, work: Callable[[], object], writing: Connection) -> None:
    """The child: it sends the number of changes at the end of the work, whatever that is."""
    count = 0

    def changed(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        flags = arguments[2] if event == "open" else 0
        if event in CHANGES or (isinstance(flags, int) and flags & WRITING):
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    # compiled files of what is imported are no changes of the work
    sys.dont_write_bytecode = True
    sys.addaudithook(changed)
    try:
        work()
    finally:
        writing.send(count)
        os._exit(0)


def steps(total: int, number: int) -> list[int]:
    """So many steps of all, spread."""
    return sorted({1 + place * (total - 1) // max(1, number - 1) for place in range(number)})


@pytest.mark.parametrize("number", [3, pytest.param(60, marks=pytest.mark.full)])
def test_a_killed_restore_is_run_again(number: int, tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    file = shop.backup().file
    shop.lose_machine()
    killed, total = killed_at(0, partial(shop.restore, file))
    assert not killed
    assert total > 20
    settings = shop.settings
    for step in steps(total, number):
        rmtree(shop.state)
        rmtree(shop.config.parent)
        assert killed_at(step, partial(shop.restore, file))[0]
        if shop.state.exists() and (shop.state / MARK_FILE).exists():
            with pytest.raises(BackupError, match="has not ended"):
                build_store(settings)
        else:
            assert is_empty(shop) or is_complete(shop), step
        if not is_complete(shop):
            assert shop.restore(file) == 0, step
        assert is_complete(shop), step
    with sample_store(shop.settings) as store:
        assert not store.health().payments_closed


def is_empty(shop: Shop) -> bool:
    """Nothing of a store is there."""
    return not any((shop.state / name).exists() for name in ("store.key", "store.db", "ledger.db", "devices"))


def is_complete(shop: Shop) -> bool:
    files = (shop.config, shop.state / "store.key", shop.state / "store.db", shop.state / "ledger-1.db")
    return all(file.exists() for file in files) and not (shop.state / MARK_FILE).exists()


@pytest.mark.parametrize("number", [2, pytest.param(60, marks=pytest.mark.full)])
def test_a_killed_back_up_leaves_nothing_that_looks_whole(number: int, tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    first = shop.backup(0).file
    killed, total = killed_at(0, partial(shop.backup, 1, keep=1))
    assert not killed
    second = backups_in(shop.backups, shop.secret.public.fingerprint)[0]
    # fewer back-ups are deleted later on, so that the last steps may be missing
    for count, step in enumerate(steps(total - 3, number)):
        assert killed_at(step, partial(shop.backup, 2 + count, keep=2))[0]
        found = backups_in(shop.backups, shop.secret.public.fingerprint)
        assert second in found or len(found) == 2, step
    assert not first.exists()
    last = shop.backup(500, keep=1).file
    assert list(shop.backups.iterdir()) == [last], "also what was unfinished is deleted"
    shop.lose_machine()
    assert shop.restore(last) == 0
