"""`decode`: EPCs in hex to GTIN, serial and URI, one JSON line for each tag."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any

from hardware.epc.codec import decode
from hardware.errors import EpcError

_ALL_REFUSED = 1


def run(arguments: argparse.Namespace) -> int:
    """Decodes and prints; the exit code."""
    tags = refused = 0
    for text in _texts(arguments.epc):
        line = tag_fields(text)
        tags += 1
        refused += "error" in line
        print(json.dumps(line))
    return _ALL_REFUSED if tags and refused == tags else 0


def _texts(arguments: Iterable[str]) -> Iterable[str]:
    for argument in arguments:
        if argument == "-":
            yield from (line.strip() for line in sys.stdin if line.strip())
        else:
            yield argument


def tag_fields(text: str) -> dict[str, Any]:
    """The fields of the JSON line of one tag."""
    try:
        tag = decode(text)
    except EpcError as error:
        return {"epc": text.upper(), "error": str(error)}
    return {
        "epc": text.upper(),
        "scheme": tag.scheme,
        "uri": tag.uri,
        "gtin": tag.gtin,
        "serial": tag.serial,
        "filter": tag.filter,
    }
