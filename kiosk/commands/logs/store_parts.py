"""What only the store's package can say: the health of the running store, and the names in its database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk import paths
from kiosk.commands.doctor import network
from kiosk.commands.doctor.certificates import encryption
from kiosk.config import ConfigError, StoreConfig, read_store
from kiosk.store.privacy.known_words import known_words
from kiosk.store.staff.local_access import running_store


def running_health(file: Path) -> dict[str, Any]:
    """The health report; empty if no store runs, or this user may not ask it."""
    config = _config(file)
    if config is None:
        return {}
    state = paths.state_place("store", config.state)
    try:
        running = running_store(state)
    except OSError:
        return {}
    token = running.token if running is not None else ""
    root = encryption.own_root(config.listen, state)
    return network.running_health(config.listen.host, config.listen.port, root, token)


def people(file: Path) -> tuple[frozenset[str], frozenset[str]] | str:
    """Names and ids of members and associates; or why they cannot be read."""
    config = _config(file)
    if config is None:
        return "the store's configuration cannot be read"
    state = paths.state_place("store", config.state)
    try:
        return known_words(config.database or f"sqlite:///{state / 'store.db'}")
    except (SQLAlchemyError, OSError) as error:
        return f"the store's database cannot be read ({type(error).__name__}); run this as the store's user"


def _config(file: Path) -> StoreConfig | None:
    try:
        return read_store(file).config
    except ConfigError:
        return None
