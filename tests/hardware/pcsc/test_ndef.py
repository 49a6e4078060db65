"""Links of NDEF messages: read as written, among other records, or a typed error."""

from __future__ import annotations

import ndef
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.pcsc.errors import CardProtocolError
from hardware.pcsc.ndef import MAX_MESSAGE_BYTES, first_link, link_message, message_in_tlv

SIGNED = "https://house.example/m?picc_data=EF963FF7828658A599F3041510671E88&cmac=94EED9EE65337086"


def octets(*records: ndef.record.Record) -> bytes:
    return b"".join(ndef.message_encoder(records))


@pytest.mark.parametrize(
    "link", [SIGNED, "https://h.example/?a=%20b%2F", "tel:+49", "urn:epc:id:sgtin:0614141.112345.400"]
)
def test_a_link_is_read_as_it_was_written(link: str) -> None:
    assert first_link(link_message(link)) == link


def test_the_first_link_wins_among_other_records() -> None:
    message = octets(
        ndef.TextRecord("hello"), ndef.UriRecord(SIGNED), ndef.UriRecord("https://other.example")
    )
    assert first_link(message) == SIGNED


def test_a_smart_poster_gives_its_link() -> None:
    assert first_link(octets(ndef.SmartposterRecord(SIGNED, title="Member"))) == SIGNED


def test_no_link_is_none() -> None:
    assert first_link(b"") is None
    assert first_link(octets(ndef.TextRecord("hello"))) is None


def test_a_link_too_long_is_none_and_a_message_too_long_is_refused() -> None:
    assert first_link(link_message("https://h.example/" + "x" * 2100)) is None
    with pytest.raises(CardProtocolError):
        first_link(bytes(MAX_MESSAGE_BYTES + 1))


@pytest.mark.parametrize(
    "broken", ["D1010D5504", "FF", "D1FFFFFFFFFF55", "D101035504FFFF", "91010155", "D1010355046107"]
)
def test_an_invalid_message_is_refused(broken: str) -> None:
    with pytest.raises(CardProtocolError):
        first_link(bytes.fromhex(broken))


@given(st.binary(max_size=300))
def test_anything_gives_a_link_none_or_a_refusal(message: bytes) -> None:
    try:
        link = first_link(message)
    except CardProtocolError:
        return
    assert link is None or link.isprintable()


@pytest.mark.parametrize(
    ("area", "message"),
    [
        ("0303D0000000FE", "D00000"),
        ("000000" + "0303D00000", "D00000"),
        ("01030A0B0C" + "0303D00000FE", "D00000"),
        ("03FF0003D00000", "D00000"),
        ("0300FE", ""),
        ("FE", ""),
    ],
)
def test_the_message_is_found_among_other_blocks(area: str, message: str) -> None:
    assert message_in_tlv(bytes.fromhex(area)) == bytes.fromhex(message)


@pytest.mark.parametrize("area", ["", "03", "0305D000", "03FF00", "03FF0100D0", "0105AA", "0000"])
def test_an_incomplete_area_needs_more_bytes(area: str) -> None:
    assert message_in_tlv(bytes.fromhex(area)) is None
