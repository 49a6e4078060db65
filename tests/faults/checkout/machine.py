"""The programs as a state machine of hypothesis, which prefers what it has not tried and makes a failing one short."""

from __future__ import annotations

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.faults.checkout.program import Program
from tests.faults.checkout.steps.steps import Group
from tests.faults.checkout.template import Template


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

    @rule(data=st.data())
    def shopper(self, data: st.DataObject) -> None:
        """A shopper takes pieces, pays, gives up, leaves."""
        self._step(Group.SHOPPER, data)

    @precondition(lambda self: self.possible(Group.CARD))
    @rule(data=st.data())
    def card(self, data: st.DataObject) -> None:
        """A card is laid on a terminal."""
        self._step(Group.CARD, data)

    @precondition(lambda self: self.possible(Group.CARD))
    @rule(data=st.data())
    def card_again(self, data: st.DataObject) -> None:
        """The same, so that it happens more often."""
        self._step(Group.CARD, data)

    @precondition(lambda self: self.possible(Group.ASSOCIATE))
    @rule(data=st.data())
    def associate(self, data: st.DataObject) -> None:
        """An associate deals with a task, a basket, a return."""
        self._step(Group.ASSOCIATE, data)

    @rule(data=st.data())
    def terminal(self, data: st.DataObject) -> None:
        """A terminal fails in some way, or recovers."""
        self._step(Group.TERMINAL, data)

    @rule(data=st.data())
    def shop(self, data: st.DataObject) -> None:
        """Time passes; the store is killed, configured, started; its database is locked, its disk full."""
        self._step(Group.SHOP, data)

    def teardown(self) -> None:
        if not self._ended:
            self._ended = True
            found = self.program.finish()
            assert not found, self._report()

    def _step(self, group: Group, data: st.DataObject) -> None:
        text = data.draw(st.sampled_from(self.possible(group)))
        self._possible.clear()
        self.program.step(text)
        if self.program.wrong:
            self._ended = True
            self.program.finish()
            raise AssertionError(self._report())

    def _report(self) -> str:
        note(f"steps: {self.program.played}")
        return f"{self.program.wrong}\nafter the steps {self.program.played}"
