"""Options of `cheval demo`, and the address at which its store listens."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from kiosk.__main__ import main
from kiosk.commands.demo import OptionError, check_free
from kiosk.demo.environment import DemoEnvironment
from kiosk.demo.shop import prepared
from kiosk.version import VERSION


@pytest.mark.parametrize(
    ("address", "message"),
    [("x", "does not appear to be"), ("0.0.0.0", "no address that a phone can open"), ("::", "no address")],
)
def test_an_address_that_no_phone_can_open_is_refused(
    address: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--listen", address])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--size", "abc", "`abc` is not WIDTHxHEIGHT"),
        ("--size", "1080", "`1080` is not WIDTHxHEIGHT"),
        ("--speed", "0", "`0` is not a number from 0.01 to 100"),
        ("--speed", "nan", "`nan` is not a number"),
        ("--speed", "fast", "`fast` is not a number"),
    ],
)
def test_an_option_that_cannot_be_read_is_refused(
    option: str, value: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--headless", option, value])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--size", "10x900", "--size: width `10`"),
        ("--size", "1920x1080", "--size: width is more than"),
        ("--language", "xx", "--language `xx` is not allowed"),
        ("--shots", "FILE", "--shots"),
        ("--transcript", "FILE/visit.jsonl", "--transcript"),
    ],
)
def test_an_option_that_cannot_be_used_is_named_without_a_traceback(
    option: str, value: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    assert main(["demo", "--headless", option, value.replace("FILE", str(file))]) == 2
    assert message in capsys.readouterr().err


def test_a_visit_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    visit = tmp_path / "visit.yaml"
    visit.write_bytes(b"\xff\xfe")
    assert main(["demo", "--headless", "--visit", str(visit)]) == 1
    assert f"{visit}: cannot be read" in capsys.readouterr().err


def test_the_store_listens_on_the_given_address_and_the_simulators_on_loopback_only() -> None:
    with DemoEnvironment(prepared(lambda _line: None), host="127.0.0.2") as environment:
        assert environment.url.startswith("http://127.0.0.2:")
        assert requests.get(f"{environment.url}/api/v1/health", timeout=10).ok
        assert environment.mirror_settings()["cards"].startswith("sim://127.0.0.1:")


def test_an_interrupted_visit_ends_without_a_traceback() -> None:
    command = [sys.executable, "-m", "kiosk", "demo", "--headless"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        # the first picture: the window is open
        assert any("rest" in line for line in demo.stdout)
        demo.send_signal(signal.SIGINT)
        _, errors = demo.communicate(timeout=60)
    assert demo.returncode == 1
    assert "demo: failed: interrupted" in errors
    assert "Traceback" not in errors


def test_a_second_demo_is_told_in_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(OptionError, match=f"port {port}: address already in use; is another demo open"):
            check_free("127.0.0.1", port)
    check_free("127.0.0.1", port)


@pytest.mark.parametrize(
    "words", ["--version", "demo --version", "store --version", "cards list --version --json"]
)
def test_every_command_tells_the_version(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words.split()) == 0
    assert capsys.readouterr().out == f"cheval {VERSION}\n"
