"""The store's key: created once and private."""

from __future__ import annotations

from pathlib import Path

from kiosk.store.staff.tokens import card_mac, store_key


def test_the_store_key_is_created_once_and_private(tmp_path: Path) -> None:
    key = store_key(tmp_path)
    assert (len(key), store_key(tmp_path)) == (32, key)
    assert (tmp_path / "store.key").stat().st_mode & 0o777 == 0o600


def test_a_cards_hash_depends_on_the_key_and_not_on_the_case() -> None:
    assert card_mac(b"k", "04a1") == card_mac(b"k", "04A1")
    assert card_mac(b"k", "04A1") != card_mac(b"other", "04A1")
