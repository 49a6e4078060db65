"""Command and response APDUs of ISO/IEC 7816-4, ATRs, and the commands that a mirror passes."""

from __future__ import annotations

import pytest

from hardware.pcsc import apdu
from hardware.pcsc.card_reading import SELECT_CC, SELECT_NDEF, SELECT_PPSE
from hardware.pcsc.errors import CardProtocolError
from hardware.pcsc.pass_through import is_allowed_command
from hardware.sim.cards.basic_cards import storage_card_atr


def test_the_commands_of_a_tap() -> None:
    assert SELECT_PPSE.hex().upper() == "00A404000E325041592E5359532E444446303100"
    assert SELECT_NDEF.hex().upper() == "00A4040007D276000085010100"
    assert SELECT_CC.hex().upper() == "00A4000C02E103"
    assert apdu.GET_UID.hex().upper() == "FFCA000000"
    assert apdu.read_binary(0x1234, 256).hex().upper() == "00B0123400"
    assert apdu.read_pages(4, 16).hex().upper() == "FFB0000410"
    assert apdu.native_command(0x60).hex().upper() == "9060000000"


def test_lengths_beyond_the_short_form_are_refused() -> None:
    with pytest.raises(ValueError, match="short command"):
        apdu.command_apdu(0, 0, 0, 0, bytes(256))
    with pytest.raises(ValueError, match="short command"):
        apdu.command_apdu(0, 0, 0, 0, le=257)
    with pytest.raises(ValueError, match="too large"):
        apdu.read_binary(0x8000, 1)


def test_response_apdus() -> None:
    assert apdu.ResponseApdu.parse(b"\x01\x02\x90\x00") == apdu.ResponseApdu(b"\x01\x02", 0x9000)
    for raw in (b"", b"\x90", bytes(70_000)):
        with pytest.raises(CardProtocolError):
            apdu.ResponseApdu.parse(raw)


@pytest.mark.parametrize(
    ("status", "found"),
    [("9000", True), ("6283", True), ("6110", True), ("6C20", True), ("6A82", False), ("6D00", False)],
)
def test_an_application_that_answers_with_a_warning_is_found(status: str, found: bool) -> None:
    assert apdu.ResponseApdu.parse(bytes.fromhex(status)).found is found


def test_storage_cards_are_recognised_by_their_atr() -> None:
    ultralight, classic = storage_card_atr(3), storage_card_atr(1)
    assert ultralight.hex().upper() == "3B8F8001804F0CA0000003060300030000000068"
    assert apdu.is_storage_card(ultralight)
    assert apdu.can_be_type2(ultralight)
    assert apdu.is_storage_card(classic)
    assert not apdu.can_be_type2(classic)
    assert not apdu.is_storage_card(bytes.fromhex("3B8180018080"))
    assert not apdu.is_storage_card(b"")


@pytest.mark.parametrize(
    ("command", "passed"),
    [
        ("00A4040007D276000085010100", True),
        ("00A4000C02E104", True),
        ("00B0000002", True),
        ("9071000002030000", True),
        ("00A404000E325041592E5359532E444446303100", False),
        ("00A4040007A000000003101000", False),
        ("00B2010C00", False),
        ("80A8000002830000", False),
        ("FFCA000000", False),
        ("90", False),
        ("", False),
    ],
)
def test_a_mirror_passes_only_commands_for_our_cards(command: str, passed: bool) -> None:
    assert is_allowed_command(bytes.fromhex(command)) is passed
