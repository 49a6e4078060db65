"""Nights that are killed, run at the same time, or find no space: the served model stays and the next night works."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from recommender.__main__ import main
from recommender.artefacts.last_run import LAST_RUN, RunOutcome
from recommender.artefacts.single_run import LOCK
from recommender.artefacts.versions import version_folder
from recommender.looks.serving import artefact
from tests.recommender.commands.nights import Shop, history


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = Shop(tmp_path_factory.mktemp("nights"))
    shop.write()
    assert main(shop.words()) == 0
    return shop


@pytest.fixture
def shop(first_night: Shop, tmp_path: Path) -> Shop:
    """A shop after a good night."""
    shutil.copytree(first_night.folder, tmp_path / "shop")
    return Shop(tmp_path / "shop")


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def ended(process: subprocess.Popen[str], within_s: float) -> bool:
    with suppress(subprocess.TimeoutExpired):
        process.wait(within_s)
    return process.poll() is not None


def test_a_killed_night_is_recorded_and_leaves_the_served_model(shop: Shop) -> None:
    shop.write(events=history(900))
    before = shop.served
    process = shop.process()
    while shop.last_run.outcome is not RunOutcome.RUNNING:
        assert not ended(process, 0.02)
    kill(process)
    assert shop.last_run.outcome is RunOutcome.RUNNING
    assert shop.served == before
    artefact.read(version_folder(shop.root, before.version))


@pytest.mark.full
def test_a_night_killed_at_any_moment_leaves_the_served_model(shop: Shop) -> None:
    """Killed growing times after its record, until one run is fast enough to end; the night after leaves nothing of
    them."""
    shop.write(events=history(600))
    before, after_s, killed_runs = shop.served, 0.05, 0
    while shop.served == before and after_s < 100:
        record = record_of(shop)
        process = shop.process("--epochs", 40)
        assert begun(shop, process, record)
        ended(process, after_s)
        kill(process)
        artefact.read(version_folder(shop.root, shop.served.version))
        killed_runs += shop.last_run.outcome is RunOutcome.RUNNING
        after_s *= 2
    assert killed_runs
    shop.write(events=history(900))
    assert main(shop.words()) in (0, 1)
    assert [left.name for left in shop.root.rglob(".*")] == [".training"]


def record_of(shop: Shop) -> tuple[int, int]:
    """Tells one record of a run from the next one: it replaces the file."""
    status = (shop.root / LAST_RUN).stat()
    return status.st_ino, status.st_mtime_ns


def begun(shop: Shop, process: subprocess.Popen[str], before: tuple[int, int]) -> bool:
    """Waits until the process has recorded that it runs; False if it ends without."""
    while record_of(shop) == before:
        if ended(process, 0.01):
            return record_of(shop) != before
    return True


def measured_night(shop: Shop) -> tuple[float, float]:
    """Seconds of a whole night until its record, and from there to its end, as fast as this computer is now."""
    before, start_s = record_of(shop), time.monotonic()
    process = shop.process()
    assert begun(shop, process, before)
    begun_s = time.monotonic()
    process.communicate()
    return begun_s - start_s, time.monotonic() - begun_s


@pytest.mark.full
@pytest.mark.timeout(600)
def test_thirty_nights_killed_at_random_moments(shop: Shop) -> None:
    """Every third one before its record of this run, the others after it: the first of them at once."""
    rng = random.Random(5)
    to_record_s, to_end_s = measured_night(shop)
    killed_runs = 0
    for at in range(30):
        shop.write(events=history(63 + 3 * at))
        before = record_of(shop)
        process = shop.process()
        if at % 3 == 2:
            ended(process, rng.uniform(0.0, to_record_s))
        else:
            assert begun(shop, process, before)
            ended(process, rng.uniform(0.0, to_end_s) if at else 0.0)
        kill(process)
        artefact.read(version_folder(shop.root, shop.served.version))
        killed_runs += record_of(shop) != before and shop.last_run.outcome is RunOutcome.RUNNING
    assert killed_runs
    shop.write(events=history(160))
    assert main(shop.words()) == 0
    assert shop.last_run.good
    assert [left.name for left in shop.root.rglob(".*")] == [LOCK]


def test_of_nights_that_begin_together_one_works_at_a_time(shop: Shop) -> None:
    shop.write(events=history(90))
    together = [shop.process() for _ in range(3)]
    shown = [process.communicate() for process in together]
    codes = [process.returncode for process in together]
    assert set(codes) <= {0, 2}, shown
    assert 0 in codes
    assert all("another training run" in error for (_, error), code in zip(shown, codes, strict=True) if code)
    assert len(shop.served.previous) == 1
    assert shop.last_run.good


NAMESPACE = [shutil.which("unshare") or "unshare", *([] if os.geteuid() == 0 else ["-U", "-r"]), "-m"]


def namespaces() -> bool:
    """Whether a tmpfs can be mounted here in a namespace of its own."""
    with suppress(OSError):
        mounted = subprocess.run(
            [*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False
        )
        return mounted.returncode == 0
    return False


def nights_with_little_space(shop: Shop, *kilobytes: int) -> list[dict[str, object]]:
    words = [sys.executable, "-m", "tests.recommender.commands.full_disk", shop.folder, *kilobytes]
    done = subprocess.run([*NAMESPACE, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.skipif(not namespaces(), reason="this machine allows no mount namespaces")
def test_a_full_disk_is_said_and_the_served_model_stays(shop: Shop) -> None:
    """No space for the record; for a part of the new model; for the model, not for its copy."""
    *full, enough = nights_with_little_space(shop, 0, 60, 150)
    for night in full:
        assert (night["code"], night["outcome"], night["same"]) == (2, "failed", True), night
        assert str(night["message"]).endswith("No space left on device")
        assert str(night["last"]).endswith("No space left on device"), "one line, no traceback"
        assert night["left"] == [LOCK]
    assert (enough["code"], enough["outcome"], enough["same"], enough["left"]) == (
        0,
        "published",
        False,
        [LOCK],
    )
