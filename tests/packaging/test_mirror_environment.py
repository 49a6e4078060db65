"""The mirror runs with the libraries of its package alone: an environment of `mirror.txt`, without any other."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest

from kiosk.commands.packages import MIRROR_LIBRARIES, STORE_LIBRARIES, package_with

START = "import sys; from kiosk.__main__ import main; sys.exit(main())"
CHECKS = [
    (["--help"], 0, "doctor"),
    (["schema", "mirror"], 0, "token_file"),
    (["schema", "addresses"], 0, "pcsc://"),
    (["decode", "3034257BF7194E4000001A85"], 0, "80614141"),
    (["doctor", "--only", "mirror", "--json"], 0, '"Qt"'),
]


@pytest.fixture(scope="module")
def libraries(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with links to what the locked libraries installed, and to our packages."""
    folder = tmp_path_factory.mktemp("libraries")
    lock = (tree / "packaging" / "lock" / "mirror.txt").read_text(encoding="utf-8")
    for name in re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE):
        for file in distribution(name).files or ():
            top = file.parts[0]
            if top not in ("..", "__pycache__") and not (folder / top).exists():
                (folder / top).symlink_to(Path(str(distribution(name).locate_file(top))))
    for ours in ("kiosk", "hardware", "recommender"):
        (folder / ours).symlink_to(tree / ours)
    return folder


def cheval(libraries: Path, *words: str) -> list[str]:
    """The command line of `cheval` with these libraries: no site-packages, no current folder."""
    code = f"import sys; sys.path.insert(0, {str(libraries)!r}); {START}"
    return [sys.executable, "-I", "-S", "-c", code, *words]


def surroundings(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen", **more}


@pytest.mark.parametrize(("words", "code", "said"), CHECKS, ids=[" ".join(words) for words, _, _ in CHECKS])
def test_a_command_of_the_mirror_runs(
    words: list[str], code: int, said: str, libraries: Path, tmp_path: Path
) -> None:
    run = subprocess.run(
        cheval(libraries, *words), capture_output=True, text=True, timeout=60, check=False,
        env=surroundings(tmp_path),
    )  # fmt: skip
    assert (run.returncode, said in run.stdout) == (code, True), run.stdout + run.stderr


def test_a_command_of_the_store_names_its_package(libraries: Path, tmp_path: Path) -> None:
    file = tmp_path / "store.yaml"
    file.write_text(f"state: {tmp_path}/state\n", encoding="utf-8")
    run = subprocess.run(
        cheval(libraries, "store", "--config", str(file)), capture_output=True, text=True, timeout=60,
        check=False, env=surroundings(tmp_path),
    )  # fmt: skip
    assert run.returncode == 2
    assert "it is in the package cheval-store" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(str(tmp_path / "notify"))
        receiver.settimeout(40)
        yield receiver


def test_the_mirror_shows_frames_and_talks_to_its_store(
    libraries: Path, tmp_path: Path, systemd: socket.socket
) -> None:
    file = tmp_path / "mirror.yaml"
    with socket.create_server(("127.0.0.1", 0)) as store:
        store.settimeout(40)
        url = f"http://127.0.0.1:{store.getsockname()[1]}"
        file.write_text(
            json.dumps({"store": url, "room": "1", "screen": {"full_screen": False}}), encoding="utf-8"
        )
        with subprocess.Popen(
            cheval(libraries, "mirror", "--config", str(file)), stderr=subprocess.PIPE, text=True,
            env=surroundings(tmp_path, NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="2000000"),
        ) as mirror:  # fmt: skip
            assert systemd.recv(100) == b"READY=1"
            assert systemd.recv(100) == b"WATCHDOG=1"
            connection = store.accept()[0]
            assert b" HTTP/1.1" in connection.recv(100)
            connection.close()
            mirror.send_signal(signal.SIGTERM)
            said = mirror.communicate(timeout=40)[1]
    assert (mirror.returncode, "Traceback" in said) == (0, False), said


def test_the_libraries_of_the_lists_are_those_of_the_lock_files(tree: Path) -> None:
    """What the list of modules names is in one of the two packages only."""

    def modules(lock: str) -> set[str]:
        text = (tree / "packaging" / "lock" / f"{lock}.txt").read_text(encoding="utf-8")
        names = re.findall(r"^([a-z0-9-]+)==[^\\\n]*", text, re.MULTILINE)
        shipped = [name for name in names if not re.search(rf"^{name}==.*win32", text, re.MULTILINE)]
        return {
            Path(file.parts[0]).stem.partition(".")[0]
            for name in shipped
            for file in distribution(name).files or ()
        }

    assert modules("mirror") & STORE_LIBRARIES == set()
    assert modules("store") & MIRROR_LIBRARIES == set()
    assert modules("store") >= STORE_LIBRARIES - {"usb"}, "python-escpos imports usb if it is there"
    assert modules("mirror") >= MIRROR_LIBRARIES


def test_another_missing_module_is_no_question_of_packages() -> None:
    assert package_with("sqlalchemy.engine") == "cheval-store"
    assert package_with("PySide6") == "cheval-mirror"
    assert package_with("kiosk.nothing") is None
    assert package_with(None) is None
