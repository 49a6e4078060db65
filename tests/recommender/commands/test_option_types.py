"""A wrong value of any option of any command: one line on standard error, exit code 2, and no work is done."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from recommender.__main__ import main
from recommender.commands import option_types, parser
from tests.recommender import fit_answers, toy_shop
from tests.recommender.commands.test_options import every

NUMBERS = ("", "x", "-1", "1.5", "nan", "1e3", "9" * 400, "0x10", "1\n2")
WRONG: dict[Callable[[str], Any], tuple[str, ...]] = {
    option_types.threads: (*NUMBERS, "0", "100000"),
    option_types.passes: (*NUMBERS, "0", "1000000"),
    option_types.rows: (*NUMBERS, "0", "1000000000"),
    option_types.rows_or_none: (*NUMBERS, "1000000000"),
    option_types.seed: (*NUMBERS, "4294967296"),
    option_types.share: ("", "x", "-0.1", "0", "1", "1.5", "nan", "inf", "20%", "0,2"),
    option_types.loss: ("", "x", "-0.1", "1.5", "nan", "inf", "20%", "0,2"),
    option_types.day: ("", "x", "2026-02-30", "9999-12-31", "20260101", "2026-1-1x", "29.11.2026"),
    option_types.memory: ("", "lots", "2", "-2GB", "0GB", "2XB", "2GB;"),
    option_types.java_memory: ("", "lots", "2", "-2g", "0g", "2GB", "2g -Xss1m"),
    option_types.spark_master: ("", "local[0]", "local[x]", "remote", "spark://", "http://x"),
    option_types.text: ("", "  "),
    option_types.interpreter: ("", "no-such-python", "FOLDER", "FILE"),
    option_types.table: ("", "FOLDER/absent", "FILE/below", "PIPE", "a\0b", "x" * 5000),
    option_types.input_file: ("", "FOLDER", "FOLDER/absent", "FILE/below", "PIPE", "x" * 5000),
    option_types.queries: ("", "FOLDER", "FOLDER/absent", "FILE/below", "x" * 5000),
    option_types.key: ("", "FOLDER", "FOLDER/absent", "FILE/below", "PIPE", "EMPTY"),
    option_types.folder: ("", "FILE", "FOLDER/absent", "FILE/below", "x" * 5000),
    option_types.output_folder: ("", "FILE", "FILE/below", "/proc/model", "x" * 5000, "a\0b"),
    option_types.output_model: ("", "FILE", "FOLDER", "FILE/below", "/proc/model", "x" * 5000, "a\0b"),
    option_types.output_file: ("", "FOLDER", "FILE/below", "/proc/model", "x" * 5000, "a\0b"),
}


def cases() -> Iterator[tuple[str, str]]:
    for name, action in every().items():
        if action.nargs != 0:
            yield from ((name, word) for word in WRONG.get(action.type, ()))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arguments")
    (folder / "FILE").write_text("a file")
    (folder / "EMPTY").write_text("")
    os.mkfifo(folder / "PIPE")
    return folder


def stated(word: str, place: Path) -> str:
    first, _, rest = word.partition("/")
    names = {"FILE": place / "FILE", "EMPTY": place / "EMPTY", "PIPE": place / "PIPE", "FOLDER": place}
    return str(names[first] / rest if rest else names[first]) if first in names else word


def test_every_option_with_a_value_has_a_type_of_this_table() -> None:
    """A new option with a bare `int`, `float`, `Path` or text is a mistake, unless it is a choice."""
    without = [
        name for name, it in every().items() if it.nargs != 0 and not it.choices and it.type not in WRONG
    ]
    assert without == ["suggest --room"], "an empty room is a room"


@pytest.mark.parametrize(("name", "word"), list(cases()), ids=lambda text: ascii(text)[:40])
def test_a_wrong_value_is_one_line_and_exit_code_2(
    name: str, word: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    *command, option = name.split()
    with pytest.raises(SystemExit) as ended:
        main([*command, f"{option}={stated(word, place)}"])
    shown = capsys.readouterr()
    assert (ended.value.code, shown.out) == (2, "")
    assert shown.err.count("\n") == 1, shown.err
    assert option in shown.err
    assert len(shown.err) < 500


def test_the_planted_fault_of_a_bare_type_is_caught() -> None:
    """argparse alone takes -1, and reports "x" after its usage."""
    bare = argparse.ArgumentParser()
    bare.add_argument("--threads", type=int)
    assert bare.parse_args(["--threads=-1"]).threads == -1
    assert bare.format_usage().count("\n") >= 1


@pytest.mark.parametrize(
    "words",
    [(), ("unheard-of",), ("train",), ("evaluate",), ("evaluate", "looks"), ("train", "--unknown", "1"),
     ("evaluate", "fit", "--split", "never"), ("suggest", "--model", ".", "--room", "a", "--batch", "-")],
)  # fmt: skip
def test_wrong_commands_are_one_line_too(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert (ended.value.code, capsys.readouterr().err.count("\n")) == (2, 1)


def test_a_file_that_vanishes_while_a_command_runs_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def vanished(_: argparse.Namespace) -> int:
        (tmp_path / "gone").read_bytes()
        return 0

    assert parser.run(argparse.Namespace(run_command=vanished)) == 2
    error = capsys.readouterr().err
    assert (error.count("\n"), "gone" in error) == (1, True)


@pytest.mark.parametrize("name", ["cheval", "recommender"])
def test_the_first_lines_of_a_process(name: str, tmp_path: Path) -> None:
    """In processes of their own: standard error is one line, by both ways to call the commands."""
    start = ["-m", "kiosk", "models"] if name == "cheval" else ["-m", "recommender"]
    done = subprocess.run(
        [sys.executable, *start, "train-fit", "--fits", str(tmp_path / "absent.csv"), "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_extreme_values_that_are_allowed_end_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items, events = toy_shop.write(tmp_path / "shop", baskets=60)
    fits = fit_answers.write(tmp_path / "fits.parquet", fit_answers.draw(60))
    looks = ["evaluate", "looks", "--catalogue", str(items), "--events", str(events), "--epochs", "1"]
    for words in (
        [*looks, "--share", "0.9999"],
        [*looks, "--share", "0.0001"],
        [*looks, "--questions", "1", "--seed", str(option_types.MAX_SEED)],
        *(["evaluate", what, "--fits", str(fits), "--share", share, "--split", split]
          for what in ("fit", "size") for share in ("0.9999", "0.0001") for split in ("time", "random")),
    ):  # fmt: skip
        code = main(words)
        error = capsys.readouterr().err
        assert code in (0, 1, 2), words
        assert code != 2 or error.splitlines()[-1].startswith("recommender: "), words
