"""One program: steps in any order; then everything is well again, what can be known is known, and all must agree."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.errors import StoreError
from kiosk.store.payments.desk_tasks.desk_task import UnsettledTransaction
from kiosk.store.payments.ledger.upkeep.audit import audit
from tests.faults.checkout import rules
from tests.faults.checkout.journal import Journal
from tests.faults.checkout.people import People
from tests.faults.checkout.steps.steps import Group, Steps
from tests.faults.checkout.template import Template
from tests.faults.checkout.world import Fault, World

WEIGHTS: Final = {Group.SHOPPER: 8, Group.CARD: 8, Group.ASSOCIATE: 4, Group.TERMINAL: 3, Group.SHOP: 2}
MAX_ROUNDS: Final = 60
"""Rounds of the sweep, or of the associate, after which everything must have ended."""
STEPS_EACH: Final = 40
"""Steps of a random program."""


class Program:
    """Plays steps. `wrong`: what broke a rule so far; `played`: the steps; `counts`: how many had an effect."""

    def __init__(self, template: Template, fault: Fault = lambda _: None) -> None:
        self.world = World(template.copy(), template.settings, fault)
        self.people, self.journal = People(), Journal()
        self.steps = Steps(self.world, self.people, self.journal)
        self.played: list[str] = []
        self.wrong: list[str] = []
        self.counts: Counter[str] = Counter()
        self._results: dict[str, str] = {}
        self.steps.show_visits()
        self.world.until_quiet()

    def step(self, text: str) -> None:
        """Plays one step, waits until nothing happens any more, and looks at the rules that always hold."""
        self.played.append(text)
        before = self.world.store.resources.ledger.head.seq
        try:
            self.steps.do(text)
        except StoreError:
            self.counts["refused"] += 1
        except (SQLAlchemyError, sqlite3.Error) as error:
            self._database_error(text, error)
        except Exception as error:  # noqa: BLE001 that nothing else is raised is a rule
            self.wrong.append(f"{text}: {type(error).__name__}: {error}")
        self.world.until_quiet()
        self._revive()
        changed = self.world.store.resources.ledger.head.seq != before
        self.counts["steps"] += 1
        self.counts["written"] += changed
        self._look()

    def _revive(self) -> None:
        """Starts the store until it lives: it may be killed again as it asks for what was open."""
        while self.world.killed:
            self.world.revive()
            self.counts["kills"] += 1
            self._quietly(self.steps.show_visits)
            self.world.until_quiet()

    def finish(self) -> list[str]:
        """Makes everything well, and looks at all rules; what is wrong."""
        try:
            if not self.wrong:
                self._calm()
                self._check_tasks()
                self._resolve()
                self._bring_all_terminals_back()
                self._check_end()
        finally:
            self.world.close()
        return self.wrong

    def _database_error(self, text: str, error: Exception) -> None:
        self.counts["refused"] += 1
        if not (self.world.locked or self.world.full):
            self.wrong.append(f"{text}: {type(error).__name__}: {error}")

    def _quietly(self, action: object) -> None:
        """A mirror's report while the database is locked is repeated later."""
        try:
            if callable(action):
                action()
        except (StoreError, SQLAlchemyError, sqlite3.Error) as error:
            self._database_error("report", error)

    def _look(self) -> None:
        self.journal.read(self.world.store.resources.ledger)
        self.wrong += self.steps.strangers
        self.wrong += [sentence for device in self.world.devices.values() for sentence in device.wrong]
        for rule in rules.AFTER_EACH_STEP:
            self.wrong += rule(self.journal, self.people)
        self.wrong += rules.what_is_final_stays(self._results, self.journal)

    def _calm(self) -> None:
        for device in self.world.devices.values():
            device.heal()
        self.world.restart()
        self.steps.show_visits()
        for room in tuple(self.people.visits):
            self.steps.do(f"leave {room}")
        for number in range(1, self.people.desk_orders + 1):
            self.steps.do(f"desk-cancel {number}")
        self._sweep_all()
        self._look()

    def _sweep_all(self) -> None:
        """Until the sweep finds out nothing more."""
        for _ in range(MAX_ROUNDS):
            before = self.world.store.resources.ledger.head.seq
            self.world.until_quiet()
            self.world.pass_s(130)
            self.steps.sweep()
            self.world.store.payments.finish_pending()
            self.world.until_quiet()
            if self.world.store.resources.ledger.head.seq == before:
                return
        self.wrong.append("the sweep does not come to an end")

    def _tasks(self) -> tuple[UnsettledTransaction, ...]:
        return self.world.store.service.desk.unsettled()

    def _check_tasks(self) -> None:
        """What is known without a person."""
        self.world.pass_s(7200)
        tasks = self._tasks()
        self.wrong += rules.nothing_open_is_hidden(self.journal, tasks)
        self.wrong += rules.no_terminal_waits(self.world)
        believed = self.people.lies | rules.asked_on(self.journal, self.world)
        self.wrong += rules.money_agrees(self.journal, self.steps.truth, tasks, believed)
        self.counts["tasks"] += len(tasks)

    def _resolve(self) -> None:
        """An associate who tells the truth ends every task, and so does the day's settlement every word of a person."""
        for _ in range(MAX_ROUNDS):
            before = self.world.store.resources.ledger.head
            acted = self._act() or self._settle_day()
            self._sweep_all()
            self._look()
            if self.wrong or not (acted or self.world.store.resources.ledger.head != before):
                break
        for task in self._tasks():
            self.wrong.append(f"a task of {task.order_id} does not end: {task.task.value} ({task.why})")

    def _bring_all_terminals_back(self) -> None:
        """Terminals that were replaced are there again, and have the last word about what rests on a person's."""
        if self.wrong or self.world.configuration == "whole":
            return
        self.wrong += rules.money_agrees(
            self.journal, self.steps.truth, self._tasks(), rules.asked_on(self.journal, self.world)
        )
        self.world.restart("whole")
        self.steps.show_visits()
        self._sweep_all()
        self._look()
        self._check_tasks()
        self._resolve()

    def _act(self) -> bool:
        """One round of her work; whether there was any."""
        attended = self.world.store.payments.attended.waiting()
        for place in range(len(attended)):
            one = attended[place]
            self.steps.do(
                "enter 0" if one.key in self.people.slips else "serve 0" if one.refund else "turn-away 0"
            )
        said = 0
        for task in [task for task in self._tasks() if task.parked]:
            word = self.steps.truth.word(task)
            if word is None:
                continue
            said += 1
            try:
                self.steps.say(task, word)
            except StoreError as error:
                self.counts["refused"] += 1
                self.world.pass_s(1)
                del error
        return bool(attended or said)

    def _settle_day(self) -> bool:
        """Compares the words of persons with the provider's report; whether that has changed anything."""
        before = self.world.store.resources.ledger.head
        self.counts["words"] += len(self.world.store.payments.confirmations.unconfirmed())
        self.steps.do("settle-day")
        return self.world.store.resources.ledger.head != before

    def _check_end(self) -> None:
        self._look()
        self.wrong += rules.money_agrees(self.journal, self.steps.truth)
        self.wrong += rules.limits_hold(self.journal, self.steps.truth)
        self.wrong += rules.nothing_is_asked_on(self.journal)
        self.wrong += rules.what_is_sold_was_paid(self.journal, self.world, self.people)
        self.counts["taken_back"] += len(self.journal.taken_back)
        self.counts["paid"] += len(self.journal.receipts)
        self.counts["refunds"] += sum(r["state"] == "done" for r in self.journal.refunds.values())
        self.counts["opened"] += self.world.opened
        self.wrong += self._audited()
        self.world.restart()
        self._look()

    def _audited(self) -> Iterator[str]:
        found = audit(self.world.store.resources.ledger, lambda *_: None, alone=True)
        if not found.sound or found.different_rows:
            yield f"the audit finds {found.damaged} damaged entries, {found.different_rows} different rows"


def play(template: Template, steps: Sequence[str], fault: Fault = lambda _: None) -> Program:
    """Plays written steps to the end, or to the first violation."""
    program = Program(template, fault)
    for text in steps:
        if not program.wrong:
            program.step(text)
    program.finish()
    return program


def play_random(template: Template, seed: str, fault: Fault = lambda _: None) -> Program:
    """Plays a random program; the same seed gives the same choices as long as the store behaves the same."""
    program, random = Program(template, fault), Random(seed)
    for _ in range(random.randint(8, STEPS_EACH)):
        possible = {group: program.steps.possible(group) for group in WEIGHTS}
        groups = [group for group in WEIGHTS if possible[group]]
        group = random.choices(groups, [WEIGHTS[group] for group in groups])[0]
        program.step(random.choice(possible[group]))
        if program.wrong:
            break
    program.finish()
    return program
