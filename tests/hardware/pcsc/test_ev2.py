"""EV2 authentication, secured commands and personalisation: published vectors, and a virtual card that verifies all."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest

from hardware.pcsc.errors import CardError, CardProtocolError, ForgedProofError, MalformedProofError
from hardware.pcsc.ev2 import (
    AuthenticatedCard,
    Ev2Authentication,
    Ev2Session,
    RemoteDialogue,
    authenticate,
    secured_command,
)
from hardware.pcsc.keys import APP_MASTER_KEY, AUTHENTICATION_KEY, ShopKeys
from hardware.pcsc.ntag424 import SunProof
from hardware.pcsc.personalise import SdmFileLayout, key_crc32, personalise
from hardware.sim.cards.basic_cards import UidCard, VirtualCard
from hardware.sim.cards.ntag424 import Ntag424Card, shop_keys

SHOP = ShopKeys(bytes(range(16)))
UID = bytes.fromhex("04A1B2C3D4E580")
NAME = UID.hex().upper()
LINK = "https://house.example/m"
SESSION = Ev2Session(
    bytes.fromhex("1309C877509E5A215007FF0ED19CA564"),
    bytes.fromhex("4C6626F5E72EA694202139295C7A7FC7"),
    bytes.fromhex("9D00C4DF"),
)


def member() -> Ntag424Card:
    return Ntag424Card(UID, LINK, shop_keys(SHOP, UID), counter=7)


def meeting(key: bytes | None = None) -> Ev2Authentication:
    return Ev2Authentication(NAME, SHOP.card_key(UID, AUTHENTICATION_KEY) if key is None else key)


def through(dialogue: RemoteDialogue[Any], card: VirtualCard) -> Any:
    """Passes commands and responses, as a mirror does."""
    step = dialogue.start()
    while isinstance(step, bytes):
        step = dialogue.next(card.answer(step) or b"")
    return step


def test_published_authentication() -> None:
    """NXP AN12196, 6.6: key 0, all zeros."""
    talk = RemoteDialogue(authenticate(bytes(16), 0, bytes.fromhex("13C5DB8A5930439FC3DEF9A4C675360F")))
    assert talk.start() == bytes.fromhex("9071000002000000")
    second = talk.next(bytes.fromhex("A04C124213C186F22399D33AC2A3021591AF"))
    assert second == bytes.fromhex(
        "90AF00002035C3E05A752E0144BAC0DE51C1F22C56B34408A23D8AEA266CAB947EA8E0118D00"
    )
    end = talk.next(bytes.fromhex("3FA64DB5446D1F34CD6EA311167F5E4985B89690C04A05F17FA7AB2F081206639100"))
    assert end == SESSION


def test_published_file_settings() -> None:
    """NXP AN12196, 6.9: the second command of that session."""
    sent = secured_command(
        replace(SESSION, command_counter=1), 0x5F, b"\x02", bytes.fromhex("4000E0C1F121200000430000430000")
    )
    assert sent == bytes.fromhex("905F0000190261B6D97903566E84C3AE5274467E89EAD799B7C1A0EF7A0400")


def test_published_change_of_a_key() -> None:
    """NXP AN12196, 6.16.1: key 2 while key 0 is authenticated, the third command of its session."""
    key = bytes.fromhex("F3847D627727ED3BC9C4CC050489B966")
    assert key_crc32(key) == bytes.fromhex("789DFADC")
    session = Ev2Session(
        bytes.fromhex("4CF3CB41A22583A61E89B158D252FC53"),
        bytes.fromhex("5529860B2FC5FB6154B7F28361D30BF9"),
        bytes.fromhex("7614281A"),
        command_counter=2,
    )
    assert secured_command(session, 0xC4, b"\x02", key + b"\x01" + key_crc32(key)) == bytes.fromhex(
        "90C4000029022CF362B7BF4311FF3BE1DAA295E8C68DE09050560D19B9E16C2393AE9CD1FAC75D0CE20BCD1D06E600"
    )


def test_a_card_of_the_shop_is_authenticated() -> None:
    assert through(meeting(), member()) == AuthenticatedCard(NAME)


def test_another_key_is_not_authenticated() -> None:
    with pytest.raises(ForgedProofError):
        through(meeting(bytes(16)), member())


def test_a_copied_uid_without_keys_is_not_authenticated() -> None:
    with pytest.raises(ForgedProofError):
        through(meeting(), Ntag424Card(UID, LINK))
    with pytest.raises(MalformedProofError):
        through(meeting(), UidCard(UID))


def test_a_recorded_authentication_cannot_be_replayed() -> None:
    class Recorder(UidCard):
        """Replays the responses of a genuine card."""

        def __init__(self) -> None:
            super().__init__(UID)
            self.answers: list[bytes] = []
            self.genuine: Ntag424Card | None = member()

        def answer(self, command: bytes) -> bytes | None:
            if self.genuine is None:
                return self.answers.pop(0)
            self.answers.append(self.genuine.answer(command) or b"")
            return self.answers[-1]

    recorder = Recorder()
    assert through(meeting(), recorder) == AuthenticatedCard(NAME)
    recorder.genuine = None
    with pytest.raises(ForgedProofError):
        through(meeting(), recorder)


@pytest.mark.parametrize(
    "answer", [b"", b"\x90", b"\x91\xaf", bytes(15) + b"\x91\xaf", bytes(33) + b"\x91\x00", b"\x91\x1c"]
)
def test_an_invalid_challenge_is_a_typed_error(answer: bytes) -> None:
    dialogue = meeting()
    dialogue.start()
    dialogue.next(b"\x90\x00")
    with pytest.raises(CardError):
        dialogue.next(answer)


def enrol(card: VirtualCard, keys: ShopKeys = SHOP, uid: str = NAME) -> SunProof:
    return through(RemoteDialogue(personalise(uid, keys, LINK, os.urandom(16))), card)


def test_a_blank_card_becomes_a_card_of_the_shop() -> None:
    card = Ntag424Card.blank(UID)
    assert enrol(card) == SunProof(NAME, 1)
    assert tuple(card.keys) == shop_keys(SHOP, UID)
    assert through(meeting(), card) == AuthenticatedCard(NAME)


def test_a_card_may_be_enrolled_again_in_the_same_shop_only() -> None:
    card = Ntag424Card.blank(UID)
    enrol(card)
    assert enrol(card).counter == 2
    with pytest.raises(ForgedProofError):
        enrol(card, ShopKeys(bytes(16)))


def test_an_interrupted_personalisation_can_be_repeated() -> None:
    whole = Ntag424Card.blank(UID)
    enrol(whole)
    for kept in range(1, len(whole.log)):
        card = Ntag424Card.blank(UID)
        dialogue = RemoteDialogue(personalise(NAME, SHOP, LINK, os.urandom(16)))
        step: object = dialogue.start()
        for _command in range(kept):
            assert isinstance(step, bytes)
            step = dialogue.next(card.answer(step) or b"")
        card.reset()
        assert enrol(card).uid == NAME, f"taken away after {kept} commands"


def test_a_card_that_refuses_a_command_is_not_enrolled() -> None:
    class RefusingCard(Ntag424Card):
        """Refuses one kind of command."""

        def native(self, ins: int, body: bytes) -> bytes:
            return b"\x91\x9d" if ins == 0x5F else super().native(ins, body)

    card = RefusingCard(UID, "")
    card.sdm = None
    with pytest.raises(CardProtocolError):
        enrol(card)


def test_a_response_without_a_valid_mac_is_forged() -> None:
    class Between(Ntag424Card):
        """A man in the middle that accepts every secured command."""

        def native(self, ins: int, body: bytes) -> bytes:
            return bytes(8) + b"\x91\x00" if ins in (0x5F, 0xC4) else super().native(ins, body)

    card = Between(UID, "")
    card.sdm = None
    with pytest.raises(ForgedProofError):
        enrol(card)


def test_the_master_key_is_never_transmitted() -> None:
    card = Ntag424Card.blank(UID)
    enrol(card)
    sent = b"".join(card.log)
    assert all(key not in sent for key in (SHOP.master, *shop_keys(SHOP, UID)))
    assert card.keys[APP_MASTER_KEY] == SHOP.card_key(UID, APP_MASTER_KEY)


def test_a_link_too_long_for_the_card_is_refused_before_writing() -> None:
    with pytest.raises(ValueError, match="too long"):
        SdmFileLayout.of("https://house.example/" + "m" * 200)
