"""Decodes and encodes the LLRPStatus parameter, and describes it in words (LLRP 1.0.1, clause 15)."""

from __future__ import annotations

import struct
from typing import Final

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding.constants import ParameterType, StatusCode
from hardware.llrp.encoding.messages import ErrorDetail, LlrpStatus
from hardware.llrp.encoding.parameters import read_text, readable_parameters, tlv, unpack_fields, write_text
from hardware.printable_text import printable

_U16: Final = struct.Struct(">H")
_TWO_U16: Final = struct.Struct(">HH")
# a ParameterError may contain another; real messages nest less deeply
_MAX_DEPTH: Final = 8


def read(body: bytes, start: int = 0) -> LlrpStatus:
    """The status in a message body, from `start` on. Raises LlrpFrameError if there is none."""
    for kind, value, end in readable_parameters(body, start):
        if kind == ParameterType.LLRP_STATUS:
            return read_value(body, value, end)
    raise LlrpFrameError("a response without a status")


def read_value(body: bytes, value: int, end: int) -> LlrpStatus:
    """The status in the value of an LLRPStatus parameter; a damaged description or detail is left out."""
    (code,) = unpack_fields(_U16, body, value, end)
    try:
        text, rest = read_text(body, value + 2, end)
        return LlrpStatus(code, text, tuple(_error_details(body, rest, end, 0)))
    except LlrpFrameError:
        return LlrpStatus(code)


def _error_details(body: bytes, start: int, end: int, depth: int) -> list[ErrorDetail]:
    if depth > _MAX_DEPTH:
        raise LlrpFrameError("parameter errors nested too deeply")
    found = []
    for kind, value, stop in readable_parameters(body, start, end):
        if kind == ParameterType.FIELD_ERROR:
            field, code = unpack_fields(_TWO_U16, body, value, stop)
            found.append(ErrorDetail(code, field=field))
        elif kind == ParameterType.PARAMETER_ERROR:
            parameter, code = unpack_fields(_TWO_U16, body, value, stop)
            found.append(ErrorDetail(code, parameter=parameter))
            found += _error_details(body, value + 4, stop, depth + 1)
    return found


def write(status: LlrpStatus) -> bytes:
    """The LLRPStatus parameter; the details are nested, the first one outermost."""
    inner = b""
    for detail in reversed(status.details):
        if detail.parameter is not None:
            inner = tlv(ParameterType.PARAMETER_ERROR, _TWO_U16.pack(detail.parameter, detail.code), inner)
        else:
            inner = tlv(ParameterType.FIELD_ERROR, _TWO_U16.pack(detail.field or 0, detail.code)) + inner
    return tlv(ParameterType.LLRP_STATUS, _U16.pack(status.code), write_text(status.text), inner)


def describe_status(status: LlrpStatus) -> str:
    """A refusal in words for a technician: status code, the reader's description on one line, field or parameter."""
    try:
        name = StatusCode(status.code).name.lower().replace("_", " ")
    except ValueError:
        name = f"status {status.code}"
    where = [
        f"parameter {detail.parameter}" if detail.parameter is not None else f"field {detail.field}"
        for detail in status.details
    ]
    text = printable(status.text)
    return ", ".join([name, *([text] if text else []), *where])
