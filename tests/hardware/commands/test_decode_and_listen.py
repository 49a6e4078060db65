"""`python -m hardware decode` and `listen`: output and exit codes."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hardware.commands.main import main
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader

EPC = "3074257BF7194E4000001A85"


@pytest.fixture
def sim() -> Iterator[SimLlrpReader]:
    with SimLlrpReader() as reader:
        reader.place(EPC, antenna=3, rate_hz=40)
        yield reader


def test_decode_prints_one_line_a_tag(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decode", EPC, "E200", "nonsense"]) == 0
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "epc": EPC,
        "scheme": "sgtin-96",
        "uri": "urn:epc:tag:sgtin-96:3.0614141.812345.6789",
        "gtin": "80614141123458",
        "serial": "6789",
        "filter": 3,
    }
    assert set(second) == set(third) == {"epc", "error"}


def test_decode_reads_lines_of_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.__dict__, "stdin", io.StringIO(f"{EPC.lower()}\n\n  {EPC}  \n"))
        assert main(["decode", "-"]) == 0
    assert [json.loads(line)["epc"] for line in capsys.readouterr().out.splitlines()] == [EPC, EPC]


def test_decode_of_foreign_tags_only_is_exit_code_one() -> None:
    assert main(["decode", "E200"]) == 1


def test_listen_prints_reads_and_ends_by_itself(
    sim: SimLlrpReader, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    assert main(["listen", sim.uri, "--seconds", "0.6"]) == 0
    assert time.monotonic() - began < 5
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines
    for line in lines:
        assert list(line) == ["epc", "antenna", "rssi_dbm", "at"]
        assert (line["epc"], line["antenna"]) == (EPC, 3)
        at = datetime.fromisoformat(line["at"])
        assert at.utcoffset() == timedelta(0)
        assert len(line["at"].partition(".")[2]) == len("123456Z")
        assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)


def test_the_output_of_listen_can_be_replayed(
    sim: SimLlrpReader, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["listen", sim.uri, "--seconds", "0.5"])
    record = tmp_path / "reads.jsonl"
    record.write_text(capsys.readouterr().out)
    assert main(["listen", f"replay://{record}?speed=5", "--seconds", "0.6"]) == 0
    written, played = record.read_text().splitlines(), capsys.readouterr().out.splitlines()
    assert [json.loads(line)["rssi_dbm"] for line in played] == [
        json.loads(line)["rssi_dbm"] for line in written
    ]


def test_what_a_reader_does_not_send_is_null_and_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with SimLlrpReader(ReaderModel(sends_antenna=False, sends_rssi=False)) as sim:
        sim.place(EPC, rate_hz=100)
        assert main(["listen", sim.uri, "--seconds", "0.6"]) == 0
    printed = capsys.readouterr()
    record = tmp_path / "reads.jsonl"
    record.write_text(printed.out)
    assert {(line["antenna"], line["rssi_dbm"]) for line in map(json.loads, printed.out.splitlines())} == {
        (None, None)
    }
    assert printed.err.count("sends no antenna number") == printed.err.count("sends no signal strength") == 1
    assert main(["listen", f"replay://{record}?speed=5", "--seconds", "0.6"]) == 0
    played = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(line["antenna"], line["rssi_dbm"]) for line in played} == {(None, None)}


def test_an_unreachable_reader_is_one_line_and_exit_code_three() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hardware", "listen", "llrp://127.0.0.1:1", "--seconds", "1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr == "llrp://127.0.0.1:1: connection refused\n"
    assert done.stdout == ""


def test_a_reader_that_is_busy_at_first_is_waited_for(
    sim: SimLlrpReader, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", sim.port)) as other:
        other.recv(100)
        threading.Timer(0.3, other.shutdown, [socket.SHUT_RDWR]).start()
        assert main(["listen", sim.uri, "--seconds", "2"]) == 0
    output = capsys.readouterr()
    assert output.err == f"{sim.uri}: another client is connected to it\n"
    assert output.out


def test_a_password_is_never_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["listen", "impinj+https://root:hunter2@127.0.0.1:1", "--seconds", "0.3"]) == 3
    assert main(["listen", "impinj+https://root:hunter2@127.0.0.1:99999"]) == 2
    assert main(["listen", "impinj+https://root:hunter2@127.0.0.1?x"]) == 2
    assert "hunter2" not in "".join(capsys.readouterr())


def test_a_wrong_uri_is_exit_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["listen", "smoke://x"]) == 2
    assert "llrp://" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["decode"], ["listen"]])
def test_every_command_has_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    assert "usage: python -m hardware" in capsys.readouterr().out
