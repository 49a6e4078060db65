"""Who is present is published once for each change, to every topic."""

from __future__ import annotations

import json
from pathlib import Path
from threading import RLock

from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.floor.answer_times import AnswerTime, AnswerTimes
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub, Subscription
from kiosk.store.floor.staff_events import StaffEvents
from kiosk.store.floor.staff_presence import StaffPresence
from kiosk.store.staff.associates import Associate
from kiosk.store.staff.kept_breaks import KeptBreaks

INES = Associate(AssociateId("a-ines"), "Inès")


def names(subscription: Subscription) -> list[list[str]]:
    bodies = [message.decode().partition("data: ")[2] for message in subscription.take()]
    return [json.loads(body)["names"] for body in bodies]


def test_a_change_of_presence_is_published_once_to_every_topic(tmp_path: Path) -> None:
    writer = RLock()
    hub = EventHub(writer)
    topics = (FLOOR_TOPIC, "room/3")
    subscriptions = []
    for topic in topics:
        hub.topic(topic, lambda: {"is": "Floor"})
        subscriptions.append(hub.open(topic, lambda: None))
        subscriptions[-1].take()
    times = AnswerTimes()
    database = Database(f"sqlite:///{tmp_path / 'store.db'}")
    kept = KeptBreaks(database)
    staff = StaffEvents(StaffPresence(90), times, hub, topics, writer=writer, now_us=lambda: 0, kept=kept)
    staff.publish()
    assert [names(one) for one in subscriptions] == [[[]], [[]]]
    staff.active(INES)
    staff.page_opened(INES)
    staff.page_closed(INES)
    assert [names(one) for one in subscriptions] == [[["Inès"]], [["Inès"]]]
    times.add(AnswerTime(10 * 60_000_000))
    staff.publish()
    staff.left(INES.associate_id)
    assert [names(one) for one in subscriptions] == [[["Inès"], []], [["Inès"], []]]
    database.close()
