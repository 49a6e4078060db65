"""Every command that needs a configuration file finds it in one way and reports its mistakes in one way."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.commands.configuration import MissingConfigError, checked_mirror, store_config

COMMANDS = [["store"], ["mirror"], ["train"], ["survey"], ["cards", "list"]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's configuration folder, empty."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "cheval"


@pytest.mark.usefixtures("home")
@pytest.mark.skipif(Path("/etc/cheval").exists(), reason="this machine has a configuration")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_without_a_file_the_next_step_is_named(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 2
    assert "yaml found; give one with --config, see `cheval schema" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_all_mistakes_of_a_file_are_printed(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("sop: {}\nlog: {level: LOUD}\n", encoding="utf-8")
    assert main([*command, "--config", str(file)]) == 2
    err = capsys.readouterr().err
    assert "sop" in err
    assert "`LOUD`" in err


@pytest.mark.skipif(Path("/etc/cheval").exists(), reason="this machine has a configuration")
def test_the_given_file_comes_before_the_users(home: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingConfigError):
        store_config(None)
    home.mkdir()
    (home / "store.yaml").write_text("shop: {name: Mine}\n", encoding="utf-8")
    given = tmp_path / "other.yaml"
    given.write_text("shop: {name: Given}\n", encoding="utf-8")
    assert store_config(None)[1].shop.name == "Mine"
    assert store_config(given)[1].shop.name == "Given"
    (home / "mirror.yaml").write_text('room: "7"\n', encoding="utf-8")
    assert checked_mirror(None).file == home / "mirror.yaml"
