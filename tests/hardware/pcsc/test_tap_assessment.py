"""What a tap proves: genuine cards, copies of several kinds, revoked cards."""

from __future__ import annotations

import random

from hardware.pcsc.errors import BlockedCardError, ForgedProofError, MalformedProofError, ReplayedProofError
from hardware.pcsc.ev2 import AuthenticatedCard
from hardware.pcsc.keys import ShopKeys
from hardware.pcsc.ndef import first_link
from hardware.pcsc.tap_assessment import (
    CloneDetection,
    CloneIndicator,
    KnownCard,
    ProofLevel,
    TapAssessment,
    assess_authentication,
    assess_failed_authentication,
    assess_tap,
)
from hardware.sim.cards.ntag424 import Ntag424Card, shop_keys

SHOP = ShopKeys(bytes(range(16)))
RAW = bytes.fromhex("04A1B2C3D4E580")
UID = RAW.hex().upper()
LINK = "https://house.example/m"


class Store:
    """The minimum that a store keeps of its cards."""

    def __init__(self, *cards: KnownCard) -> None:
        self.cards = {card.uid: card for card in cards}

    def tap(self, uid: str, link: str | None) -> TapAssessment:
        assessment = assess_tap(uid, link, SHOP, self.cards.get)
        if assessment.counter is not None and assessment.uid is not None:
            self.cards[assessment.uid] = KnownCard(assessment.uid, assessment.counter)
        return assessment


def link_of(card: Ntag424Card) -> str:
    return first_link(card.ndef_file()[2:].rstrip(b"\x00")) or ""


def member(counter: int = 7) -> Ntag424Card:
    return Ntag424Card(RAW, LINK, shop_keys(SHOP, RAW), counter)


def test_the_members_card_is_proved_each_time() -> None:
    store, card = Store(KnownCard(UID, 7)), member()
    for count in (8, 9, 10):
        assert store.tap(UID, link_of(card)) == TapAssessment(ProofLevel.PROVED, uid=UID, counter=count)


def test_the_members_link_read_by_a_phone_is_proved_without_a_uid() -> None:
    assert Store(KnownCard(UID, 7)).tap("", link_of(member())).level is ProofLevel.PROVED


def test_a_uid_without_a_link_is_static() -> None:
    assert Store().tap("0A0B0C0D", None) == TapAssessment(ProofLevel.STATIC, uid="0A0B0C0D")
    assert Store().tap("", "https://house.example/points?id=7").level is ProofLevel.STATIC


def test_a_copied_uid_is_detected() -> None:
    assessment = Store(KnownCard(UID, 7)).tap(UID, LINK)
    assert assessment.level is ProofLevel.NONE
    assert assessment.clone == CloneDetection(UID, CloneIndicator.UID_WITHOUT_PROOF)


def test_a_copied_link_is_detected() -> None:
    store, link = Store(KnownCard(UID, 7)), link_of(member())
    assert store.tap(UID, link).level is ProofLevel.PROVED
    again = store.tap(UID, link)
    assert again.level is ProofLevel.NONE
    assert again.clone == CloneDetection(UID, CloneIndicator.REPLAYED_LINK)
    assert isinstance(again.refused, ReplayedProofError)


def test_an_older_counter_is_detected() -> None:
    assessment = Store(KnownCard(UID, 500)).tap(UID, link_of(member(counter=3)))
    assert assessment.level is ProofLevel.NONE
    assert assessment.clone == CloneDetection(UID, CloneIndicator.ROLLED_BACK)


def test_a_fresh_link_on_another_chip_is_detected() -> None:
    assessment = Store(KnownCard(UID, 7)).tap("04000000000001", link_of(member()))
    assert assessment.level is ProofLevel.NONE
    assert assessment.clone == CloneDetection(UID, CloneIndicator.OTHER_CHIP)


def test_a_card_with_other_keys_is_detected() -> None:
    foreign = Ntag424Card(RAW, LINK, shop_keys(ShopKeys(bytes(16)), RAW), 8)
    assessment = Store(KnownCard(UID, 7)).tap(UID, link_of(foreign))
    assert assessment.level is ProofLevel.NONE
    assert assessment.clone == CloneDetection(UID, CloneIndicator.FORGED_CODE)


def test_an_authentic_card_that_is_not_enrolled_proves_nothing() -> None:
    assert Store().tap(UID, link_of(member())).level is ProofLevel.NONE


def test_a_revoked_card_proves_nothing() -> None:
    assessment = Store(KnownCard(UID, 7, blocked=True)).tap(UID, link_of(member()))
    assert assessment.level is ProofLevel.NONE
    assert isinstance(assessment.refused, BlockedCardError)


def test_an_invalid_signed_link_is_not_a_static_link() -> None:
    assessment = Store().tap("0A0B0C0D", LINK + "?picc_data=AB&cmac=CD")
    assert assessment.level is ProofLevel.NONE
    assert isinstance(assessment.refused, MalformedProofError)


def test_an_authentication_at_the_reader_needs_no_counter() -> None:
    store = Store(KnownCard(UID, 7), KnownCard("04000000000001", 0, blocked=True))
    assert assess_authentication(AuthenticatedCard(UID), store.cards.get) == TapAssessment(
        ProofLevel.PROVED, uid=UID, counter=7
    )
    assert (
        assess_authentication(AuthenticatedCard("04000000000001"), store.cards.get).level is ProofLevel.NONE
    )
    assert (
        assess_authentication(AuthenticatedCard("04000000000002"), store.cards.get).level is ProofLevel.NONE
    )


def test_a_failed_authentication_is_a_copy_only_if_the_key_is_wrong() -> None:
    known = Store(KnownCard(UID, 7)).cards.get
    failed = assess_failed_authentication(UID, ForgedProofError("no"), known)
    assert failed.clone == CloneDetection(UID, CloneIndicator.FORGED_CODE)
    assert assess_failed_authentication(UID, MalformedProofError("no"), known).clone is None
    assert assess_failed_authentication("01", ForgedProofError("no"), known).clone is None


def test_ten_thousand_random_macs_prove_nothing() -> None:
    store, dice = Store(KnownCard(UID, 7)), random.Random(2)
    picc = link_of(member()).partition("picc_data=")[2][:32]
    tiers = {
        store.tap(
            UID,
            f"{LINK}?picc_data={dice.choice((picc, dice.randbytes(16).hex()))}&cmac={dice.randbytes(8).hex()}",
        ).level
        for _guess in range(10_000)
    }
    assert tiers == {ProofLevel.NONE}


def test_no_error_contains_a_uid() -> None:
    store = Store(KnownCard(UID, 500))
    for link in (link_of(member()), LINK, LINK + "?picc_data=AB&cmac=CD"):
        assert UID not in str(store.tap(UID, link).refused)
