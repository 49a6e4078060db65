"""The limit of messages for one receipt, with several asked for at the same moment."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Barrier

from kiosk.connectors.messages.port import mail_address
from kiosk.core.domain.ids import OrderId
from kiosk.store.errors import TooManyMailsError
from kiosk.store.receipts.outbox import MAX_OF_ORDER, MailOutbox
from kiosk.store.receipts.outbox_table import OutboxEntry, OutboxTable
from tests.kiosk.store.payments.receipts.mailing_store import mailing, outbox
from tests.kiosk.store.payments.receipts.paid_store import ORDER

TOGETHER = 8


def taken(box: MailOutbox) -> Counter[bool]:
    """Asks for eight messages at the same time: how many were taken."""

    def added(_number: int) -> bool:
        try:
            box.add(ORDER, mail_address("clara@example.com"), "en")
        except TooManyMailsError:
            return False
        return True

    with ThreadPoolExecutor(TOGETHER) as threads:
        return Counter(threads.map(added, range(TOGETHER)))


def test_messages_asked_for_at_the_same_time_keep_the_limit(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, _):
        assert taken(outbox(sold)) == {True: MAX_OF_ORDER, False: TOGETHER - MAX_OF_ORDER}


class CountsTogether(OutboxTable):
    """A table that answers after all callers have counted."""

    everybody = Barrier(TOGETHER)

    def of_order(self, order_id: OrderId) -> tuple[OutboxEntry, ...]:
        found = super().of_order(order_id)
        self.everybody.wait(20)
        return found


class HoldsNobody(AbstractContextManager[None]):
    """Stands where the lock is."""

    def __exit__(self, *_: object) -> None:
        """Nothing to give back."""


def test_planted_without_the_lock_all_are_taken(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, _):
        box = outbox(sold)
        box._table = CountsTogether(sold.store.resources.database)
        box._adding = HoldsNobody()  # type: ignore[assignment]
        assert taken(box) == {True: TOGETHER}
