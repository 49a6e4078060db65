"""The steps of a program, as short texts: those that are possible now, and what each does.

A text names rooms, orders, terminals and places in lists, never a random key: so a program can be played again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, unique

from tests.faults.checkout.journal import Journal
from tests.faults.checkout.people import People
from tests.faults.checkout.steps.associates import AssociateSteps
from tests.faults.checkout.steps.cards import CardSteps
from tests.faults.checkout.steps.shop import ShopSteps
from tests.faults.checkout.steps.shoppers import ShopperSteps
from tests.faults.checkout.steps.terminals import TerminalSteps
from tests.faults.checkout.world import World

PREFIX = "_do_"
"""Begin of the name of each method that does a step."""


@unique
class Group(Enum):
    """Who does a step."""

    SHOPPER = "shopper"
    CARD = "card"
    ASSOCIATE = "associate"
    TERMINAL = "terminal"
    SHOP = "shop"


class Steps(ShopperSteps, CardSteps, AssociateSteps, TerminalSteps, ShopSteps):
    """The steps on a world."""

    def __init__(self, world: World, people: People, journal: Journal) -> None:
        super().__init__(world, people, journal)
        self._does: dict[str, Callable[..., None]] = {
            name.removeprefix(PREFIX).replace("_", "-"): getattr(self, name)
            for name in dir(type(self))
            if name.startswith(PREFIX)
        }

    def do(self, step: str) -> None:
        """Raises what the store raises."""
        name, *words = step.split()
        self._does[name](*words)

    def possible(self, group: Group) -> list[str]:
        """The steps that would do something now."""
        of_group: dict[Group, Callable[[], Iterator[str]]] = {
            Group.SHOPPER: self._of_shoppers,
            Group.CARD: self._of_cards,
            Group.ASSOCIATE: self._of_associates,
            Group.TERMINAL: self._of_terminals,
            Group.SHOP: self._of_shop,
        }
        return list(of_group[group]())
