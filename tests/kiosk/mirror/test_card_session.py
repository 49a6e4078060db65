"""Card authentication at the mirror: commands reach the tapped card only; where it fails, its link is used."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from hardware.drivers.card_reader import open_card_reader
from hardware.pcsc.errors import CardLostError
from hardware.ports import CardFact, CardGone, CardTap
from hardware.sim.cards.card_file import NamedCard
from hardware.sim.cards.ntag424 import Ntag424Card
from hardware.sim.cards.pad import SimCardPad
from kiosk.core.domain.ids import ShopperId, Ticket
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.visit.events import CardTapped
from kiosk.core.wire import to_json
from kiosk.mirror.card_session import MAX_COMMANDS, LastTapReader, identify_shopper
from kiosk.mirror.shell import tap_event
from kiosk.mirror.store_client import StoreClient, StoreUnreachableError
from tests.kiosk.mirror.loopback_store import LoopbackStore

PATIENCE_S = 20.0
BASE = "https://house.example/m"
MET, BY_LINK = (Shopper(ShopperId(name), Tier.PROVED) for name in ("met", "by-link"))


class Glass:
    """A simulated card pad with the mirror's reader, and a loopback store."""

    def __init__(self) -> None:
        self.store = LoopbackStore()
        self.client = StoreClient(self.store.url, "1", "token")
        self.pads = SimCardPad(())
        self.pads.start()
        self.reader = LastTapReader(open_card_reader(self.pads.uri(), "mirror"))
        self.facts: list[CardFact] = []
        self._more = threading.Condition()
        self.reader.start(self._post)

    def _post(self, fact: CardFact) -> None:
        with self._more:
            self.facts.append(fact)
            self._more.notify_all()

    def until(self, kind: type, count: int) -> CardFact:
        """The fact of that kind and number, counted from one."""
        with self._more:
            assert self._more.wait_for(lambda: len(self.of(kind)) >= count, PATIENCE_S), self.facts
            return self.of(kind)[count - 1]

    def of(self, kind: type) -> list[CardFact]:
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def lay(self, last: int, count: int = 1) -> IdentifyShopper:
        """Lay a card with that last byte of its UID; the question of its tap."""
        card = Ntag424Card(bytes((4, 1, 2, 3, 4, 5, last)), BASE)
        self.pads.pad().lay(NamedCard("card", "card", card))
        tapped = tap_event(self.until(CardTap, count))
        assert isinstance(tapped, CardTapped)
        return IdentifyShopper(Ticket("t"), tapped)

    def who(self, question: IdentifyShopper) -> Shopper | None:
        return identify_shopper(self.client, question, self.reader.session_for)

    def close(self) -> None:
        self.reader.close()
        self.pads.close()
        self.client.close()
        self.store.close()


@pytest.fixture
def glass() -> Iterator[Glass]:
    one = Glass()
    one.store.replies[("POST", "/identify")] = lambda _: (200, {"shopper": to_json(BY_LINK)})
    yield one
    one.close()


def authenticates(glass: Glass, *answers: Any) -> list[str]:
    """Let the store send these answers one after the other; collects the answers of the card."""
    heard: list[str] = []
    says = iter(answers)

    def go_on(body: Any) -> tuple[int, Any]:
        heard.append(body["answer"])
        return 200, next(says)

    glass.store.replies[("POST", "/meetings")] = lambda _: (
        200,
        {"meeting_id": "m1", "command": "00a4040007d276000085010100"},
    )
    glass.store.replies[("POST", "/m1")] = go_on
    return heard


def test_commands_reach_the_card_and_its_answers_the_store(glass: Glass) -> None:
    heard = authenticates(glass, {"command": "9071000002030000"}, {"shopper": to_json(MET)})
    assert glass.who(glass.lay(1)) == MET
    assert heard[0] == "9000"
    assert heard[1].endswith("91af")
    assert len(heard[1]) == 36


def test_a_card_without_the_key_is_not_identified_by_its_link(glass: Glass) -> None:
    authenticates(glass, {"shopper": None})
    assert glass.who(glass.lay(1)) is None


@pytest.mark.parametrize("status", [404, 409])
def test_a_store_that_refuses_authentication_is_asked_by_link(glass: Glass, status: int) -> None:
    glass.store.replies[("POST", "/meetings")] = lambda _: (status, {})
    assert glass.who(glass.lay(1)) == BY_LINK


@pytest.mark.parametrize(
    "nonsense",
    [
        {"command": "00a404000e325041592e5359532e444446303100"},
        {"command": "zz"},
        {"command": 7},
        {"what": 1},
        [],
    ],
    ids=["payment application", "no hex", "no text", "neither", "a list"],
)
def test_invalid_and_forbidden_commands_fall_back_to_the_link(glass: Glass, nonsense: Any) -> None:
    authenticates(glass, nonsense)
    assert glass.who(glass.lay(1)) == BY_LINK


def test_an_endless_authentication_is_stopped(glass: Glass) -> None:
    heard = authenticates(glass, *({"command": "9071000002030000"} for _ in range(100)))
    assert glass.who(glass.lay(1)) == BY_LINK
    assert len(heard) == MAX_COMMANDS


def test_a_store_that_is_away_is_an_error(glass: Glass) -> None:
    question = glass.lay(1)
    glass.store.replies[("POST", "/meetings")] = lambda _: (503, {})
    with pytest.raises(StoreUnreachableError):
        glass.who(question)


def test_a_removed_card_is_identified_by_its_link(glass: Glass) -> None:
    authenticates(glass, {"shopper": to_json(MET)})
    question = glass.lay(1)
    glass.pads.pad().lift()
    glass.until(CardGone, 1)
    assert glass.who(question) == BY_LINK


def test_commands_for_one_card_never_reach_the_next(glass: Glass) -> None:
    first = glass.lay(1)
    second = glass.lay(2, count=2)
    with pytest.raises(CardLostError):
        glass.reader.session_for(first.tap)
    glass.reader.session_for(second.tap).close()
    # Planted fault: a mirror that connects to whichever card lies there would send the first card's commands to it.
    glass.reader.session().close()


def test_another_kind_of_card_is_identified_by_its_link(glass: Glass) -> None:
    authenticates(glass, {"shopper": to_json(MET)})
    assert glass.who(IdentifyShopper(Ticket("t"), CardTapped(1, "ndef", "04", BASE))) == BY_LINK


def test_without_a_card_session_the_link_is_used(glass: Glass) -> None:
    assert (
        identify_shopper(glass.client, IdentifyShopper(Ticket("t"), CardTapped(1, "ntag424", "04")), None)
        == BY_LINK
    )
