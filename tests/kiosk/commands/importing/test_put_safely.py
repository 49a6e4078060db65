"""Converted files in the feed: killed at any step, without space, two calls at once, links that are in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk.store.connected.feed_files import WORK, FeedFiles
from kiosk.store.db.tables import SKU
from kiosk.store.errors import TryAgainError
from tests.kiosk.commands.importing.test_mapped_import import Shop
from tests.kiosk.connectors.mapping.exports import shopify_rows

KILLED_AFTER = """
import os, signal, sys
from pathlib import Path
from kiosk.__main__ import main
rename, steps = Path.replace, int(sys.argv[1])
def counted(self, target):
    global steps
    if not steps:
        os.kill(os.getpid(), signal.SIGKILL)
    steps -= 1
    return rename(self, target)
Path.replace = counted
sys.exit(main(sys.argv[2:]))
"""
WITHOUT_SPACE = """
import resource, signal, sys
from kiosk.__main__ import main
from kiosk.store.connected.feed_files import FeedFiles
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
put = FeedFiles.put
def short(self, *args, **more):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
    return put(self, *args, **more)
FeedFiles.put = short
sys.exit(main(sys.argv[2:]))
"""
STEPS = 5
"""Renames of an import: the record, three files, the record."""


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    return Shop(tmp_path, capsys, feed=True)


def started(program: str, number: int, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    said = [sys.executable, "-c", program, str(number), *words]
    return subprocess.run(said, capture_output=True, text=True, check=False, timeout=60)


def command(shop: Shop, file: str) -> list[str]:
    return ["import", file, "--mapping", "shopify", "--config", str(shop.config)]


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix == ".jsonl"}


@pytest.mark.parametrize("steps", range(STEPS))
def test_killed_at_any_step_the_next_call_imports(shop: Shop, steps: int) -> None:
    assert shop.say(shop.export(shopify_rows(1)), "--mapping", "shopify")[0] == 0
    file = shop.export(shopify_rows(2), "more.csv")
    assert started(KILLED_AFTER, steps, *command(shop, file)).returncode == -signal.SIGKILL
    assert list(shop.state.glob(f"{WORK}*")), "it was killed while its folder was there"
    # planted fault: with the record written last, the files of a killed call counted as another program's for ever
    code, _, err = shop.say(file, "--mapping", "shopify")
    assert (code, shop.count(SKU)) == (0, 40), err
    assert not list(shop.state.glob(f"{WORK}*"))
    assert not list(shop.feed.glob(".*.part"))


def test_after_a_kill_files_of_another_program_are_still_not_replaced(shop: Shop) -> None:
    file = shop.export(shopify_rows(1))
    assert shop.say(file, "--mapping", "shopify")[0] == 0
    assert started(KILLED_AFTER, 2, *command(shop, file)).returncode == -signal.SIGKILL
    (shop.feed / "items.jsonl").write_text("{}\n", "utf-8")
    code, _, err = shop.say(file, "--mapping", "shopify")
    assert (code, "the feed has its own items.jsonl" in err) == (2, True)


def test_without_space_the_feed_stays_as_it_was(shop: Shop) -> None:
    assert shop.say(shop.export(shopify_rows(1)), "--mapping", "shopify")[0] == 0
    before = content(shop.feed)
    file = shop.export(shopify_rows(20), "more.csv")
    short = started(WITHOUT_SPACE, 20_000, *command(shop, file))
    assert (short.returncode, "File too large" in short.stderr, "Traceback" in short.stderr) == (
        2,
        True,
        False,
    )
    assert (content(shop.feed), list(shop.feed.glob(".*"))) == (before, [])
    assert shop.say(file, "--mapping", "shopify")[0] == 0


def test_a_link_in_the_feed_leads_nowhere(shop: Shop) -> None:
    target = shop.folder / "store.db"
    target.write_text("precious", "utf-8")
    for name in (".styles.jsonl.part", ".items.jsonl.part", ".stock.jsonl.part"):
        (shop.feed / name).symlink_to(target)
    assert shop.say(shop.export(shopify_rows(1)), "--mapping", "shopify")[0] == 0
    # planted fault: the file was copied to a name that was known before, through the link
    assert target.read_text("utf-8") == "precious"
    assert oct((shop.feed / "styles.jsonl").stat().st_mode & 0o700) == oct(0o600)


def test_one_call_at_a_time(shop: Shop) -> None:
    first, second = (FeedFiles(shop.state, shop.feed, wait_s=wait_s) for wait_s in (1, 0.1))
    entered, leave = threading.Event(), threading.Event()

    def work() -> None:
        with first.alone():
            entered.set()
            leave.wait(20)

    thread = threading.Thread(target=work)
    thread.start()
    assert entered.wait(20)
    with pytest.raises(TryAgainError, match="another import"), second.alone():
        pass
    leave.set()
    thread.join(20)
    with second.alone():
        pass


def test_a_dry_run_says_that_files_of_another_program_are_in_the_way(shop: Shop) -> None:
    (shop.feed / "styles.csv").write_text("style_id,name\n", "utf-8")
    file = shop.export(shopify_rows(1))
    dry, real = (shop.say(file, "--mapping", "shopify", *more) for more in (("--dry-run",), ()))
    assert (dry[0], real[0]) == (2, 2), "planted: the dry run told of an import that cannot be"
    assert "the feed has its own styles.csv" in dry[2]
    assert [one.name for one in shop.feed.iterdir()] == ["styles.csv"]


def test_a_delta_that_is_older_than_the_feed_is_refused(shop: Shop) -> None:
    assert shop.say(shop.export(shopify_rows(1)), "--mapping", "shopify")[0] == 0
    before = sorted(file.name for file in shop.feed.iterdir())
    file = shop.export(shopify_rows(1)[:6], "changes.csv")
    earlier = (shop.feed / "styles.jsonl").stat().st_mtime_ns - 1
    os.utime(file, ns=(earlier, earlier))
    for more in (("--dry-run",), ()):
        code, _, err = shop.say(file, "--mapping", "shopify", "--delta", *more)
        # planted fault: the dry run told of changes, the import ended with 0, and the feed did not read the file
        assert (code, "the file is older than" in err) == (2, True)
    assert sorted(file.name for file in shop.feed.iterdir()) == before


def test_a_record_of_the_version_before_is_read(shop: Shop) -> None:
    file = shop.export(shopify_rows(1))
    assert shop.say(file, "--mapping", "shopify")[0] == 0
    record = shop.state / "mapped-files.json"
    older = record.read_text("utf-8").replace(', "pending": {}', "")
    assert "pending" not in older
    record.write_text(older, "utf-8")
    assert shop.say(shop.export(shopify_rows(2)), "--mapping", "shopify")[0] == 0


def test_names_of_files_move_no_cursor(shop: Shop) -> None:
    name = os.fsdecode(b"caf\xe9\x1b[2J\n.csv")
    file = shop.export(shopify_rows(1), name)
    code, out, err = shop.say(file, "--mapping", "shopify", "--dry-run")
    bad = shop.export([["nothing"]], "a" + name)
    wrong = shop.say(bad, "--mapping", "shopify")
    assert (code, wrong[0]) == (0, 2)
    assert "\x1b" not in out + err + wrong[1] + wrong[2]
