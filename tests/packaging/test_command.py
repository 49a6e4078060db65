"""The command `cheval` of the packages: which environment runs what, with one package and with both."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

BOTH = ("store", "mirror")


def installed(tree: Path, place: Path, parts: tuple[str, ...], *, mirror_code: int = 0) -> Path:
    """The command with environments of these packages, whose programs print their name and their arguments."""
    for part in parts:
        program = place / f"cheval-{part}" / "bin" / "cheval"
        program.parent.mkdir(parents=True)
        code = mirror_code if part == "mirror" else 0
        program.write_text(f'#!/bin/sh\necho {part} "$@"\nexit {code}\n', encoding="utf-8")
        program.chmod(0o755)
    command = place / "cheval"
    text = (tree / "packaging" / "deb" / "cheval").read_text(encoding="utf-8")
    assert text.count("=/opt/") == 2
    command.write_text(text.replace("=/opt/", f"={place}/"), encoding="utf-8")
    command.chmod(0o755)
    return command


def said(command: Path, words: str) -> tuple[int, list[str]]:
    run = subprocess.run(
        [str(command), *words.split()], capture_output=True, text=True, timeout=30, check=False
    )
    return run.returncode, run.stdout.splitlines()


@pytest.mark.parametrize("part", BOTH)
@pytest.mark.parametrize("words", ["store --check", "mirror --check", "doctor", "doctor --only store", ""])
def test_with_one_package_its_environment_runs_everything(
    part: str, words: str, tree: Path, tmp_path: Path
) -> None:
    assert said(installed(tree, tmp_path, (part,)), words) == (0, [f"{part} {words}".strip()])


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        ("mirror --config x", ["mirror mirror --config x"]),
        ("stand --check", ["mirror stand --check"]),
        ("store --pair 1", ["store store --pair 1"]),
        ("ledger audit", ["store ledger audit"]),
        ("doctor", ["store doctor --only store", "mirror doctor --only mirror"]),
        ("doctor --json", ["store doctor --json --only store", "mirror doctor --json --only mirror"]),
        ("doctor --only mirror", ["mirror doctor --only mirror"]),
        ("doctor --only=store", ["store doctor --only=store"]),
        ("doctor --scan serial:///dev/x", ["mirror doctor --scan serial:///dev/x"]),
        ("doctor --help", ["store doctor --help"]),
        ("--version", ["store --version"]),
    ],
)
def test_with_both_packages_each_command_finds_its_libraries(
    words: str, runs: list[str], tree: Path, tmp_path: Path
) -> None:
    assert said(installed(tree, tmp_path, BOTH), words) == (0, runs)


def test_what_is_bad_in_the_second_half_is_the_exit_code(tree: Path, tmp_path: Path) -> None:
    command = installed(tree, tmp_path, BOTH, mirror_code=1)
    assert said(command, "doctor")[0] == 1
    assert said(command, "doctor --only store")[0] == 0
