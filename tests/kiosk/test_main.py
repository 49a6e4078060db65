"""The command line as a whole: its version, and output that nobody reads to the end."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kiosk.__main__ import main
from kiosk.version import VERSION


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"cheval {VERSION}\n"


@pytest.mark.parametrize("arguments", ["schema store", "schema feed", "decode 3074257BF7194E4000001A85"])
def test_a_closed_pipe_is_no_error(arguments: str) -> None:
    # `true` has ended before the command prints
    command = f"sleep 0.2; {sys.executable} -m kiosk {arguments}; echo $? >&2"
    run = subprocess.run(
        ["sh", "-c", f"({command}) | true"], capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in run.stderr
    assert run.stderr.split()[-1] == "0"
