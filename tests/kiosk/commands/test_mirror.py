"""`cheval mirror`: which configuration it accepts, and its exit codes. `tests/flows` starts a whole mirror."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.__main__ import main

GOOD = "store: http://127.0.0.1:9\nroom: '1'\n"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (GOOD, 0, "good"),
        (GOOD + "colour: red\n", 2, "colour"),
        ("store: http://127.0.0.1:9\n", 2, "room"),
    ],
    ids=["good", "unknown key", "missing key"],
)
def test_check_reports_the_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: int, said: str
) -> None:
    file = tmp_path / "mirror.yaml"
    file.write_text(text, "utf-8")
    assert main(["mirror", "--config", str(file), "--check"]) == code
    out = capsys.readouterr()
    assert said in out.out + out.err


def test_without_a_configuration_file_the_message_shows_how_to_give_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert main(["mirror", "--check"]) == 2
    assert "--config" in capsys.readouterr().err
