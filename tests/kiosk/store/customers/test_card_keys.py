"""The file of the card keys: created once and private, read when it changes, one warning if it cannot be used."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kiosk.store.customers.card_keys import (
    CardKeys,
    CardKeysError,
    accessible_to_others,
    create_keys,
    read_card_keys,
)
from tests.kiosk.store.shop_cards import MASTER, key_file

UID = bytes.fromhex("04A1B2C3D4E501")


def test_a_new_master_key_is_private_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "card.keys"
    keys = create_keys(file)
    assert not accessible_to_others(file)
    assert read_card_keys(file).card_key(UID, 0) == keys.card_key(UID, 0)
    with pytest.raises(CardKeysError):
        create_keys(file)
    file.chmod(0o644)
    assert accessible_to_others(file)


@pytest.mark.parametrize("content", ["", "no hex", "00" * 15, "00" * 17])
def test_a_file_that_cannot_be_used_is_an_error_without_its_content(tmp_path: Path, content: str) -> None:
    file = tmp_path / "card.keys"
    file.write_text(content)
    with pytest.raises(CardKeysError) as raised:
        read_card_keys(file)
    assert not content or content not in str(raised.value)


def test_keys_are_read_when_the_file_appears_changes_or_breaks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "card.keys"
    keys = CardKeys(file)
    assert keys.now() is None
    key_file(tmp_path)
    first = keys.now()
    assert first is not None
    assert keys.now() is first, "not read again while the file stays the same"
    key_file(tmp_path, bytes(reversed(MASTER)))
    second = keys.now()
    assert second is not None
    assert second.card_key(UID, 0) != first.card_key(UID, 0)
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        file.write_text("broken")
        assert keys.now() is keys.now() is None
    assert len(caplog.records) == 1


def test_without_a_configured_file_there_are_no_keys() -> None:
    assert CardKeys(None).now() is None
