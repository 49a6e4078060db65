"""LLRPStatus: how a reader says that it did, or did not do, what was asked (LLRP 1.0.1, clause 15)."""

from __future__ import annotations

import struct
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.constants import ParameterType, StatusCode
from hardware.llrp.messages import ErrorDetail, LlrpStatus
from hardware.llrp.parameters import iterate_parameters, read_text, tlv, unpack_fields, write_text

_U16: Final = struct.Struct(">H")
_PAIR: Final = struct.Struct(">HH")
# ParameterError may hold another one; no real message nests deeper than this
_DEEPEST: Final = 8


def read(body: bytes, start: int = 0) -> LlrpStatus:
    """The status of a response. Raises LlrpFrameError where there is none."""
    for kind, value, end in iterate_parameters(body, start):
        if kind == ParameterType.LLRP_STATUS:
            return read_value(body, value, end)
    raise LlrpFrameError("a response without a status")


def read_value(body: bytes, value: int, end: int) -> LlrpStatus:
    """The status from the value of its parameter."""
    (code,) = unpack_fields(_U16, body, value, end)
    text, rest = read_text(body, value + 2, end)
    return LlrpStatus(code, text, tuple(_refusals(body, rest, end, 0)))


def _refusals(body: bytes, start: int, end: int, depth: int) -> list[ErrorDetail]:
    if depth > _DEEPEST:
        raise LlrpFrameError("errors nested without end")
    found = []
    for kind, value, stop in iterate_parameters(body, start, end):
        if kind == ParameterType.FIELD_ERROR:
            field, code = unpack_fields(_PAIR, body, value, stop)
            found.append(ErrorDetail(code, field=field))
        elif kind == ParameterType.PARAMETER_ERROR:
            parameter, code = unpack_fields(_PAIR, body, value, stop)
            found.append(ErrorDetail(code, parameter=parameter))
            found += _refusals(body, value + 4, stop, depth + 1)
    return found


def write(status: LlrpStatus) -> bytes:
    """The status as its parameter; its refusals stand nested, outermost first."""
    inner = b""
    for refusal in reversed(status.detail):
        if refusal.parameter is not None:
            inner = tlv(ParameterType.PARAMETER_ERROR, _PAIR.pack(refusal.parameter, refusal.code), inner)
        else:
            inner = tlv(ParameterType.FIELD_ERROR, _PAIR.pack(refusal.field or 0, refusal.code)) + inner
    return tlv(ParameterType.LLRP_STATUS, _U16.pack(status.code), write_text(status.text), inner)


def describe_status(status: LlrpStatus) -> str:
    """A refusal as a technician wants to read it: code, the reader's own words, the field or parameter."""
    try:
        name = StatusCode(status.code).name.lower().replace("_", " ")
    except ValueError:
        name = f"status {status.code}"
    where = [
        f"parameter {refusal.parameter}" if refusal.parameter is not None else f"field {refusal.field}"
        for refusal in status.detail
    ]
    return ", ".join([name, *([status.text] if status.text else []), *where])
