"""Clara, who agreed to clues, in room 1, and the desks of the associates' page."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kiosk.core.clues.clue import ClueCardId
from kiosk.core.domain.ids import RoomId, ShopperId, Ticket
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.store.clues.composing import ClueServices, compose_clues
from kiosk.store.db.tables import SHOPPER
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Associate

ROOM, TICKET, CLARA = RoomId("1"), Ticket("t1"), ShopperId("s1")
Consents = Callable[..., None]


def set_consents(store: Store, *consents: str) -> None:
    """The consents of Clara, as a feed gives them."""
    with store.resources.database.writing() as connection:
        this = SHOPPER.update().where(SHOPPER.c.shopper_id == CLARA)
        connection.execute(this.values(consents=json.dumps(consents)))


def enter(store: Store, tier: Tier = Tier.PROVED) -> None:
    """Clara's card was read in room 1."""
    customer = store.service.customers.customer(CLARA)
    assert customer is not None
    shopper = Shopper(CLARA, tier, "Clara", "de")
    store.service.visits.identify(ROOM, TICKET, shopper, "mac", clues=customer.clues)


def seen(services: ClueServices) -> ClueCardId:
    """The card that an associate has open."""
    return services.clues.card(ROOM).card


@pytest.fixture
def services(store: Store) -> ClueServices:
    """Clara is in room 1 and has agreed to clues from everything that the store has itself."""
    set_consents(store, "clues", "sizes", "history")
    enter(store)
    resources = store.resources
    return compose_clues(resources.database, resources.catalogue, resources.associates, store.service.visits)


@pytest.fixture
def staff(store: Store) -> dict[str, Associate]:
    """The staff by id."""
    return {str(one.associate_id): one for one in store.resources.associates.all()}
