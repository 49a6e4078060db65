"""`decode`: EPCs in hex to GTIN and serial, one JSON line a tag."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any

from hardware.epc.codec import decode
from hardware.errors import EpcError

_ALL_REFUSED = 1


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "decode",
        help="read EPCs: GTIN, serial, URI",
        description="Prints one JSON line per tag: what it stands for, or why it is no garment's tag. "
        "Exit code 0, or 1 if not one of the tags could be read.",
    )
    parser.add_argument(
        "epc", nargs="+", metavar="HEX", help="an EPC in hex, or - for lines of standard input"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Decodes and prints; the exit code."""
    asked = refused = 0
    for text in _texts(arguments.epc):
        line = described(text)
        asked += 1
        refused += "error" in line
        print(json.dumps(line))
    return _ALL_REFUSED if asked and refused == asked else 0


def _texts(arguments: Iterable[str]) -> Iterable[str]:
    for argument in arguments:
        if argument == "-":
            yield from (line.strip() for line in sys.stdin if line.strip())
        else:
            yield argument


def described(text: str) -> dict[str, Any]:
    """One tag as the fields of its JSON line."""
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
