"""Names in JSON of the store's own values: pages, ledgers and scripts know them, so they do not change."""

from __future__ import annotations

from dataclasses import fields

import pytest

from kiosk.core.domain.payment import Attempt
from kiosk.core.domain.refund import Refund
from kiosk.core.wire import wire_name
from kiosk.store.floor.clone_alarms import AlarmSeen, CloneAlarm
from kiosk.store.floor.room_state import BoardPiece, RoomBoard
from kiosk.store.payments.desk import Basket, DeskPayment
from kiosk.store.payments.desk_tasks.desk_task import UnsettledTransaction
from kiosk.store.payments.settlement import TransactionChanged
from kiosk.store.payments.sold_pieces import SoldPiece

FIELDS = {
    AlarmSeen: ("AlarmSeen", "alarm_id"),
    Attempt: (
        "Attempt",
        (
            "key order_id means amount state reference why asked changed_us terminal terminal_id provider_id sent_us"
            " taken_up cancel_wanted references card captured charged provisional contradicted"
        ),
    ),
    Basket: ("Basket", "room title lines chosen total"),
    BoardPiece: ("BoardPiece", "piece name size colour sure picture"),
    CloneAlarm: ("CloneAlarm", "alarm_id room at_us sign times"),
    DeskPayment: ("DeskPayment", "order state why receipt code"),
    Refund: (
        "Refund",
        (
            "key order_id piece article amount by state reference why asked changed_us terminal terminal_id sent_us"
            " taken_up references provisional contradicted"
        ),
    ),
    RoomBoard: ("RoomBoard", "room title occupied_since_us pieces waiting radio language"),
    SoldPiece: ("SoldPiece", "order_id piece article name colour size picture paid sold_us receipt refund"),
    TransactionChanged: ("MoneyMoved", "order_id key state"),
    UnsettledTransaction: (
        "OpenMoney",
        "key order_id where lines amount terminal parked since_us refund task why said_done follow_up",
    ),
}
"""The name in JSON and the fields of the first version. Only additions are allowed."""


@pytest.mark.parametrize("kind", FIELDS, ids=wire_name)
def test_a_class_keeps_its_name_and_fields_of_the_first_version(kind: type) -> None:
    name, first = FIELDS[kind]
    assert wire_name(kind) == name
    assert set(first.split()) <= {field.name for field in fields(kind)}
