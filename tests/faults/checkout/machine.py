"""The programs as a state machine of hypothesis, which prefers what it has not tried and makes a failing one short.

What is drawn does not depend on the store. Its threads race, as in a shop: of two requests at once either may be the
first, so the same steps can lead to different possible steps (about 1 of 25 programs that are played twice). Hypothesis
refuses to draw from what differs between two runs. So the rules draw numbers, which choose among what is possible.
"""

from __future__ import annotations

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.faults.checkout.program import Program
from tests.faults.checkout.steps.steps import Group
from tests.faults.checkout.template import Template

NUMBERS = st.integers(0, 2**16 - 1)
"""Chooses one of at most a few hundred steps: the number modulo how many there are."""


class CheckoutMachine(RuleBasedStateMachine):
    """`template`: the shop with which each program begins; set by the test."""

    template: Template

    def __init__(self) -> None:
        super().__init__()
        self.program = Program(self.template)
        self._possible: dict[Group, list[str]] = {}
        self._ended = False

    def possible(self, group: Group) -> list[str]:
        """The steps of a group that would do something now; found once after each step."""
        if group not in self._possible:
            self._possible[group] = self.program.steps.possible(group)
        return self._possible[group]

    @rule(number=NUMBERS)
    def shopper(self, number: int) -> None:
        """A shopper takes pieces, pays, gives up, leaves."""
        self._step(Group.SHOPPER, number)

    @rule(number=NUMBERS)
    def card(self, number: int) -> None:
        """A card is laid on a terminal."""
        self._step(Group.CARD, number)

    @rule(number=NUMBERS)
    def card_again(self, number: int) -> None:
        """The same, so that it happens more often."""
        self._step(Group.CARD, number)

    @rule(number=NUMBERS)
    def associate(self, number: int) -> None:
        """An associate deals with a task, a basket, a return."""
        self._step(Group.ASSOCIATE, number)

    @rule(number=NUMBERS)
    def terminal(self, number: int) -> None:
        """A terminal fails in some way, or recovers."""
        self._step(Group.TERMINAL, number)

    @rule(number=NUMBERS)
    def shop(self, number: int) -> None:
        """Time passes; the store is killed, configured, started; its database is locked, its disk full."""
        self._step(Group.SHOP, number)

    def teardown(self) -> None:
        if not self._ended:
            self._ended = True
            found = self.program.finish()
            assert not found, self._report()

    def _step(self, group: Group, number: int) -> None:
        """Plays the step of a group that a number chooses; a shopper's, who always has some, if the group has none."""
        possible = self.possible(group) or self.possible(Group.SHOPPER)
        self._possible.clear()
        self.program.step(possible[number % len(possible)])
        if self.program.wrong:
            self._ended = True
            self.program.finish()
            raise AssertionError(self._report())

    def _report(self) -> str:
        note(f"steps: {self.program.played}")
        return f"{self.program.wrong}\nafter the steps {self.program.played}"
