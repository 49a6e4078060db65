"""Where things lie, from the tree and as a service."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import paths

NAMES = ("STATE_DIRECTORY", "CACHE_DIRECTORY", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home of our own; the environment is a real one, set and put back."""
    before = dict(os.environ)
    for name in NAMES:
        os.environ.pop(name, None)
    os.environ["HOME"] = str(tmp_path)
    yield tmp_path
    os.environ.clear()
    os.environ.update(before)


def test_assets_are_those_of_the_tree(tree: Path) -> None:
    assert paths.assets() == tree / "assets"


def test_state_is_the_users_alone(home: Path) -> None:
    place = paths.state("store")
    assert place == home / ".local/state/cheval/store"
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_given_place_goes_before_the_units_and_that_before_the_users(home: Path) -> None:
    os.environ["XDG_STATE_HOME"] = str(home / "xdg")
    assert paths.state("mirror") == home / "xdg/cheval/mirror"
    os.environ["STATE_DIRECTORY"] = f"{home}/unit:{home}/other"
    assert paths.state("mirror") == home / "unit"
    assert paths.state("mirror", home / "given") == home / "given"


def test_a_relative_xdg_path_is_ignored(home: Path) -> None:
    os.environ["XDG_CACHE_HOME"] = "somewhere"
    assert paths.cache("pictures") == home / ".cache/cheval/pictures"


def test_the_users_configuration_goes_before_the_machines(home: Path) -> None:
    file = home / ".config/cheval/store.yaml"
    file.parent.mkdir(parents=True)
    assert paths.config_file("store") != file
    file.touch()
    assert paths.config_file("store") == file


def test_a_key_file_is_read_from_systemds_copy(tmp_path: Path) -> None:
    keys, copies = tmp_path / "store-keys", tmp_path / "credentials"
    copies.mkdir()
    (copies / "keys_mail").write_text("password: p\n", encoding="utf-8")
    under_systemd = {"CREDENTIALS_DIRECTORY": str(copies)}
    assert paths.key_file(keys / "mail", keys, under_systemd) == copies / "keys_mail"
    # a file that systemd has not passed, another place, and a process that systemd has not started
    assert paths.key_file(keys / "stripe", keys, under_systemd) == keys / "stripe"
    assert paths.key_file(tmp_path / "mail", keys, under_systemd) == tmp_path / "mail"
    assert paths.key_file(keys / "mail", keys, {}) == keys / "mail"
