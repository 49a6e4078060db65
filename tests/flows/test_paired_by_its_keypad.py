"""A mirror's first start: a real mirror process with its window, paired by the keys on its glass with a real store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main
from kiosk.pairing.credentials import read_credentials
from tests.faults.visit_memory.visit import MirrorProcess, mirror_process
from tests.kiosk.store.store_process import StoreProcess

PROGRAM = ("-m", "tests.faults.visit_memory.mirror_program")
Said = pytest.CaptureFixture[str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StoreProcess]:
    """A store over TLS that has never started before."""
    process = StoreProcess(tmp_path, "sim://127.0.0.1:1", listen={"port": 0, "tls": True})
    process.start()
    yield process
    process.close()


def test_from_the_first_start_to_the_rest_scene_revoked_and_paired_again(
    store: StoreProcess, tmp_path: Path, capsys: Said
) -> None:
    pairing = tmp_path / "mirror" / "pairing.json"
    with mirror_process(*PROGRAM, written(tmp_path, store.url), "--still") as mirror:
        mirror.until(shows("unpaired", "typing", 0, None))
        code = shown_code(tmp_path, capsys)
        type_in(mirror, f"{(int(code) + 1) % 10**8:08}")
        mirror.until(shows("unpaired", "typing", 0, "wrong-code"))
        assert not pairing.exists()
        type_in(mirror, code)
        mirror.until(rests)
        first = read_credentials(pairing)
        assert pairing.stat().st_mode & 0o777 == 0o600
        assert main(["pair", "--revoke", "mirror-1", "--config", str(tmp_path / "store.yaml")]) == 0
        capsys.readouterr()
        mirror.until(shows("refused", "closed", 0, None))
        touch(mirror, "pairing-open")
        type_in(mirror, shown_code(tmp_path, capsys))
        mirror.until(rests)
        again = read_credentials(pairing)
    assert again.root == first.root
    assert again.token != first.token


def written(folder: Path, url: str) -> str:
    """The configuration of the mirror of room 1, which was never paired."""
    file = folder / "mirror.yaml"
    settings = {"store": url, "room": "1", "state": str(folder / "mirror"), "screen": {"full_screen": False}}
    file.write_text(json.dumps(settings), "utf-8")
    return str(file)


def shown_code(folder: Path, capsys: Said) -> str:
    """The code that `cheval pair` shows on the store's computer."""
    assert main(["pair", "1", "--config", str(folder / "store.yaml"), "--json"]) == 0
    return str(json.loads(capsys.readouterr().out)["code"])


def shows(*pairing: object) -> Callable[[dict[str, Any]], bool]:
    """Need, step, number of digits and problem of the page of the pairing."""
    return lambda state: state.get("pairing") == list(pairing)


def rests(state: dict[str, Any]) -> bool:
    return state.get("page") == "rest" and not state["pairing"]


def touch(mirror: MirrorProcess, name: str) -> None:
    """Clicks a control of the window, which must be there."""
    mirror.say(f"touch {name}")

    def is_done(state: dict[str, Any]) -> bool:
        assert state.get("found", True), f"there is no {name} to touch"
        return bool(state.get("touched") == name)

    mirror.until(is_done)


def type_in(mirror: MirrorProcess, code: str) -> None:
    for digit in code:
        touch(mirror, f"key-{digit}")
