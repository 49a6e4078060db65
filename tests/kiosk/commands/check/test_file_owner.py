"""`--check` as root examines the files with the rights of the user that runs the program."""

from __future__ import annotations

import os
import pwd
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.commands.check.file_owner import rights_of, service_user

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can take the rights of another user")
# the rights stay root's where the other user could not read the modules that are still to be imported
READABLE_TREE = pytest.mark.skipif(
    not all(folder.stat().st_mode & stat.S_IXOTH for folder in Path(__file__).resolve().parents),
    reason="other users cannot enter the folder of this tree",
)


def test_the_owner_of_the_state_folder_runs_the_program(tmp_path: Path) -> None:
    me = pwd.getpwuid(os.geteuid()).pw_name
    assert service_user("store", tmp_path, tmp_path / "store.yaml") == me
    assert service_user("store", tmp_path / "none", tmp_path / "store.yaml") == ""
    with rights_of(me) as changed:
        assert changed == ""


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user may enter; pytest's own are for one user."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@ROOT_ONLY
@READABLE_TREE
def test_every_path_that_the_service_may_not_enter_is_named(
    public: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = pwd.getpwnam("nobody")
    state, locked = public / "state", public / "locked"
    state.mkdir()
    os.chown(state, nobody.pw_uid, nobody.pw_gid)
    locked.mkdir(mode=0o700)
    file = public / "store.yaml"
    file.write_text(f"""\
state: {state}
database: sqlite:///{locked}/x.db
readers:
  - {{name: a, uri: "replay://{locked}/reads"}}
  - {{name: b, uri: "llrps://192.0.2.1?ca={locked}/ca"}}
  - {{name: c, uri: "serial://{locked}/tty"}}
rooms: {{1: {{antennas: [a/1, b/1, c/1]}}}}
radio: {{site: {locked}/site, calibration: {locked}/calibration}}
catalogue: {{feed: {locked}/feed, pictures: {locked}/pictures}}
recommender: {{model: {locked}/model, fit_model: {locked}/fit, stylist: {locked}/looks, history: {locked}/events}}
cards: {{keys_file: {locked}/keys}}
""")
    assert main(["store", "--config", str(file), "--check"]) == 2
    lines = capsys.readouterr().err.splitlines()[1:]
    named = {line.split(": ")[1] for line in lines if "ermission denied" in line}
    assert named == {
        "database", "readers[0].uri", "readers[1].uri", "readers[2].uri", "radio.site", "radio.calibration",
        "catalogue.feed", "catalogue.pictures", "recommender.model", "recommender.fit_model", "recommender.stylist",
        "recommender.history", "cards.keys_file",
    }  # fmt: skip
    assert main(["store", "--config", str(file), "--check"]) == 2


@ROOT_ONLY
@READABLE_TREE
def test_a_file_that_only_root_can_read_is_a_mistake(
    public: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = pwd.getpwnam("nobody")
    state = public / "state"
    state.mkdir()
    os.chown(state, nobody.pw_uid, nobody.pw_gid)
    keys = public / "keys"
    keys.write_text("00112233445566778899AABBCCDDEEFF\n")
    keys.chmod(0o600)
    file = public / "store.yaml"
    file.write_text(f"state: {state}\ncards: {{keys_file: keys}}\n")
    assert main(["store", "--config", str(file), "--check"]) == 2
    said = capsys.readouterr().err
    assert "line 2: cards.keys_file: " in said
    assert "permission denied" in said
    assert "with the rights of the user nobody" in said
    assert (os.geteuid(), os.getegid()) == (0, 0)
    os.chown(keys, nobody.pw_uid, nobody.pw_gid)
    assert main(["store", "--config", str(file), "--check"]) == 0


def keyed_shop(folder: Path, port: int, owner: int) -> Path:
    """A store of the user nobody with terminal, mail server and register; `owner` owns the key files."""
    nobody = pwd.getpwnam("nobody")
    (folder / "state").mkdir()
    os.chown(folder / "state", nobody.pw_uid, nobody.pw_gid)
    keys = {"stripe": f"secret_key: rk_test_{'a' * 24}", "mail": "password: p", "register": "token: t"}
    for name, text in keys.items():
        (folder / name).write_text(f"{text}\n")
        (folder / name).chmod(0o600)
        os.chown(folder / name, owner, owner)
    file = folder / "store.yaml"
    file.write_text(f"""\
state: {folder}/state
payments: {{terminals: [{{name: a, uri: "stripe://tmr_abc123?base=http://127.0.0.1:{port}", key_file: stripe}}]}}
receipts: {{mail: {{uri: "smtp://127.0.0.1:{port}", sender: a@b.example, user: u, key_file: mail}}}}
fiscal: {{uri: "http://127.0.0.1:{port}/r", key_file: register}}
rooms: {{1: {{}}}}
""")
    return file


@ROOT_ONLY
@READABLE_TREE
def test_doctor_and_terminals_read_key_files_as_the_store_does(
    public: Path, capsys: pytest.CaptureFixture[str], free_port: Callable[[], int]
) -> None:
    file = keyed_shop(public, free_port(), pwd.getpwnam("nobody").pw_uid)
    for words in (
        ["doctor", "--store"],
        ["terminals", "list", "--config"],
        ["terminals", "pair", "a", "--config"],
    ):
        main([*words, str(file)])
        said = capsys.readouterr().out
        assert "terminal a: " in said
        assert "chmod" not in said
        assert "ermission denied" not in said
        assert os.geteuid() == 0


@ROOT_ONLY
@READABLE_TREE
def test_a_key_file_that_only_root_can_read_is_bad_for_doctor(
    public: Path, capsys: pytest.CaptureFixture[str], free_port: Callable[[], int]
) -> None:
    """A planted fault beside the test above: the store's user cannot read the files."""
    main(["doctor", "--store", str(keyed_shop(public, free_port(), 0))])
    assert capsys.readouterr().out.count("permission denied") >= 3
