"""Settings of the store from a configuration: seconds become microseconds, and defaults are filled in."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import StoreConfig
from kiosk.core.domain.ids import RoomId
from kiosk.store.settings import RoomSettings, settings_of


def test_a_configuration_becomes_settings(tmp_path: Path) -> None:
    config = StoreConfig.model_validate(
        {
            "state": str(tmp_path / "a"),
            "shop": {"name": "Ostrevane", "currency": "CHF"},
            "rooms": {"1": {"title": "Left", "antennas": ["ceiling/1"]}, "2": {}},
            "readers": [{"name": "ceiling", "uri": "sim://127.0.0.1:1"}],
            "catalogue": {"feed": str(tmp_path / "feed")},
            "associates": {"escalate_after_s": 30, "session_hours": 2},
        }
    )
    settings = settings_of(config, tmp_path / "b")
    assert settings.state == tmp_path / "b", "the argument overrides the file"
    assert settings.rooms == (
        RoomSettings(RoomId("1"), "Left", ("ceiling/1",)),
        RoomSettings(RoomId("2"), "2"),
    )
    assert settings.room(RoomId("2")) == settings.rooms[1]
    assert settings.room(RoomId("3")) is None
    assert (settings.shop.name, settings.shop.currency) == ("Ostrevane", "CHF")
    assert settings.pictures == tmp_path / "feed" / "pictures", "beside the feed, unless configured"
    assert settings.timeouts.escalate_us == 30_000_000
    assert settings.timeouts.session_us == 7_200_000_000
    assert settings.database_url == f"sqlite:///{tmp_path / 'b' / 'store.db'}"
    assert settings.ledger_path == tmp_path / "b" / "ledger.db"
