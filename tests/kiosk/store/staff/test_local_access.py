"""The file by which commands of this computer reach the running store: who may read it, from where it counts."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kiosk.store.staff.local_access import ACCESS_FILE, LocalAccess, running_store

URL = "http://127.0.0.1:8075"


def test_the_file_is_for_the_stores_user_and_goes_with_the_store(tmp_path: Path) -> None:
    access = LocalAccess(tmp_path)
    assert running_store(tmp_path) is None
    access.publish(URL)
    assert stat.S_IMODE((tmp_path / ACCESS_FILE).stat().st_mode) == 0o600
    found = running_store(tmp_path)
    assert found is not None
    assert found.url == URL
    assert access.accepts(found.token, "127.0.0.1", "127.0.0.1")
    access.withdraw()
    access.withdraw()
    assert running_store(tmp_path) is None


@pytest.mark.parametrize(
    ("client", "server", "accepted"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.9", "127.0.0.1", True),
        ("::1", "::1", True),
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.8", "192.0.2.7", False),
        ("::ffff:192.0.2.8", "::", False),
        ("", "127.0.0.1", False),
        ("testclient", "127.0.0.1", False),
    ],
)
def test_the_token_counts_from_this_computer_only(
    tmp_path: Path, client: str, server: str, accepted: bool
) -> None:
    access = LocalAccess(tmp_path)
    access.publish(URL)
    found = running_store(tmp_path)
    assert found is not None
    assert access.accepts(found.token, client, server) is accepted


def test_a_token_of_an_earlier_start_no_longer_counts(tmp_path: Path) -> None:
    LocalAccess(tmp_path).publish(URL)
    earlier = running_store(tmp_path)
    assert earlier is not None
    for token in (earlier.token, "", "é", "x" * 100_000):
        assert not LocalAccess(tmp_path).accepts(token, "127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"url": "x"}', '{"token": 1}'])
def test_a_damaged_file_names_no_store(tmp_path: Path, text: str) -> None:
    (tmp_path / ACCESS_FILE).write_text(text)
    assert running_store(tmp_path) is None


def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ACCESS_FILE)
    with pytest.raises(OSError, match="pipe"):
        running_store(tmp_path)
