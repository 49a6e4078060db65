"""Waiting for a card at a desk's reader, and which cards are not personalised; the whole command has its flow test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.errors import HardwareError
from hardware.pcsc.keys import ShopKeys
from hardware.ports import (
    CardFact,
    CardKind,
    CardReadFailure,
    CardRefused,
    CardSession,
    CardTap,
    ReaderDown,
    ReaderUp,
)
from kiosk.store.customers.card_book import CardBook
from kiosk.store.customers.card_enrolment import (
    EnrolmentReader,
    EnrolmentRequest,
    NoCardError,
    enrol,
)
from kiosk.store.db.database import Database
from kiosk.store.errors import RefusedError
from tests.kiosk.store.feed_import.taking import take
from tests.kiosk.store.sample_shop import write_feed
from tests.kiosk.store.shop_cards import MASTER

UID = "04A1B2C3D4E580"
TAP = CardTap("desk", CardKind.NTAG424, UID, None, 2)


class ScriptedReader:
    """A card reader that posts these facts at its start; it has no card to talk to."""

    name = "desk"

    def __init__(self, *facts: CardFact) -> None:
        self._facts, self.closed = facts, False

    def start(self, post: Callable[[CardFact], None]) -> None:
        for fact in self._facts:
            post(fact)

    def close(self) -> None:
        self.closed = True

    def session(self) -> CardSession:
        raise HardwareError("no card")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[CardBook]:
    database = Database(f"sqlite:///{tmp_path / 's.db'}")
    take(database, write_feed(tmp_path / "feed"), mac=str.lower)
    yield CardBook(database, str.lower)
    database.close()


def wait(*facts: CardFact, wait_s: float = 0.05) -> tuple[CardTap | str, list[str]]:
    """The tap, or the error; and the messages that were shown."""
    shown: list[str] = []
    source = ScriptedReader(*facts)
    with EnrolmentReader(source, shown.append, wait_s) as reader:
        try:
            result: CardTap | str = reader.wait_for_card()
        except NoCardError as error:
            result = str(error)
    assert source.closed
    return result, shown


def test_the_next_card_is_returned_after_a_refused_tap() -> None:
    result, shown = wait(ReaderUp("desk", 1), CardRefused("desk", CardReadFailure.TOO_SHORT, 1), TAP)
    assert result == TAP
    assert len(shown) == 2, "the request to lay a card, and why the first tap did not count"


def test_every_read_failure_has_a_message() -> None:
    for failure in CardReadFailure:
        _, shown = wait(CardRefused("desk", failure, 1), TAP)
        assert shown[1]


def test_without_a_card_the_error_says_why_the_reader_is_missing() -> None:
    result, _ = wait(ReaderDown("desk", "unplugged", 1))
    assert isinstance(result, str)
    assert "unplugged" in result
    result, _ = wait(ReaderDown("desk", "unplugged", 1), ReaderUp("desk", 2))
    assert isinstance(result, str)
    assert "unplugged" not in result


def run_enrol(book: CardBook, shopper: str, *facts: CardFact) -> list[str]:
    shown: list[str] = []
    with EnrolmentReader(ScriptedReader(*facts), shown.append, 0.05) as reader:
        enrol(
            reader, book, ShopKeys(MASTER), EnrolmentRequest(shopper, "card", "https://ostrevane.example/m")
        )
    return shown


def test_an_unknown_shopper_is_refused_before_a_card_is_asked_for(book: CardBook) -> None:
    with pytest.raises(RefusedError, match="no shopper"):
        run_enrol(book, "s99", TAP)


def test_a_card_that_cannot_prove_itself_is_not_enrolled(book: CardBook) -> None:
    other = next(kind for kind in CardKind if kind is not CardKind.NTAG424)
    with pytest.raises(NoCardError):
        run_enrol(
            book,
            "s1",
            CardTap("desk", other, UID, None, 1),
            CardTap("desk", CardKind.NTAG424, "04A1", None, 2),
        )
    assert book.card(UID) is None


def test_a_card_of_another_shopper_is_refused_and_ones_own_is_left_as_it_is(book: CardBook) -> None:
    book.enrol(UID, "s1", "card", 4)
    with pytest.raises(RefusedError, match="belongs to shopper s1"):
        run_enrol(book, "s2", TAP)
    assert "already" in run_enrol(book, "s1", TAP)[-1]
    found = book.card(UID)
    assert found is not None
    assert (found.shopper_id, found.counter) == ("s1", 4)


def test_a_reader_without_the_card_is_an_error(book: CardBook) -> None:
    with pytest.raises(RefusedError, match="no card"):
        run_enrol(book, "s1", TAP)
    assert book.card(UID) is None
