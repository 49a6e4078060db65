"""Impinj's extensions of LLRP: custom messages and parameters (Octane LLRP, version 7.6).

They work on a connection after IMPINJ_ENABLE_EXTENSIONS. InventorySearchMode: whether a tag that was read is read
again at once (dual target: its inventoried flag is set to B, then back to A) or only after its flag expired. The link
monitor closes a connection on which keep-alives stay unanswered; without it a reader keeps the connection of a client
that is gone, and refuses every other one.
"""

from __future__ import annotations

import struct
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding.constants import ParameterType
from hardware.llrp.encoding.messages import CustomMessage
from hardware.llrp.encoding.parameters import readable_parameters, tlv, unpack_fields

IMPINJ: Final = 25882
"""Impinj's enterprise number (IANA)."""
DUAL_TARGET: Final = 2
ENABLE_EXTENSIONS: Final = CustomMessage(IMPINJ, 21, bytes(4))
ENABLE_EXTENSIONS_RESPONSE_SUBTYPE: Final = 22

_SEARCH_MODE_SUBTYPE: Final = 23
_LINK_MONITOR_SUBTYPE: Final = 38
_VENDOR: Final = struct.Struct(">II")
_U16: Final = struct.Struct(">H")
_TWO_U16: Final = struct.Struct(">HH")
_ENABLED: Final = 1


def write_search_mode(mode: int) -> bytes:
    """ImpinjInventorySearchMode, a parameter of C1G2InventoryCommand."""
    return tlv(ParameterType.CUSTOM, _VENDOR.pack(IMPINJ, _SEARCH_MODE_SUBTYPE), _U16.pack(mode))


def read_search_mode(body: bytes, start: int, end: int) -> int | None:
    """The search mode among the parameters of `body[start:end]`, None if there is none."""
    value = _find(body, start, end, _SEARCH_MODE_SUBTYPE, _U16)
    return value[0] if value else None


def write_link_monitor(threshold: int) -> bytes:
    """ImpinjLinkMonitorConfiguration, a parameter of SET_READER_CONFIG: mode, number of unanswered keep-alives."""
    fields = _TWO_U16.pack(_ENABLED if threshold else 0, threshold)
    return tlv(ParameterType.CUSTOM, _VENDOR.pack(IMPINJ, _LINK_MONITOR_SUBTYPE), fields)


def read_link_monitor(body: bytes, start: int, end: int) -> int | None:
    """The threshold among the parameters of `body[start:end]`, 0 if disabled, None if there is none."""
    value = _find(body, start, end, _LINK_MONITOR_SUBTYPE, _TWO_U16)
    if value is None:
        return None
    mode, threshold = value
    return threshold if mode == _ENABLED else 0


def _find(body: bytes, start: int, end: int, subtype: int, layout: struct.Struct) -> tuple[int, ...] | None:
    for kind, value, stop in readable_parameters(body, start, end):
        if kind != ParameterType.CUSTOM or stop - value < _VENDOR.size:
            continue
        if _VENDOR.unpack_from(body, value) == (IMPINJ, subtype):
            return unpack_fields(layout, body, value + _VENDOR.size, stop)
    return None


def read_custom_message(body: bytes) -> CustomMessage:
    """CUSTOM_MESSAGE of any maker. Raises LlrpFrameError if it is too short to name its maker."""
    if len(body) < _CUSTOM.size:
        raise LlrpFrameError("a custom message without its maker")
    vendor, subtype = _CUSTOM.unpack_from(body)
    return CustomMessage(vendor, subtype, body[_CUSTOM.size :])


def write_custom_message(message: CustomMessage) -> bytes:
    return _CUSTOM.pack(message.vendor, message.subtype) + message.payload


_CUSTOM: Final = struct.Struct(">IB")
