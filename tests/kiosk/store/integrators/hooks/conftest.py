"""A log of events, whose readers are web hooks."""

from __future__ import annotations

from tests.kiosk.store.event_log.conftest import database_url as database_url
from tests.kiosk.store.event_log.conftest import place as place
