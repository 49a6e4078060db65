"""Names in JSON of the store's own values: pages, ledgers and scripts know them, so they do not change."""

from __future__ import annotations

import pytest

from kiosk.core.domain.payment import Attempt
from kiosk.core.domain.refund import Refund
from kiosk.core.wire import wire_name
from kiosk.store.floor.clone_alarms import AlarmSeen, CloneAlarm
from kiosk.store.floor.room_state import BoardPiece, RoomBoard
from kiosk.store.payments.desk import Basket, DeskPayment, UnsettledTransaction
from kiosk.store.payments.settlement import TransactionChanged
from kiosk.store.payments.sold_pieces import SoldPiece


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (AlarmSeen, "AlarmSeen"),
        (Attempt, "Attempt"),
        (Basket, "Basket"),
        (BoardPiece, "BoardPiece"),
        (CloneAlarm, "CloneAlarm"),
        (DeskPayment, "DeskPayment"),
        (Refund, "Refund"),
        (RoomBoard, "RoomBoard"),
        (SoldPiece, "SoldPiece"),
        (TransactionChanged, "MoneyMoved"),
        (UnsettledTransaction, "OpenMoney"),
    ],
)
def test_a_class_is_written_under_the_name_of_the_first_version(kind: type, name: str) -> None:
    assert wire_name(kind) == name
