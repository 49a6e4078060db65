"""Impinj's custom messages and parameters, byte by byte as its definition file of the LLRP toolkit has them."""

from __future__ import annotations

import pytest

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.constants import MessageType
from hardware.llrp.encoding.frames import LlrpFrame
from hardware.llrp.encoding.impinj_extensions import (
    DUAL_TARGET,
    ENABLE_EXTENSIONS,
    read_link_monitor,
    read_search_mode,
    write_link_monitor,
    write_search_mode,
)
from hardware.llrp.encoding.messages import AddRospec, CustomMessage, Rospec, SetReaderConfig

# vendor 25882, then the subtype
SEARCH_MODE = bytes.fromhex("03ff 000e 0000651a 00000017 0002")
LINK_MONITOR = bytes.fromhex("03ff 0010 0000651a 00000026 0001 0003")


def test_the_bytes_are_those_of_the_definition() -> None:
    enable = "07ff 00000013 00000001 0000651a 15 00000000"
    assert encode(ENABLE_EXTENSIONS, 1) == bytes.fromhex(enable)
    assert write_search_mode(DUAL_TARGET) == SEARCH_MODE
    assert write_link_monitor(3) == LINK_MONITOR


def test_they_stand_where_the_definition_allows_them() -> None:
    """The search mode is the last parameter of C1G2InventoryCommand, after C1G2SingulationControl."""
    rospec = encode(AddRospec(Rospec(1, session=0, search_mode=DUAL_TARGET)), 1)
    command = bytes.fromhex("014a 001e 00 0150 000b 00 0020 00000000") + SEARCH_MODE
    assert command in rospec
    assert encode(SetReaderConfig(keepalive_ms=800, link_monitor=3), 1).endswith(LINK_MONITOR)


def test_they_are_found_among_others_and_missing_ones_are_none() -> None:
    other = bytes.fromhex("03ff 000e 0000651a 00000018 0002")
    foreign = bytes.fromhex("03ff 000e 00001267 00000017 0002")
    body = other + foreign + SEARCH_MODE
    assert read_search_mode(body, 0, len(body)) == DUAL_TARGET
    assert read_search_mode(other + foreign, 0, 28) is None
    assert read_link_monitor(body, 0, len(body)) is None
    disabled = write_link_monitor(0)
    assert read_link_monitor(disabled, 0, len(disabled)) == 0


def test_a_custom_message_of_any_maker_is_decoded() -> None:
    body = bytes.fromhex("00001267 07") + b"text"
    assert decode(LlrpFrame(1, MessageType.CUSTOM_MESSAGE, 1, body)) == CustomMessage(4711, 7, b"text")
    with pytest.raises(LlrpFrameError):
        decode(LlrpFrame(1, MessageType.CUSTOM_MESSAGE, 1, body[:4]))
