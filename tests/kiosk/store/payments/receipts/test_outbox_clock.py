"""The clock is set while receipts wait to be sent by e-mail: none is given up for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.clock import Clocks
from kiosk.connectors.messages.port import Mail, MailLostError, mail_address
from kiosk.store.payments.receipts.links import DAY_US
from kiosk.store.receipts.outbox_table import MailState
from tests.kiosk.store.payments.receipts.mailing_store import ADDRESS, box_with, mailing, sealed, states
from tests.kiosk.store.payments.receipts.paid_store import ORDER
from tests.kiosk.store.sample_shop import ManualClock


class _Away:
    """A mail server that is away for the first tries."""

    domain = "shop.example"

    def __init__(self, tries: int) -> None:
        self.left, self.taken = tries, list[Mail]()

    def send(self, mail: Mail) -> None:
        if self.left:
            self.left -= 1
            raise MailLostError("away")
        self.taken.append(mail)

    def probe(self) -> None:
        raise MailLostError("not here")


@pytest.mark.parametrize("days", [700, -700])
def test_a_step_of_the_clock_gives_no_message_up(tmp_path: Path, days: int) -> None:
    wall, steady = ManualClock(), ManualClock()
    with mailing(tmp_path) as (sold, _):
        box = box_with(sold, _Away(1), Clocks(wall, steady).of_run())
        box.add(ORDER, mail_address(ADDRESS), "en")
        wall.now_us += days * DAY_US
        box.sweep()
        assert states(sold) == [MailState.WAITING]
        steady.pass_s(60)
        box.sweep()
        assert states(sold) == [MailState.SENT]


def test_planted_fault_ages_by_the_time_of_day_lose_the_message(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, _):
        box = box_with(sold, _Away(1))
        box.add(ORDER, mail_address(ADDRESS), "en")
        sold.clock.now_us += 700 * DAY_US
        box.sweep()
        assert states(sold) == [MailState.FAILED]


def test_after_a_restart_a_message_is_tried_however_old_it_seems(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, _):
        box_with(sold, _Away(0)).add(ORDER, mail_address(ADDRESS), "en")
        later = box_with(sold, sender := _Away(0), ManualClock(sold.clock.now_us + 700 * DAY_US))
        later.sweep()
        assert (len(sender.taken), sealed(sold)) == (1, [b""])
