"""Hypothesis draws the same whatever the store does: its threads may lead to other steps in a second run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.stateful import rule, run_state_machine_as_test

from tests.faults.checkout.machine import CheckoutMachine
from tests.faults.checkout.steps.steps import Group
from tests.faults.checkout.template import Template


class OtherEachTime(CheckoutMachine):
    """A shop in which other steps are possible in every run, and of some groups none."""

    runs = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).runs += 1

    def possible(self, group: Group) -> list[str]:
        found = super().possible(group)
        return found[self.runs % 3 :: 2] if group is Group.SHOPPER or self.runs % 2 else []

    def teardown(self) -> None:
        """Only what is drawn is looked at, not how the program ends."""
        self.program.world.close()


class DrawsFromTheShop(OtherEachTime):
    """Planted fault: draws from what is possible now."""

    @rule(data=st.data())
    def anybody(self, data: st.DataObject) -> None:
        """Any step."""
        data.draw(st.sampled_from(self.possible(Group.SHOPPER)))
        data.draw(st.sampled_from(self.possible(Group.TERMINAL) or ["none"]))


def run(template: Template, machine: type[CheckoutMachine], examples: int) -> None:
    of_template = type("Machine", (machine,), {"template": template})
    run_state_machine_as_test(
        seed(1)(of_template),
        settings=settings(
            max_examples=examples, stateful_step_count=3, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip


def test_other_possible_steps_do_not_change_what_is_drawn(template: Template) -> None:
    run(template, OtherEachTime, 4)


def test_drawing_from_the_shop_is_found(template: Template) -> None:
    with pytest.raises(FlakyStrategyDefinition):
        run(
            template, DrawsFromTheShop, 200
        )  # ends at the first that is found; which one depends on what else is imported
