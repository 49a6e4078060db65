"""The file of messages of the version before looks is read."""

from __future__ import annotations

import hmac
import json
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.core.domain.floor.staff_message import MessageKind, MessageStage, StaffMessage
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.floor.messages.kept_messages import FILE
from kiosk.store.staff.tokens import store_key
from tests.kiosk.store.sample_shop import ManualClock, gtin_of, sample_store, settings_in

SCARF: Final = gtin_of("A1", "NVY", "one")


def test_a_row_of_seven_columns_is_a_message_that_was_sent(tmp_path: Path) -> None:
    settings, clock = settings_in(tmp_path), ManualClock()
    with sample_store(settings, clock):
        pass
    row = ["1", clock(), "t1", "m1", "Inès", "the hem is ready", SCARF]
    key = hmac.digest(store_key(settings.state), b"messages to mirrors", "sha256")
    sealed = AESGCM(key).encrypt(bytes(12), json.dumps([row]).encode(), FILE.encode())
    (settings.state / FILE).write_bytes(bytes(12) + sealed)
    with sample_store(settings, clock) as store:
        store.service.report_visit(RoomId("1"), ReportVisit(Ticket("t1"), began=True, at_us=clock()))
        store.presence.messages.tick()
        visit = store.service.floor.room(RoomId("1")).visit
        assert visit is not None
        assert isinstance(visit.message, StaffMessage)
        assert (visit.message.text, visit.message.kind) == ("the hem is ready", MessageKind.PIECE)
        assert visit.message_note is not None
        assert visit.message_note.stage is MessageStage.SENT
