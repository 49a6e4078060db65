"""The units allow every system call that their programs make, and those that only rare paths make."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.packaging.allowed_system_calls import allowed

NEEDS_SYSTEMD = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)
NEEDS_STRACE = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
OF_FUNCTIONS = {
    "os.nice(": "setpriority",
    "os.setpriority(": "setpriority",
    "os.sched_setaffinity(": "sched_setaffinity",
    "os.sched_setscheduler(": "sched_setscheduler",
    "os.setuid(": "setuid",
    "os.seteuid(": "setresuid",
    "os.chown(": "chown",
    "os.fchown(": "fchown",
    "shutil.chown(": "chown",
    "resource.setrlimit(": "prlimit64",
}
"""Functions whose calls are in groups that a unit takes out, and the call that the C library makes."""
OF_ROOT = {"chown", "fchown", "setresuid"}
"""Only made as root: by commands (`cheval pair`, `--check`) and by SQLite for its journals, never by the service."""


def unit(tree: Path, name: str) -> str:
    return (tree / "packaging" / "systemd" / f"{name}.service").read_text(encoding="utf-8")


def made(folders: list[Path]) -> set[str]:
    """The calls behind the listed functions that the sources below these folders use."""
    texts = [file.read_text(encoding="utf-8") for folder in folders for file in folder.rglob("*.py")]
    return {call for function, call in OF_FUNCTIONS.items() if any(function in text for text in texts)}


@NEEDS_SYSTEMD
@pytest.mark.parametrize(
    ("name", "folders"),
    [
        ("cheval-store", ["kiosk/store", "kiosk/pictures", "kiosk/connectors", "hardware"]),
        ("cheval-mirror", ["kiosk/mirror", "kiosk/screen", "hardware"]),
        ("cheval-stand", ["kiosk/mirror", "kiosk/commands/stand", "hardware"]),
        ("cheval-train", ["recommender"]),
        ("cheval-backup", ["kiosk/store/backup", "kiosk/commands/backup"]),
        ("cheval-backup-erased", ["kiosk/commands/backup"]),
    ],
)
def test_what_the_sources_ask_for_is_allowed(name: str, folders: list[str], tree: Path) -> None:
    assert made([tree / folder for folder in folders]) - OF_ROOT - allowed(unit(tree, name)) == set()


@NEEDS_SYSTEMD
def test_a_planted_filter_that_forbids_a_lower_priority_is_caught(tree: Path) -> None:
    """As the store's unit was: its first picture would have ended the store."""
    wrong = unit(tree, "cheval-store").replace("SystemCallFilter=setpriority mbind\n", "")
    folders = [tree / "kiosk/store", tree / "kiosk/pictures"]
    assert made(folders) - OF_ROOT - allowed(wrong) == {"setpriority"}


@pytest.mark.parametrize(
    "name",
    [
        "cheval-store",
        "cheval-mirror",
        "cheval-stand",
        "cheval-train",
        "cheval-backup",
        "cheval-backup-erased",
    ],
)
def test_a_call_that_is_not_allowed_fails_and_does_not_kill(name: str, tree: Path) -> None:
    assert "SystemCallErrorNumber=EPERM\n" in unit(tree, name)


def traced(file: Path, words: list[str], surroundings: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["strace", "-f", "-qq", "-e", "signal=none", "-o", str(file), sys.executable, "-m", "kiosk", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **surroundings},
        start_new_session=True,
    )


def calls(file: Path) -> set[str]:
    return set(re.findall(r"^\d+ +([a-z0-9_]+)\(", file.read_text(errors="replace"), re.MULTILINE))


def end(program: subprocess.Popen[bytes]) -> None:
    """Ends what strace runs, and then strace."""
    os.killpg(program.pid, signal.SIGTERM)
    program.wait(60)


@pytest.mark.full
@NEEDS_SYSTEMD
@NEEDS_STRACE
@pytest.mark.timeout(300)
def test_the_store_makes_no_other_call(tree: Path, tmp_path: Path, free_port: Callable[[], int]) -> None:
    port = free_port()
    file = tmp_path / "store.yaml"
    settings = {"state": str(tmp_path / "state"), "listen": {"port": port}, "rooms": {"1": {}}}
    file.write_text(json.dumps(settings), encoding="utf-8")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(200)
        program = traced(
            tmp_path / "trace", ["store", "--config", str(file)], {"NOTIFY_SOCKET": str(tmp_path / "notify")}
        )
        assert systemd.recv(100) == b"READY=1"
        with urlopen(f"http://127.0.0.1:{port}/api/v1/health", timeout=60) as answer:
            assert json.load(answer)["ok"] is True
        end(program)
    found = calls(tmp_path / "trace")
    assert "openat" in found
    assert found - OF_ROOT - allowed(unit(tree, "cheval-store")) == set()


@pytest.mark.full
@NEEDS_SYSTEMD
@NEEDS_STRACE
@pytest.mark.timeout(300)
def test_the_mirror_makes_no_other_call(tree: Path, tmp_path: Path) -> None:
    file = tmp_path / "mirror.yaml"
    text = {
        "store": "http://127.0.0.1:9",
        "room": "1",
        "state": str(tmp_path),
        "screen": {"full_screen": False},
    }
    file.write_text(json.dumps(text), encoding="utf-8")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(200)
        surroundings = {
            "QT_QPA_PLATFORM": "offscreen",
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
            "WATCHDOG_USEC": "1000000",
        }
        program = traced(tmp_path / "trace", ["mirror", "--config", str(file)], surroundings)
        assert [systemd.recv(100), systemd.recv(100)] == [b"READY=1", b"WATCHDOG=1"]
        end(program)
    assert calls(tmp_path / "trace") - allowed(unit(tree, "cheval-mirror")) == set()


@pytest.mark.full
@NEEDS_SYSTEMD
@NEEDS_STRACE
@pytest.mark.timeout(300)
def test_the_stand_makes_no_other_call(tree: Path, tmp_path: Path) -> None:
    file = tmp_path / "stand.yaml"
    text = {"store": "http://127.0.0.1:9", "room": "coat", "state": str(tmp_path), "cards": "pcsc://"}
    file.write_text(json.dumps(text), encoding="utf-8")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(200)
        surroundings = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "1000000"}
        program = traced(tmp_path / "trace", ["stand", "--config", str(file)], surroundings)
        assert [systemd.recv(100), systemd.recv(100)] == [b"READY=1", b"WATCHDOG=1"]
        end(program)
    assert calls(tmp_path / "trace") - allowed(unit(tree, "cheval-stand")) == set()
