"""The store's key and the mirrors' tokens: created once, private, replaced by pairing, read without a restart."""

from __future__ import annotations

from pathlib import Path

from kiosk.core.domain.ids import RoomId
from kiosk.store.staff.tokens import MirrorTokens, card_mac, pair_mirror, pair_new_mirrors, store_key

ONE, TWO = RoomId("1"), RoomId("2")


def test_the_store_key_is_created_once_and_private(tmp_path: Path) -> None:
    key = store_key(tmp_path)
    assert (len(key), store_key(tmp_path)) == (32, key)
    assert (tmp_path / "store.key").stat().st_mode & 0o777 == 0o600


def test_a_token_opens_its_own_room_only(tmp_path: Path) -> None:
    tokens = MirrorTokens(tmp_path)
    assert tokens.room_of("") is None
    one, two = pair_mirror(tmp_path, ONE), pair_mirror(tmp_path, TWO)
    assert (tokens.room_of(one), tokens.room_of(two), tokens.room_of("guess")) == (ONE, TWO, None)
    assert (tmp_path / "mirrors" / "1").stat().st_mode & 0o777 == 0o600


def test_pairing_again_replaces_the_token_without_a_restart(tmp_path: Path) -> None:
    tokens = MirrorTokens(tmp_path)
    old = pair_mirror(tmp_path, ONE)
    assert tokens.room_of(old) == ONE
    new = pair_mirror(tmp_path, ONE)
    assert (tokens.room_of(old), tokens.room_of(new)) == (None, ONE)
    (tmp_path / "mirrors" / "1").unlink()
    assert tokens.room_of(new) is None


def test_only_rooms_without_a_token_are_paired_at_the_start(tmp_path: Path) -> None:
    first = pair_mirror(tmp_path, ONE)
    pair_new_mirrors(tmp_path, (ONE, TWO))
    tokens = MirrorTokens(tmp_path)
    assert tokens.room_of(first) == ONE
    assert tokens.room_of((tmp_path / "mirrors" / "2").read_text().strip()) == TWO


def test_a_half_written_token_is_not_read(tmp_path: Path) -> None:
    pair_mirror(tmp_path, ONE)
    (tmp_path / "mirrors" / "2.new").write_text("half")
    assert MirrorTokens(tmp_path).room_of("half") is None


def test_a_cards_hash_depends_on_the_key_and_not_on_the_case() -> None:
    assert card_mac(b"k", "04a1") == card_mac(b"k", "04A1")
    assert card_mac(b"k", "04A1") != card_mac(b"other", "04A1")
