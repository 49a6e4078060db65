"""`listen` that does not end by itself: Ctrl-C, a full disk, a reader that connects again."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from hardware.sim.radio.llrp_reader import SimLlrpReader


def listening(uri: str, output: int | IO[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "hardware", "listen", uri, "--seconds", "60"]
    return subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE, text=True)


def test_ctrl_c_ends_it_with_the_summary_of_all_connections(sim: SimLlrpReader) -> None:
    with listening(sim.uri, subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        sim.do({"do": "restart"})
        for _ in range(200):
            process.stdout.readline()
        assert sim.connections == 2
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "reads of 1 tag, " in said
    assert "Traceback" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_named(sim: SimLlrpReader) -> None:
    with Path("/dev/full").open("w") as full, listening(sim.uri, full) as process:
        _, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "the output cannot be written: No space left on device" in said
    assert "Traceback" not in said
