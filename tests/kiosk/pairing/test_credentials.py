"""What a mirror keeps of its pairing: private, in one step, and the form of earlier versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.pairing.credentials import Credentials, read_credentials, write_credentials


def test_a_missing_file_has_no_credentials(tmp_path: Path) -> None:
    assert read_credentials(None) == read_credentials(tmp_path / "none") == Credentials()


def test_a_token_alone_is_the_form_of_earlier_versions(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("abc\n", "ascii")
    assert read_credentials(file) == Credentials("abc")


def test_they_are_written_privately_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / "pairing.json"
    for room in ("1", "2"):
        write_credentials(file, Credentials("abc", "-----BEGIN", room))
        assert read_credentials(file) == Credentials("abc", "-----BEGIN", room)
        assert file.stat().st_mode & 0o777 == 0o600
    assert [f.name for f in file.parent.iterdir()] == ["pairing.json"]
    assert "abc" not in repr(read_credentials(file))


@pytest.mark.parametrize("text", ["{", "{}", '{"token": "a"}', "{" * 90_000, "[1]\x80"])
def test_a_broken_file_is_an_error_and_never_a_token(tmp_path: Path, text: str) -> None:
    file = tmp_path / "pairing.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises((ValueError, OSError)):
        read_credentials(file)
