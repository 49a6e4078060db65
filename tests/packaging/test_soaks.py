"""`packaging/check --soak`: names, options, mistakes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


def check(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", tree / "packaging" / "check", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def soak_shell(tree: Path, line: str) -> subprocess.CompletedProcess[str]:
    words = ["/bin/sh", "-c", f"set -eu; . packaging/lib/soak.sh; {line}"]
    return subprocess.run(words, cwd=tree, capture_output=True, text=True, timeout=60, check=False)


def test_the_names_are_listed_and_each_is_a_proof_command(tree: Path) -> None:
    listed = check(tree, "--soak", "list")
    assert listed.returncode == 0
    names = [line.split()[0] for line in listed.stdout.splitlines()]
    assert names == ["kills", "powercuts", "system_calls", "checkout", "strangers", "shop"]
    # `shop` is a command of the product: `cheval simulate shop`
    for name in names[:-1]:
        place = tree / "tests" / "faults" / name
        assert (place / "__main__.py").exists() or place.with_suffix(".py").exists(), name


@pytest.mark.parametrize(
    "words",
    [
        ("--soak", "no-such-proof"),
        ("--soak", "kills", "--seed"),
        ("--soak", "kills", "--seed", "one"),
        ("--soak", "kills", "--minutes", "-3"),
        ("--soak", "kills", "--hours", "1"),
        ("--everything",),
    ],
)
def test_a_mistake_prints_the_usage(words: tuple[str, ...], tree: Path) -> None:
    wrong = check(tree, *words)
    assert wrong.returncode == 2
    assert "--soak NAME" in wrong.stdout


def test_options_are_taken_in_any_order(tree: Path) -> None:
    said = soak_shell(tree, "soak_options kills --minutes 90 --seed 7; echo $soak_seed $soak_minutes")
    assert said.stdout == "7 90\n"
    assert soak_shell(tree, "soak_options kills; echo $soak_seed $soak_minutes").stdout == "1 60\n"
