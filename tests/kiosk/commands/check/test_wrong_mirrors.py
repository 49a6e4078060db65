"""A table of wrong configurations of a mirror: `--check` names each with its line, and the mirror says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.commands.configuration import checked_mirror
from kiosk.config import ConfigError
from tests.kiosk.commands.check.shop_folder import write_files

ROOM = 'room: "1"\ntoken_file: token\n'
REFUSED = [
    (ROOM + "cards: 'pcs://'\n", 3, "unknown scheme `pcs`; did you mean `pcsc`?"),
    (ROOM + "cards: 'pcsc://?name=x'\n", 3, "pcsc:// has no options, so remove name"),
    (ROOM + "cards: 'sim://127.0.0.1'\n", 3, "sim:// needs a port"),
    (ROOM + "cards: 'sim://10.0.0.1.2:7000'\n", 3, "is not an IPv4 address"),
    (ROOM + "cards: 'sim://127.0.0.1:70000'\n", 3, "port 70000 is not a number"),
    (ROOM + "scanner: 'serial://dev/ttyACM0'\n", 3, "write three slashes"),
    (ROOM + "scanner: 'serial:///dev/ttyACM0?buad=9600'\n", 3, "did you mean baud?"),
    (ROOM + "scanner: 'serial:///dev/ttyACM0?baud=fast'\n", 3, "baud=fast is none of"),
    (ROOM + "scanner: 'serial://'\n", 3, "serial:// needs a device"),
    (ROOM + "scanner: 'keybord:///dev/x'\n", 3, "did you mean `keyboard`?"),
    (ROOM + "store: 'http://10.0.0..7:8075'\n", 3, "a part between two dots is empty"),
    (ROOM + "store: 'http://h:99999'\n", 3, "the host or the port is wrong"),
    (ROOM + "store: 'http://u:s3cret@h'\n", 3, "no user name"),
    (ROOM + "store: 'h:8075'\n", 3, "write one like http://..."),
    (ROOM + "state: empty/state\n", 3, "empty is not a folder"),
    (ROOM + "screen: {width: 4000}\n", 3, "is more than screen.height"),
    ("token_file: token\ncards: 'sim://h'\n", 2, "sim:// needs a port"),
    ("store: http://h\n", 1, "room: is missing"),
]
WITHOUT = [
    ('room: "1"\ntoken_file: none\n', 2, "none: no such file or directory; run `cheval pair 1`"),
    ('room: "1"\ntoken_file: empty\n', 2, "empty: is empty"),
    ('room: "1"\ntoken_file: token_broken\n', 2, "token_broken: is not a token"),
    ('room: "1"\ntoken_file: feed\n', 2, "feed: is a directory"),
    ('room: "1"\ntoken_file: pipe\n', 2, "pipe: is no file, but a pipe or a device"),
    (ROOM + "scanner: 'keyboard:///dev/input/none'\n", 3, "it is opened as soon as it is there"),
    (ROOM + "scanner: 'serial:///dev/null'\n", 3, "is no serial port and no keyboard"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_files(tmp_path)
    return tmp_path


def checked(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> str:
    file = folder / "mirror.yaml"
    file.write_text(text, "utf-8")
    assert main(["mirror", "--config", str(file), "--check"]) == 2
    return capsys.readouterr().err


def names(output: str, line: int, words: str) -> bool:
    return any(
        re.match(rf"  - line {line}: ", one) and words in one and "s3cret" not in one
        for one in output.splitlines()
    )


@pytest.mark.parametrize(("text", "line", "words"), REFUSED)
def test_what_a_mirror_refuses_is_named_by_check_and_by_the_start_alike(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, line: int, words: str
) -> None:
    said = checked(folder, text, capsys)
    assert names(said, line, words), said
    with pytest.raises(ConfigError):  # else the next line would start a mirror
        checked_mirror(folder / "mirror.yaml")
    assert main(["mirror", "--config", str(folder / "mirror.yaml")]) == 2
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(("text", "line", "words"), WITHOUT)
def test_what_a_mirror_starts_without_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, line: int, words: str
) -> None:
    said = checked(folder, text, capsys)
    assert names(said, line, words), said
    started = checked_mirror(folder / "mirror.yaml")
    assert any(mistake.line == line and words in mistake.what for mistake in started.mistakes)
