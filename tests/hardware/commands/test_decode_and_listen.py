"""`python -m hardware decode` and `listen`: output and exit codes."""

from __future__ import annotations

import io
import json
import re
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hardware.commands.decode import tag_fields
from hardware.commands.main import main
from hardware.epc.codec import Gtin, encode
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader
from tests.hardware.commands.conftest import EPC


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


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{EPC}",
        f"0x{EPC.lower()}",
        "3074-257B-F719-4E40-0000-1A85",
        "30 74 25 7B F7 19 4E 40 00 00 1A 85",
        "30:74:25:7B:F7:19:4E:40:00:00:1A:85",
        "3074.257B.F719.4E40.0000.1A85",
        "0x30 0x74 0x25 0x7B 0xF7 0x19 0x4E 0x40 0x00 0x00 0x1A 0x85",
        "0x30,0x74,0x25,0x7B,0xF7,0x19,0x4E,0x40, 0x00, 0x00, 0x1A, 0x85",
        f"3000{EPC}",
        f"3400{EPC}",
        f"B1C23000{EPC}",
    ],
)
def test_decode_takes_the_forms_of_other_programs(text: str) -> None:
    assert tag_fields(text.strip("\ufeff"))["epc"] == EPC


def test_decode_ignores_a_byte_order_mark(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.__dict__, "stdin", io.StringIO(f"\ufeff{EPC}\r\n0x{EPC}\r\n"))
        assert main(["decode", "-"]) == 0
    assert [json.loads(line)["epc"] for line in capsys.readouterr().out.splitlines()] == [EPC, EPC]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1"])
def test_decode_reads_files_of_other_systems(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    words = [sys.executable, "-m", "hardware", "decode", "-"]
    text = f"{mark}{EPC}\r\n\u00e9\r\n{EPC}\r\n".encode(encoding)
    done = subprocess.run(words, input=text, capture_output=True, check=True, timeout=60)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["epc"] for line in lines if "error" not in line] == [EPC, EPC]
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        (f"urn:epc:raw:96.x{EPC}", "6789"),
        ("urn:epc:tag:sgtin-96:3.0614141.812345.6789", "6789"),
        ("https://id.gs1.org/01/80614141123458/21/6789", "6789"),
        ("(01)80614141123458(21)A(1)B", "A(1)B"),
        ("80614141123458", None),
        ("0180614141123458", None),
    ],
)
def test_decode_takes_texts_of_labels(text: str, serial: str | None) -> None:
    assert tag_fields(text) == {"text": text, "gtin": "80614141123458", "serial": serial}


def test_decode_says_that_a_serial_is_not_certain() -> None:
    fields = tag_fields("018061414112345821AB10X")
    assert fields["serial"] is None
    assert "separators" in fields["note"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3074257BF7194E4000001A", "22 hex digits"),
        ("3174257BF7194E4000001A85", "sscc-96"),
        ("E2801160600002054A0F7D3E", "TID"),
        ("urn:epc:id:sscc:0614141.1234567890", "not a garment's"),
        ("4006381333932", "check digit"),
        ("A" * 600, "too long"),
        (f'"{EPC}"', f"contains the EPC {EPC}"),
        (f"{EPC.lower()},1,-55", f"contains the EPC {EPC}"),
        (f"EPC: {EPC}", f"contains the EPC {EPC}"),
    ],
)
def test_decode_says_what_a_refused_text_is(text: str, words: str) -> None:
    assert words in tag_fields(text)["error"]


def test_decode_refuses_digits_that_are_an_epc_with_and_without_its_pc_word() -> None:
    tags = (
        f"3074{encode(Gtin.of(number * 977), serial << 16)}" for number in range(1, 3000) for serial in (1, 9)
    )
    both = next(digits for digits in tags if "error" in tag_fields(digits))
    assert tag_fields(both)["error"] == "can be an EPC or PC and EPC; give the EPC alone"


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
    busy, summary = output.err.splitlines()
    assert busy == f"{sim.uri}: another client is connected to it"
    assert "reads of 1 tag" in summary
    assert output.out


def test_listen_ends_with_a_summary(sim: SimLlrpReader, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["listen", sim.uri, "--seconds", "1.5"]) == 0
    output = capsys.readouterr()
    (summary,) = output.err.splitlines()
    said = re.fullmatch(rf"{sim.uri}: (\d+) reads of 1 tag, ([0-9.]+) s between reads of one tag", summary)
    assert said, summary
    assert int(said[1]) == len(output.out.splitlines())
    assert 0 < float(said[2]) < 1


def test_a_connected_reader_without_reads_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with SimLlrpReader() as empty:
        assert main(["listen", empty.uri, "--seconds", "4.2"]) == 0
    output = capsys.readouterr()
    first, last = output.err.splitlines()
    assert output.out == ""
    for line, seconds in ((first, "3"), (last, "4")):
        assert f"no tag was read for {seconds} s" in line
        assert "region" in line
        assert "session" in line


def test_a_disconnected_antenna_is_told_and_its_return_too(
    sim: SimLlrpReader, capsys: pytest.CaptureFixture[str]
) -> None:
    timers = [threading.Timer(0.5, sim.do, [{"do": "antenna", "antenna": 2, "connected": False}])]
    timers.append(threading.Timer(1.0, sim.do, [{"do": "antenna", "antenna": 2, "connected": True}]))
    for timer in timers:
        timer.start()
    assert main(["listen", sim.uri, "--seconds", "2"]) == 0
    gone, back, _ = capsys.readouterr().err.splitlines()
    assert "antenna 2" in gone
    assert "disconnected" in gone
    assert "over" in back


@pytest.mark.full
def test_a_hanging_tag_in_session_1_is_told(sim: SimLlrpReader, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["listen", f"{sim.uri}?session=1", "--seconds", "25"]) == 0
    said = capsys.readouterr().err
    assert "tags are read only every" in said
    assert "session=0" in said


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
