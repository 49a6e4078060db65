"""`cheval pair` and `cheval mirror --pair` as a technician uses them: real processes, one over TLS with the other."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.mirror.store_client import StoreClient
from kiosk.pairing.credentials import read_credentials
from tests.kiosk.store.store_process import StoreProcess

Said = pytest.CaptureFixture[str]
NOBODY = 65534


def written(tmp_path: Path, text: str) -> str:
    config = tmp_path / "store.yaml"
    config.write_text(text, encoding="utf-8")
    return str(config)


@pytest.mark.full
def test_a_mirror_is_paired_listed_and_revoked(tmp_path: Path, capsys: Said) -> None:
    store = StoreProcess(tmp_path, "sim://127.0.0.1:1", listen={"port": 0, "tls": True})
    try:
        url = store.start()
        assert url.startswith("https://")
        config = str(tmp_path / "store.yaml")
        assert main(["pair", "1", "--config", config, "--json"]) == 0
        code = json.loads(capsys.readouterr().out)["code"]
        mirror = tmp_path / "mirror.yaml"
        mirror.write_text(f"store: {url}\nroom: 1\nstate: {tmp_path / 'mirror'}\n", encoding="utf-8")
        assert main(["mirror", "--config", str(mirror), "--pair", f"{code[:4]}-{code[4:]}"]) == 0
        got = read_credentials(tmp_path / "mirror" / "pairing.json")
        client = StoreClient(url, "1", got.token, got.root)
        assert client.stream().status_code == 200
        capsys.readouterr()
        assert main(["pair", "--list", "--config", config, "--json"]) == 0
        (device,) = json.loads(capsys.readouterr().out)
        assert (device["device_id"], device["room"]) == ("mirror-1", "1")
        with client.stream() as stream:
            assert main(["pair", "--revoke", "mirror-1", "--config", config]) == 0
            while stream.raw.read1(65536):
                continue  # until the running store ends it
        client.close()
        assert main(["mirror", "--config", str(mirror), "--pair", code]) == 1
        assert "not paired: no code is open" in capsys.readouterr().err
    finally:
        store.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name a room"),
        (["9"], "no room '9'; configured: 1"),
        (["--revoke", "mirror-9"], "no device 'mirror-9'"),
        (["--list"], "no device is paired"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, capsys: Said, words: list[str], said: str) -> None:
    config = written(tmp_path, "state: state\nrooms: {1: {}}\n")
    assert main(["pair", *words, "--config", config]) == (0 if words == ["--list"] else 1)
    assert said in capsys.readouterr().err


def test_a_code_is_shown_with_its_qr_code(tmp_path: Path, capsys: Said) -> None:
    config = written(tmp_path, "state: state\nlisten: {host: 0.0.0.0, names: [till.lan]}\nrooms: {1: {}}\n")
    assert main(["pair", "1", "--config", config]) == 0
    out = capsys.readouterr().out
    assert "valid for 120 s, 5 tries of each address, one device" in out
    assert "on the mirror of room 1: cheval mirror --pair" in out
    assert main(["pair", "--device", "tablet", "--config", config]) == 0
    assert "https://till.lan:8075/associate/join.html" in capsys.readouterr().out


def test_the_code_of_a_stand_names_the_command_of_a_stand(tmp_path: Path, capsys: Said) -> None:
    till = "payments: {terminals: [{name: till, uri: 'sim://127.0.0.1:1'}]}"
    config = written(tmp_path, f"state: state\n{till}\nstands: {{coat: {{article: '09521234000013'}}}}\n")
    assert main(["pair", "coat", "--config", config]) == 0
    out = capsys.readouterr().out
    assert "on the computer of stand coat: cheval stand --pair" in out
    assert "cheval mirror" not in out


def test_a_wrong_code_is_refused_before_anything_is_sent(tmp_path: Path, capsys: Said) -> None:
    mirror = tmp_path / "mirror.yaml"
    mirror.write_text(f"store: https://127.0.0.1:1\nroom: 1\nstate: {tmp_path}\n", encoding="utf-8")
    assert main(["mirror", "--config", str(mirror), "--pair", "123"]) == 1
    assert "a code has 8 digits" in capsys.readouterr().err
    assert main(["mirror", "--config", str(mirror), "--pair", "12345678"]) == 1
    assert "is the store running?" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_whatever_root_pairs_and_revokes_the_stores_user_can_read(tmp_path: Path, capsys: Said) -> None:
    """As after the Debian package: the state folder is the service's; a second pairing revokes the first one."""
    config = written(tmp_path, "state: state\nlisten: {host: 0.0.0.0, names: [till.lan]}\nrooms: {1: {}}\n")
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    os.chown(state, NOBODY, NOBODY)
    for words in (
        ["store", "--pair", "1"], ["store", "--pair", "1"], ["pair", "1"], ["pair", "--revoke", "mirror-1"]
    ):  # fmt: skip
        assert main([*words, "--config", config]) == 0
    capsys.readouterr()
    made = {file.relative_to(state).as_posix() for file in state.rglob("*")}
    assert {"store.key", "erased.list", "erased.new"} <= made
    assert [str(file) for file in state.rglob("*") if file.lstat().st_uid != NOBODY] == []
