"""`cheval logs bundle | show`, with a shop in whose log, configuration and reports names and secrets are planted."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.commands.logs.bundle_file import MAX_PART_BYTES, Part, read_bundle, write_bundle
from tests.kiosk.store.sample_shop import sample_store, served, settings_in

SECRETS = (
    "Clara",
    "Inès",
    "Henrik",
    "s3cret",
    "it@shop.example",
    "04A1B2C3D4E501",
    "4111111111111111",
    "9f86d081884c7d65",
    "aBcDeFgHiJkLm",
)


@pytest.fixture
def shop(tmp_path: Path) -> tuple[Path, Path]:
    """Configuration and log of a shop that has run once."""
    settings = settings_in(tmp_path)
    with sample_store(settings) as store, served(store):
        pass
    config = tmp_path / "store.yaml"
    config.write_text(
        "# the password of Clara is s3cret\n"
        f"state: {settings.state}\n"
        "rooms: {'1': {title: Room 1}}   # Henrik's room\n"
        "receipts: {mail: {uri: 'smtps://mail.shop.example', sender: it@shop.example}}\n"
        "alarms: {web_hook: {url: 'https://hooks.example/services/aBcDeFgHiJkLm', key_file: hook.key}}\n"
    )
    log = tmp_path / "store.log"
    log.write_text(
        "INFO: Clara tapped 04A1B2C3D4E501\n"
        + json.dumps({"level": "INFO", "text": "Inès paid with 4111111111111111"})
        + "\nWARNING: token 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 refused\n"
    )
    return config, log


def test_a_bundle_is_listed_and_has_no_planted_secret(
    shop: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, log = shop
    file = tmp_path / "logs.zip"
    code = main(["logs", "bundle", str(file), "--store", str(config), "--log", str(log)])
    said = capsys.readouterr().out
    assert code == 1, "no store runs, so its health is missing"
    assert "missing  health.json" in said
    assert "Nothing was sent" in said
    assert file.stat().st_mode & 0o777 == 0o600
    parts = {part.name: part.text for part in read_bundle(file)}
    assert {"versions.txt", "store.yaml", "doctor.txt", "files/store.log", "scrubbed.txt"} <= set(parts)
    everything = "\n".join(parts.values())
    assert [secret for secret in SECRETS if secret in everything] == []
    assert "[name] tapped [card]" in parts["files/store.log"]
    assert "WARNING: token [token] refused" in parts["files/store.log"]
    assert "Room 1" in parts["store.yaml"]
    assert main(["logs", "show", str(file)]) == 0
    assert "files/store.log" in capsys.readouterr().out
    assert main(["logs", "show", str(file), "store.yaml"]) == 0
    assert capsys.readouterr().out == parts["store.yaml"]
    assert main(["logs", "show", str(file), "other"]) == 2
    assert main(["logs", "bundle", str(file), "--store", str(config)]) == 2, "no file is overwritten"


def test_without_the_names_it_says_so(
    shop: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, log = shop
    database = tmp_path / "state" / "store.db"
    with sqlite3.connect(database) as connection:
        connection.execute("ALTER TABLE shopper RENAME TO gone")
    connection.close()
    assert (
        main(["logs", "bundle", str(tmp_path / "logs.zip"), "--store", str(config), "--log", str(log)]) == 1
    )
    assert "missing  names: the store's database cannot be read" in capsys.readouterr().out


def test_another_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"PK nothing")
    assert main(["logs", "show", str(other)]) == 2
    assert main(["logs", "show", str(tmp_path / "none.zip")]) == 2
    assert "no file of `cheval logs bundle`" in capsys.readouterr().err


def test_a_part_is_shown_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "logs.zip"
    write_bundle(file, [Part("a\x1b[2J", ""), Part("log", "a\x1b]0;x\x07\u202eb\r\tc\n")])
    assert main(["logs", "show", str(file)]) == 0
    assert "a\\x1b[2J" in capsys.readouterr().out
    assert main(["logs", "show", str(file), "log"]) == 0
    assert capsys.readouterr().out == "a\\x1b]0;x\\x07\\u202eb\\r\tc\n"


def test_each_part_can_be_shown_whatever_its_name_and_length(tmp_path: Path) -> None:
    file = tmp_path / "logs.zip"
    write_bundle(
        file,
        [
            Part("log", "1"),
            Part("log", "2"),
            Part("half", "\ud800"),
            Part("long", "\ufffd" * (MAX_PART_BYTES // 2)),
        ],
    )
    found = {part.name: part.text for part in read_bundle(file)}
    assert (found["log"], found["log-2"], found["half"]) == ("1", "2", "?")
    assert len(found["long"].encode()) <= MAX_PART_BYTES + 2


def test_planted_a_part_that_would_not_be_shown_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "logs.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("long", b"x" * (MAX_PART_BYTES + 1))
    with pytest.raises(ValueError, match="too large"):
        read_bundle(file)


def test_where_no_names_are_known_the_bundle_does_not_say_that_they_were_compared(tmp_path: Path) -> None:
    mirror = tmp_path / "mirror.yaml"
    mirror.write_text("room: '1'\nstore: http://127.0.0.1:8075\n")
    file = tmp_path / "logs.zip"
    main(["logs", "bundle", str(file), "--mirror", str(mirror)])
    said = next(part.text for part in read_bundle(file) if part.name == "scrubbed.txt")
    assert "Names were not compared: there is no store" in said
