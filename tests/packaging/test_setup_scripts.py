"""The set-up scripts, asked piece by piece by the shell that runs them on Debian and Ubuntu."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

SCRIPTS = (
    "check", "demo", "deb/build", "deb/cheval", "deb/trial", "deb/trial-steps", "lock/refresh",
    *(f"deb/{part}/{name}" for part in ("store", "mirror") for name in ("postinst", "prerm", "postrm")),
)  # fmt: skip


def shell(words: str, tree: Path) -> tuple[int, str, str]:
    """What a line of shell says, with the scripts' own words at hand."""
    line = f"set -eu; . packaging/lib/say.sh; . packaging/lib/system.sh; . packaging/lib/python.sh; {words}"
    run = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=tree,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return run.returncode, run.stdout, run.stderr


@pytest.mark.parametrize(
    "name",
    [
        *SCRIPTS,
        "setup.sh",
        "lib/say.sh",
        "lib/system.sh",
        "lib/python.sh",
        "lib/steps.sh",
        "lib/soak.sh",
        "lib/deb.sh",
        "lib/root.sh",
        "lib/trial.sh",
    ],
)
def test_a_script_is_sound_and_can_be_run(name: str, tree: Path) -> None:
    file = tree / "packaging" / name
    assert subprocess.run(["/bin/sh", "-n", str(file)], check=False).returncode == 0
    assert (file.stat().st_mode & 0o111 != 0) == (name in SCRIPTS)


@pytest.mark.parametrize(
    ("release", "system"),
    [
        ("ID=debian\nVERSION_ID='12'\n", "debian"),
        ("ID=debian\nVERSION_ID=13\n", "debian13"),
        ('NAME="x y"\nID=ubuntu\nVERSION_ID="24.04"\n', "ubuntu"),
    ],
)
def test_a_supported_system_is_known(release: str, system: str, tree: Path, tmp_path: Path) -> None:
    (tmp_path / "os-release").write_text(release, encoding="utf-8")
    said = shell(f"os_release={tmp_path}/os-release; know_system; echo $system; packages_for check", tree)
    assert said[0] == 0
    assert said[1].splitlines()[0] == system
    assert ("chromium" in said[1]) == (system != "ubuntu")
    assert ("libglib2.0-0t64" in said[1]) == (system != "debian")


@pytest.mark.parametrize(
    ("release", "named"),
    [
        (
            "ID=debian\nVERSION_ID=11\nPRETTY_NAME='Debian GNU/Linux 11 (bullseye)'\n",
            "this is Debian GNU/Linux 11 (bullseye).",
        ),
        ("ID=fedora\nVERSION_ID=42\n", "this is an unnamed system."),
        ("", "this is an unnamed system."),
    ],
)
def test_another_system_gets_one_clear_sentence(release: str, named: str, tree: Path, tmp_path: Path) -> None:
    (tmp_path / "os-release").write_text(release, encoding="utf-8")
    code, out, said = shell(f"os_release={tmp_path}/os-release; know_system", tree)
    assert (code, out) == (1, "")
    assert said == f"cheval: set-up supports Debian 12, Debian 13 and Ubuntu 24.04; {named}\n"


def test_only_what_is_missing_is_named(tree: Path) -> None:
    assert shell("missing_of dpkg no-such-package-at-all", tree)[1] == "no-such-package-at-all "


def test_a_python_that_does_not_fit_is_refused_by_name(tree: Path, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    code, _, said = shell(f"CHEVAL_PYTHON={old}; find_python", tree)
    assert code == 1
    assert said.startswith(f"cheval: CHEVAL_PYTHON={old} is not a Python 3.11, 3.12 or 3.13")
    assert (
        shell(f"CHEVAL_PYTHON={sys.executable}; find_python; echo $python", tree)[1].strip() == sys.executable
    )


def test_a_command_that_fails_without_output_is_shown_and_ends_the_script(tree: Path) -> None:
    code, out, said = shell("quietly 'a step' sh -c 'echo the reason; exit 3'; echo never", tree)
    assert code == 1
    assert out == "  a step ... failed\n"
    assert said == "the reason\ncheval: a step failed; its output is above.\n"


def test_a_failed_step_is_named_at_the_close_and_the_rest_still_runs(tree: Path) -> None:
    code, out, _ = shell(
        ". packaging/lib/steps.sh; step one true; step two false; step three true; close", tree
    )
    assert code == 1
    assert out.count("passed") == 2
    assert out.splitlines()[-1].startswith("3 steps in 0 min")
    assert out.splitlines()[-1].endswith("FAILED: two")
    assert shell(". packaging/lib/steps.sh; step one true; close", tree)[0] == 0


@pytest.mark.parametrize("ends", ["true", "false"])
def test_a_step_beside_the_others_is_judged_where_it_is_joined(tree: Path, ends: str) -> None:
    code, out, _ = shell(
        f". packaging/lib/steps.sh; beside long sh -c 'echo its output; {ends}'; step one true; joined; close",
        tree,
    )
    assert code == (0 if ends == "true" else 1)
    assert out.index("== long: runs beside") < out.index("== one") < out.index("its output")
    assert out.count("passed (") == (2 if code == 0 else 1)
    assert out.splitlines()[-1].endswith("everything passed" if code == 0 else "FAILED: long")


def test_a_step_beside_ends_with_the_script(tree: Path) -> None:
    script = ". packaging/lib/steps.sh; beside long sh -c 'sleep 600; true'; echo $beside; exit 3"
    code, out, _ = shell(script, tree)
    assert code == 3
    with suppress(ProcessLookupError):
        process = os.pidfd_open(int(out.split()[-1]))
        ended = select.select([process], [], [], 20)[0]
        os.close(process)
        assert ended


def test_what_was_not_run_is_said_at_the_end_as_well(tree: Path) -> None:
    code, out, _ = shell(
        ". packaging/lib/steps.sh; step one true; not_run Spark 'it needs Java'; close", tree
    )
    assert code == 0
    assert "== Spark\n   NOT RUN: it needs Java\n" in out
    assert out.splitlines()[-3:-1] == ["not run on this computer: Spark", ""]
    assert "not run" not in shell(". packaging/lib/steps.sh; step one true; close", tree)[1]


def test_an_unknown_word_gets_the_usage(tree: Path) -> None:
    run = subprocess.run(
        [str(tree / "packaging" / "check"), "--fast"], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 2
    assert "--full" in run.stdout
