"""The simulated Impinj reader as a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys

import pytest

from hardware.drivers.tag_reader import open_tag_reader
from hardware.ports import ReaderDown, TagReads
from hardware.sim.radio.impinj.__main__ import main
from tests.hardware.fact_log import FactLog

EPC = "3074257BF7194E4000001A85"


@pytest.mark.parametrize("habit", ["plain", "refuses-start"])
def test_the_process_prints_an_address_that_can_be_listened_to(habit: str) -> None:
    words = [sys.executable, "-m", "hardware.sim.radio.impinj", "--port", "0", "--tag", f"{EPC}@3"]
    with subprocess.Popen([*words, "--habit", habit], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        facts = FactLog()
        reader = open_tag_reader(said["address"], "r")
        reader.start(facts)
        if habit == "plain":
            facts.wait_count(TagReads, 3)
        else:
            (down,) = facts.wait_count(ReaderDown)
            assert "the region is not set" in down.why
        reader.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    assert {(read.epc, read.antenna) for read in facts.reads()} == ({(EPC, 3)} if habit == "plain" else set())


def test_a_port_in_use_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(SystemExit) as ended:
        main(["--port", str(other.getsockname()[1])])
    assert ended.value.code == 2
    assert "cannot be opened" in capsys.readouterr().err
