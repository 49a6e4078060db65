"""The simulated Zebra reader as a process of its own, and its frames."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from hardware.drivers.tag_reader import open_tag_reader
from hardware.ports import TagReads
from hardware.sim.radio.zebra.__main__ import main
from hardware.sim.radio.zebra.web_socket_frames import ClientFrames, accept_key
from tests.contracts.zebra_rigs import free_port
from tests.hardware.fact_log import FactLog
from tests.hardware.network.mqtt.mosquitto import Mosquitto

EPC = "3074257BF7194E4000001A85"
MODULE = [sys.executable, "-m", "hardware.sim.radio.zebra"]


def test_the_process_prints_an_address_that_can_be_listened_to() -> None:
    with subprocess.Popen(
        [*MODULE, "--port", "0", "--tag", f"{EPC}@3"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        facts = FactLog()
        reader = open_tag_reader(said["address"], "r")
        reader.start(facts)
        facts.wait_count(TagReads, 3)
        reader.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    assert {(read.epc, read.antenna) for read in facts.reads()} == {(EPC, 3)}


@pytest.mark.parametrize("way", ["mqtt", "post"])
def test_the_process_also_sends_to_a_broker_or_a_web_hook(way: str, tmp_path: Path) -> None:
    broker = Mosquitto(tmp_path)
    (tmp_path / "word").write_text("word\n")
    port = broker.port if way == "mqtt" else free_port()
    words = [*MODULE, "--port", "0", "--tag", f"{EPC}@3", f"--{way}-port", str(port)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        facts = FactLog()
        reader = open_tag_reader(said["address"].replace("FILE", str(tmp_path / "word")), "r")
        reader.start(facts)
        facts.wait_count(TagReads, 3)
        reader.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    broker.kill()
    assert {(read.epc, read.antenna) for read in facts.reads()} == {(EPC, 3)}


def test_a_port_in_use_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(SystemExit) as ended:
        # without SO_REUSEPORT two servers cannot listen on one port
        main(["--port", str(other.getsockname()[1])])
    assert ended.value.code == 2
    assert "cannot be opened" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["x@1", f"{EPC}@0", f"{EPC}@x", "@1", "30" * 63])
def test_a_wrong_tag_is_said(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--tag", text])
    assert "is not EPC@ANTENNA" in capsys.readouterr().err


def test_the_accept_key_is_that_of_the_standard() -> None:
    # RFC 6455, clause 1.3
    assert accept_key("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


def test_client_frames_are_unmasked_as_in_the_standard() -> None:
    # RFC 6455, clause 5.7: "Hello", masked
    raw = bytes([0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
    frames = ClientFrames()
    assert frames.feed(raw[:6]) == []
    assert frames.feed(raw[6:]) == [(1, b"Hello")]
    with pytest.raises(ValueError, match="must be masked"):
        frames.feed(b"\x81\x01x")
