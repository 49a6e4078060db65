"""Sessions of `hardware.ports.CardReader` with the tapped card, with every driver: authentication and enrolment."""

from __future__ import annotations

import pytest

from hardware.pcsc.card_reading import SELECT_PPSE
from hardware.pcsc.errors import CardLostError, CommandNotAllowedError
from hardware.pcsc.ev2 import AuthenticatedCard, Ev2Authentication, RemoteDialogue
from hardware.pcsc.keys import AUTHENTICATION_KEY
from hardware.pcsc.ntag424 import verify_sun
from hardware.pcsc.pass_through import run_dialogue
from hardware.pcsc.personalise import personalise
from hardware.ports import CardGone, CardKind, CardRefused, CardTap
from hardware.sim.cards.ntag424 import Ntag424Card
from hardware.sim.cards.payment import PaymentCard
from tests.contracts.watched_card_reader import LINK, MASTER, UID, Watched, member
from tests.hardware.pcsc.card_reader_rigs import CardReaderRig


def test_the_store_authenticates_the_card_through_the_reader(
    card_rig: CardReaderRig, watched: Watched
) -> None:
    watched.next()
    card_rig.lay_card(member())
    assert isinstance(watched.next(), CardTap)
    session = watched.reader.session()
    key = MASTER.card_key(bytes.fromhex(UID), AUTHENTICATION_KEY)
    authenticated = run_dialogue(session, Ev2Authentication(UID, key))
    with pytest.raises(CommandNotAllowedError):
        session.exchange(SELECT_PPSE)
    session.close()
    session.close()
    assert authenticated == AuthenticatedCard(UID)
    card_rig.lift()
    assert isinstance(watched.next(), CardGone)
    with pytest.raises(CardLostError):
        watched.reader.session()


def test_a_blank_card_is_enrolled_at_the_reader_and_signs_from_then_on(
    card_rig: CardReaderRig, watched: Watched
) -> None:
    watched.next()
    card = Ntag424Card.blank(bytes.fromhex(UID))
    card_rig.lay_card(card)
    tap = watched.next()
    assert isinstance(tap, CardTap)
    assert (tap.kind, tap.link) == (CardKind.NTAG424, None)
    session = watched.reader.session()
    proof = run_dialogue(session, RemoteDialogue(personalise(tap.uid, MASTER, LINK, bytes(range(16)))))
    session.close()
    card_rig.lift()
    assert isinstance(watched.next(), CardGone)
    card_rig.lay_card(card)
    tap = watched.next()
    assert isinstance(tap, CardTap)
    assert tap.link is not None
    assert verify_sun(tap.link, MASTER).counter == proof.counter + 1


def test_a_session_ends_with_the_card(card_rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    card_rig.lay_card(member())
    assert isinstance(watched.next(), CardTap)
    session = watched.reader.session()
    card_rig.lift()
    assert isinstance(watched.next(), CardGone)
    with pytest.raises(CardLostError):
        session.exchange(bytes.fromhex("9060000000"))
    session.close()


def test_a_payment_card_gets_one_command_and_no_session(card_rig: CardReaderRig, watched: Watched) -> None:
    watched.next()
    card = PaymentCard(bytes.fromhex("01020304"))
    card_rig.lay_card(card)
    assert isinstance(watched.next(), CardRefused)
    with pytest.raises(CardLostError):
        watched.reader.session()
    card_rig.lift()
    assert isinstance(watched.next(), CardGone)
    assert card.log == [SELECT_PPSE]
