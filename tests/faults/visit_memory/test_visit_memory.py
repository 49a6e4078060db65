"""The memory of a mirror's process holds nothing of a member after her visit: read from /proc/PID/mem."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from kiosk import cleared_memory
from tests.faults.visit_memory.search import found_in_memory
from tests.faults.visit_memory.visit import PERSONAL, Rig, mirror_process, shop

PROGRAM: Final = ("-m", "tests.faults.visit_memory.mirror_program")
MINUTE_S: Final = 60.0


def after_a_visit(rig: Rig, *words: str) -> Counter[str]:
    """What is found in the memory of a mirror at the latest a minute after a visit; less may be found sooner."""
    with mirror_process(*PROGRAM, str(rig.config), *words) as mirror:
        mirror.until(lambda _: True)
        mirror.say("wake")
        rig.lay()
        mirror.until(lambda state: state["named"])
        rig.write(PERSONAL["message"])
        mirror.until(lambda state: state["message"])
        shown = found_in_memory(mirror.pid, PERSONAL)
        assert all(any(what.startswith(name) for what in shown) for name in ("name", "message")), (
            "both are on the glass"
        )
        rig.lift()
        mirror.say("close")
        mirror.until(lambda state: not state["named"])
        return until_none(mirror.pid, 3.0 if words else MINUTE_S)


def until_none(process: int, within_s: float) -> Counter[str]:
    end = time.monotonic() + within_s
    while (found := found_in_memory(process, PERSONAL)) and time.monotonic() < end:
        pass
    return found


def test_nothing_of_a_member_is_in_the_memory_of_the_mirror_after_her_visit(tmp_path: Path) -> None:
    with shop(tmp_path) as rig:
        assert after_a_visit(rig) == Counter()


@pytest.mark.full
def test_a_mirror_that_keeps_released_memory_is_found_out(tmp_path: Path) -> None:
    """The planted fault is the mirror as it was before."""
    with shop(tmp_path) as rig:
        found = after_a_visit(rig, "--as-before")
    assert any(what.startswith("name") for what in found)


def test_the_command_overwrites_what_it_releases(tmp_path: Path) -> None:
    config = tmp_path / "mirror.yaml"
    config.write_text(
        json.dumps({"store": "http://127.0.0.1:9", "room": "1", "screen": {"full_screen": False}})
    )
    mirror = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "mirror", "--config", str(config)],
        stderr=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert mirror.stderr is not None
    mirror.stderr.readline()
    present = Path(f"/proc/{mirror.pid}/environ").read_bytes().split(b"\0")
    mirror.kill()
    mirror.communicate()
    assert b"PYTHONMALLOC=malloc" in present
    assert any(one.startswith(b"GLIBC_TUNABLES=") for one in present)


RELEASING: Final = """
import sys
text = "".join(["Zephy", "rine", "Quoll"]) * 3
del text
print(flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("cleared", [True, False])
def test_the_search_finds_what_a_process_has_released_and_not_overwritten(cleared: bool) -> None:
    surroundings = dict(os.environ)
    process = subprocess.Popen(
        [sys.executable, "-c", RELEASING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=cleared_memory.environment(surroundings) if cleared else surroundings,
    )
    assert process.stdout is not None
    process.stdout.readline()
    found = found_in_memory(process.pid, {"name": "QuollZephyrineQuoll"})
    process.communicate()
    assert bool(found) is not cleared


def test_the_environment_keeps_what_else_is_tuned() -> None:
    made = cleared_memory.environment({"GLIBC_TUNABLES": "glibc.malloc.check=1", "HOME": "/"})
    assert made["HOME"] == "/"
    assert "glibc.malloc.check=1" in made["GLIBC_TUNABLES"].split(":")
    assert cleared_memory.environment(made) == made, "a process is replaced only once"
