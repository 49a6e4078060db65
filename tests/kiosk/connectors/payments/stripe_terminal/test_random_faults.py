"""Random faults on random calls of one charge and what follows it: the end agrees with Stripe's account."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from kiosk.connectors.payments.doubles.stripe_api.faults import CALLS, CHANGED, KINDS
from kiosk.connectors.payments.port import (
    FollowUp,
    PaymentError,
    Presented,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.follow_up_kind import FollowUpKind
from tests.kiosk.connectors.payments.stripe_terminal.bench import WAITS, Bench, bench_in, follow_up, presented

FAST = replace(WAITS, create_s=1.0, query_s=0.5, follow_up_s=0.6, call_s=0.1, outage_s=0.2, authorise_s=0.3)
WAYS = tuple(kind for kind in KINDS if kind not in CHANGED)
FINAL = (TerminalStatus.APPROVED, TerminalStatus.REFUSED, TerminalStatus.CANCELLED)
LIMIT_S = 20.0


class Program:
    """One charge with its faults, played from a seed."""

    def __init__(self, bench: Bench, seed: int) -> None:
        self.bench, self.dice = bench, random.Random(seed)
        self.charge = bench.charge(capture=self.dice.random() < 0.7)
        self.ended = Event()

    def play(self) -> list[str]:
        """What is wrong in the end."""
        self._plan(self.dice.randrange(4))
        shopper = Thread(target=self._shopper)
        shopper.start()
        try:
            reply, wanted = self._paid()
        finally:
            self.ended.set()
            shopper.join(10)
        self.bench.double.run(self.bench.double.double.faults._planned.clear)
        again = self.bench.driver.query(wanted) if wanted.provider_id else reply
        if again.status is not reply.status and reply.status is not TerminalStatus.NOT_FOUND:
            return [f"said {reply.status.value}, later {again.status.value}"]
        wrong = self._against_account(reply)
        if not wrong and reply.status is TerminalStatus.APPROVED:
            wrong = self._followed(wanted, reply)
        return wrong

    def _plan(self, number: int) -> None:
        for _ in range(number):
            self.bench.double.fault(self.dice.choice(CALLS), self.dice.choice(WAYS), 0.15)

    def _shopper(self) -> None:
        """Taps, presses cancel or does nothing; the store may cancel as well."""
        act = self.dice.choice(("visa", "visa", "visa", "declined", "cancel", "leave"))
        while not self.ended.wait(0.01):
            if act == "leave" or not self.bench.double.waits():
                continue
            if act == "cancel":
                self.bench.double.run(self._press_cancel)
            else:
                self.bench.double.tap(act)

    def _press_cancel(self) -> None:
        double = self.bench.double
        double.server.controlled({"do": "press-cancel", "reader": double.reader})

    def _paid(self) -> tuple[TerminalReply, Presented]:
        charge, driver = self.charge, self.bench.driver
        try:
            intent_id = driver.create(charge)
        except PaymentError:
            return TerminalReply(TerminalStatus.NOT_FOUND), presented(charge, "")
        wanted = presented(charge, intent_id)
        if self.dice.random() < 0.2:
            Thread(target=_quietly(lambda: driver.cancel(wanted))).start()
        try:
            reply = driver.present(charge, intent_id, lambda: None, 0.4)
        except PaymentError:
            reply = TerminalReply(TerminalStatus.PENDING)
        end_s = time.monotonic() + LIMIT_S
        while reply.status not in FINAL and time.monotonic() < end_s:
            reply = self._asked(wanted) or reply
        return reply, wanted

    def _asked(self, wanted: Presented | FollowUp) -> TerminalReply | None:
        Event().wait(0.02)
        try:
            if isinstance(wanted, Presented):
                self.bench.driver.cancel(wanted)
            return self.bench.driver.query(wanted)
        except PaymentError:
            return None

    def _against_account(self, reply: TerminalReply) -> list[str]:
        mine = [i for i in self.bench.double.intents() if i.metadata.get("key") == self.charge.key]
        approved = [c for i in mine for c in i.charges if c.ok]
        if len(mine) > 1:
            return [f"{len(mine)} intents for one key"]
        if len(approved) != (reply.status is TerminalStatus.APPROVED):
            return [f"{len(approved)} approved charges, but it said {reply.status.value}"]
        if (
            reply.status in FINAL
            and mine
            and mine[0].status not in ("succeeded", "requires_capture", "canceled")
        ):
            return [f"said {reply.status.value}, but it can still be paid"]
        return (
            []
            if reply.status in (*FINAL, TerminalStatus.NOT_FOUND)
            else [f"never ended: {reply.status.value}"]
        )

    def _followed(self, of: Presented, reply: TerminalReply) -> list[str]:
        kind = (
            FollowUpKind.REFUND
            if reply.captured
            else self.dice.choice((FollowUpKind.CAPTURE, FollowUpKind.VOID))
        )
        wanted, driver = follow_up(kind, of, reply), self.bench.driver
        self._plan(self.dice.randrange(3))
        end_s, done = time.monotonic() + LIMIT_S, False
        while not done and time.monotonic() < end_s:
            try:
                done = driver.follow_up(wanted).status is TerminalStatus.APPROVED
            except PaymentError:
                self._asked(wanted)
        intent = next(i for i in self.bench.double.intents() if i.intent_id == of.provider_id)
        left = intent.received - sum(refund.units for refund in intent.refunds)
        right = self.charge.amount.minor if kind is FollowUpKind.CAPTURE else 0
        return [] if done and left == right else [f"{kind.value}: done {done}, {left} left"]


def _quietly(work: Callable[[], None]) -> Callable[[], None]:
    def quiet() -> None:
        try:
            work()
        except PaymentError:
            return

    return quiet


def played(folder: Path, seeds: range) -> dict[int, list[str]]:
    """The seeds whose programs ended wrong."""
    found = {}
    for seed in seeds:
        with bench_in(folder, FAST) as bench:
            if wrong := Program(bench, seed).play():
                found[seed] = wrong
    return found


def test_a_few_programs_end_right(tmp_path: Path) -> None:
    assert played(tmp_path, range(6)) == {}


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_many_programs_end_right(tmp_path: Path) -> None:
    assert played(tmp_path, range(1_000, 1_300)) == {}
