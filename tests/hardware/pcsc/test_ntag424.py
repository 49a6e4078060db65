"""Signed links: vectors published by NXP, valid and invalid links."""

from __future__ import annotations

import random

import pytest

from hardware.pcsc.errors import ForgedProofError, MalformedProofError, NotSignedError, ProofError
from hardware.pcsc.keys import FixedKeys, ShopKeys, diversify
from hardware.pcsc.ndef import first_link
from hardware.pcsc.ntag424 import SunProof, is_signed, session_mac_key, verify_sun
from hardware.sim.cards.ntag424 import Ntag424Card, shop_keys

PICC, MAC = "EF963FF7828658A599F3041510671E88", "94EED9EE65337086"
UID = bytes.fromhex("04DE5F1EACC040")
SHOP = ShopKeys(bytes(range(16)))


def _link(card: Ntag424Card) -> str:
    return first_link(card.ndef_file()[2:].rstrip(b"\x00")) or ""


def test_published_link_is_verified() -> None:
    """NXP AN12196, 3.4.4.2.1: all keys zero."""
    proof = SunProof("04DE5F1EACC040", 61)
    assert verify_sun({"picc_data": PICC, "cmac": MAC}, FixedKeys()) == proof
    assert verify_sun(f"https://ntag.nxp.com/424?e={PICC}&c={MAC}", FixedKeys()) == proof
    assert (
        verify_sun(f"https://house.example/m?picc_data={PICC.lower()}&cmac={MAC.lower()}", FixedKeys())
        == proof
    )


def test_published_session_key() -> None:
    assert session_mac_key(bytes(16), UID, 61).hex().upper() == "3FB5F6E3A807A03D5E3570ACE393776F"


def test_published_diversified_key() -> None:
    """NXP AN10922, 2.2.1."""
    master = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
    message = bytes.fromhex("04782E21801D80" + "3042F5" + "4E585020416275")
    assert diversify(master, message).hex().upper() == "A8DD63A3B89D54B37CA802473FDA9175"


def test_every_card_has_its_own_keys_and_no_repr_shows_one() -> None:
    other = bytes.fromhex("04DE5F1EACC041")
    keys = {*shop_keys(SHOP, UID), *shop_keys(SHOP, other), SHOP.master}
    assert len(keys) == 5 + 5 - 1 + 1  # only the key that opens the UID is shared
    assert "00010203" not in repr(SHOP).replace("\\x", "")
    assert "file_key" not in repr(FixedKeys())


def test_a_card_of_the_shop_signs_with_a_rising_counter() -> None:
    card = Ntag424Card(UID, "https://house.example/m", shop_keys(SHOP, UID), counter=7)
    proofs = [verify_sun(_link(card), SHOP) for _reading in range(3)]
    assert proofs == [SunProof("04DE5F1EACC040", count) for count in (8, 9, 10)]


def test_another_shops_card_is_forged() -> None:
    card = Ntag424Card(UID, "https://house.example/m", shop_keys(ShopKeys(bytes(16)), UID))
    with pytest.raises(ForgedProofError):
        verify_sun(_link(card), SHOP)


@pytest.mark.parametrize(
    ("link", "refusal"),
    [
        ("https://house.example/m", NotSignedError),
        ("https://house.example/m?picc_data=" + PICC, NotSignedError),
        ("", NotSignedError),
        (f"https://x/?picc_data={PICC}&cmac={MAC}&cmac={MAC}", MalformedProofError),
        (f"https://x/?picc_data={PICC}&e={PICC}&cmac={MAC}", MalformedProofError),
        (f"https://x/?picc_data={PICC[:-2]}&cmac={MAC}", MalformedProofError),
        (f"https://x/?picc_data={PICC[:-1]}g&cmac={MAC}", MalformedProofError),
        (f"https://x/?picc_data={PICC[:-2]}%20%20&cmac={MAC}", MalformedProofError),
        (
            f"https://x/?picc_data={PICC}&cmac={MAC}&" + "&".join("a=1" for _ in range(40)),
            MalformedProofError,
        ),
        (f"https://[x/?picc_data={PICC}&cmac={MAC}", MalformedProofError),
        (f"https://x/?picc_data={PICC}&cmac={MAC[:-1]}7", ForgedProofError),
        (f"https://x/?picc_data=00{PICC[2:]}&cmac={MAC}", ForgedProofError),
    ],
)
def test_an_invalid_link_is_refused_by_its_kind(link: str, refusal: type[ProofError]) -> None:
    with pytest.raises(refusal):
        verify_sun(link, FixedKeys())


def test_signed_or_not() -> None:
    assert is_signed(f"https://x/?picc_data={PICC}&cmac={MAC}")
    assert is_signed(f"https://x/?picc_data=junk&cmac={MAC}")
    assert not is_signed("https://x/?collect=1")


def test_ten_thousand_guessed_macs_are_refused() -> None:
    dice = random.Random(424)
    passed = 0
    for _guess in range(10_000):
        link = {"picc_data": PICC, "cmac": dice.randbytes(8).hex()}
        try:
            verify_sun(link, FixedKeys())
            passed += 1
        except ForgedProofError:
            continue
    assert passed == 0
