"""The doctor at the machine: files, models, databases and card readers as they go wrong."""

from __future__ import annotations

import argparse
import json
import os
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.commands.doctor import State, add, machine, shop
from kiosk.commands.doctor.devices import cards
from kiosk.commands.doctor.devices import screen as glass


def test_another_python_is_named() -> None:
    assert machine.python((3, 13)).state is State.GOOD
    wrong = machine.python((3, 14))
    assert (wrong.state, "3.14" in wrong.found) == (State.BAD, True)


def test_a_clock_that_lost_its_battery_is_seen() -> None:
    assert machine.clock(1.8e9).state is not State.BAD
    assert machine.clock(0.0).found == "it shows 1970-01-01"


def test_secrets_are_for_one_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    assert machine.secret("card keys", file).found.endswith("No such file or directory")
    file.write_text("x", encoding="utf-8")
    file.chmod(0o640)
    assert machine.secret("card keys", file).advice == f"Restrict it: chmod 600 {file}."
    file.chmod(0o600)
    assert machine.secret("card keys", file).state is State.GOOD


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_we_may_not_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert machine.writable("state", tmp_path / "state").state is State.BAD
    tmp_path.chmod(0o700)


def test_a_database_file_whole_and_broken(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    url = f"sqlite:///{file}"
    assert shop.database(url).state is State.GOOD
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("create table t (x)")
        connection.executemany("insert into t values (?)", [("y" * 500,)] * 200)
        connection.commit()
    assert shop.database(url).state is State.GOOD
    bytes_ = bytearray(file.read_bytes())
    bytes_[4096 : 4096 + 2000] = b"\xff" * 2000
    file.write_bytes(bytes_)
    assert shop.database(url).state is State.BAD


def test_a_database_server_that_is_away_keeps_its_password_to_itself() -> None:
    finding = shop.database("postgresql+psycopg://anna:secret@127.0.0.1:1/cheval")
    assert finding.state is State.BAD
    assert "secret" not in finding.found


def test_a_card_daemon_that_does_not_run_and_one_that_is_not_one(tmp_path: Path) -> None:
    (finding,) = cards.look("pcsc://", tmp_path / "pcscd.comm", tmp_path / "usb")
    assert (finding.about, finding.state) == ("pcscd", State.BAD)
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(tmp_path / "other"))
        (finding,) = cards.look("pcsc://", tmp_path / "other", tmp_path / "usb")
    assert "refused" in finding.found


def test_the_card_reader_that_is_meant() -> None:
    both = ["Virtual PCD 00 00", "ACS ACR1252 Dual Reader [PICC] 01 00"]
    assert cards.reader_among(both, "acr1252").found == both[1]
    assert cards.reader_among(both, "").found == both[0]
    assert "connected: Virtual" in cards.reader_among(both, "omnikey").found
    assert "none is connected" in cards.reader_among([], "").found


def test_qt_starts_and_finds_our_letters() -> None:
    qt, fonts = glass.look()
    assert (qt.state, fonts.state) == (State.GOOD, State.GOOD), (qt, fonts)
    assert qt.found.startswith("offscreen")


def test_a_platform_that_cannot_be_opened_is_reported_without_a_crash() -> None:
    before = os.environ["QT_QPA_PLATFORM"]
    os.environ["QT_QPA_PLATFORM"] = "nothing-of-the-kind"
    try:
        (finding,) = glass.look()
    finally:
        os.environ["QT_QPA_PLATFORM"] = before
    assert finding.state is State.BAD


def doctor(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add(parser.add_subparsers())
    args = parser.parse_args(["doctor", *words])
    return int(args.run(args))


def test_the_doctor_command_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "store.yaml"
    store.write_text("state: state\nlisten: {port: 1}\nlog: {levl: INFO}\n", encoding="utf-8")
    assert doctor("--store", str(store), "--json") == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (wrong,) = (line for line in lines if line["about"] == "store's file" and line["state"] == "bad")
    assert "did you mean `level`?" in wrong["found"]


def test_the_doctor_command_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mirror = tmp_path / "mirror.yaml"
    text = f"room: 1\nstore: 'http://127.0.0.1:1'\nstate: {tmp_path}\n"
    mirror.write_text(text, encoding="utf-8")
    assert doctor("--mirror", str(mirror)) == 0, "it is not paired yet, and the store may come later"
    assert "cheval pair 1" in capsys.readouterr().out
    (tmp_path / "token").write_text("ab12\n", encoding="utf-8")
    (tmp_path / "token").chmod(0o600)
    mirror.write_text(f"{text}token_file: {tmp_path}/token\n", encoding="utf-8")
    assert doctor("--mirror", str(mirror)) == 1
    said = capsys.readouterr().out
    assert " BAD  store: http://127.0.0.1:1: [Errno 111] Connection refused" in said


def test_the_mistakes_of_check_are_findings_and_the_rest_is_checked_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], free_port: Callable[[], int]
) -> None:
    store = tmp_path / "store.yaml"
    store.write_text(
        "state: state\nradio: {site: /nowhere}\ncatalogue: {pictures: /no-pictures}\n"
        f"readers: [{{name: north, uri: 'llrp://127.0.0.1:{free_port()}'}}]\n"
        f"listen: {{port: {free_port()}}}\nrooms: {{1: {{antennas: [1]}}}}\n",
        encoding="utf-8",
    )
    assert doctor("--store", str(store)) == 1
    said = capsys.readouterr().out
    assert "line 2: radio.site: /nowhere: no such file or directory" in said
    assert "line 3: catalogue.pictures: /no-pictures: no such file or directory" in said
    assert "connection refused" in said
