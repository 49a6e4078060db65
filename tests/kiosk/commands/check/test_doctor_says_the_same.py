"""`cheval doctor` names the mistakes of `--check` too, and a wrong value stops none of its other checks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.commands.doctor.command import findings
from kiosk.commands.doctor.finding import State
from tests.kiosk.commands.check import test_wrong_mirrors, test_wrong_stores
from tests.kiosk.commands.check.shop_folder import write_files

# rows that name no host: doctor would contact it
STORES = [
    (text, words)
    for text, _, words in (*test_wrong_stores.REFUSED, *test_wrong_stores.WITHOUT)
    if "192.0.2" not in text and "://h" not in text and "listen" not in text
]
MIRRORS = [(text, words) for text, _, words in test_wrong_mirrors.REFUSED[1:9:2]]
BRACKETS = "readers: [{name: a, uri: 'llrp://[::1'}]\nrooms: {1: {antennas: [1]}}\n"


@pytest.mark.parametrize(("text", "words"), [*STORES, (BRACKETS, "write an IPv6 address in brackets")])
def test_the_stores_mistakes(tmp_path: Path, free_port: Callable[[], int], text: str, words: str) -> None:
    write_files(tmp_path)
    file = tmp_path / "store.yaml"
    state = "" if "state:" in text else "state: state\n"
    file.write_text(
        f"{text.replace('{folder}', str(tmp_path))}{state}listen: {{port: {free_port()}}}\n", "utf-8"
    )
    found = list(findings(file, None))
    assert any(one.state is State.BAD and words in one.found for one in found if one.about == "store's file")
    assert "store port" in {one.about for one in found}


@pytest.mark.parametrize(("text", "words"), MIRRORS)
def test_a_mirrors_mistakes(tmp_path: Path, free_port: Callable[[], int], text: str, words: str) -> None:
    write_files(tmp_path)
    file = tmp_path / "mirror.yaml"
    file.write_text(f"{text}store: http://127.0.0.1:{free_port()}\n", "utf-8")
    found = list(findings(None, file))
    assert any(one.state is State.BAD and words in one.found for one in found if one.about == "mirror's file")
    assert "store" in {one.about for one in found}
