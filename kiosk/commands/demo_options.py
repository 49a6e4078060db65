"""Options of `cheval demo`; also without the demo's distribution, which the command then asks for."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Add the command to those of `cheval`."""
    parser = commands.add_parser(
        "demo",
        help="run a whole shop on this machine: store, mirror, simulated hardware",
        description="With a display: opens the mirror and prints the addresses of the associates' page and of the "
        "backstage page. Without one, or with --headless: runs a scripted visit.",
        epilog="Exit codes: 0 passed or closed, 1 failed, 2 an option cannot be used.",
    )
    parser.add_argument("--headless", action="store_true", help="run a scripted visit without a window")
    parser.add_argument(
        "--visit",
        default="default",
        help="scripted visit, by name or YAML file; `list` prints the names (default: default)",
    )
    parser.add_argument(
        "--shots",
        type=Path,
        metavar="DIR",
        help="of a scripted visit: write a PNG of each scene into this directory",
    )
    parser.add_argument(
        "--transcript",
        type=Path,
        metavar="FILE",
        help="of a scripted visit: write events, effects and scenes as JSON lines",
    )
    parser.add_argument(
        "--speed", type=_speed, default=1.0, metavar="X", help="run X times as fast (default: 1)"
    )
    parser.add_argument(
        "--size",
        type=_size,
        default="1080x1920",
        metavar="WxH",
        help="size of the mirror's window in pixels (default: 1080x1920)",
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        help="first language of the mirror, for example `de` (default: the visit's)",
    )
    parser.add_argument(
        "--listen",
        type=_ip_address,
        default="127.0.0.1",
        metavar="ADDRESS",
        help="IP address of this computer at which the store listens, for phones in the same network that open the "
        "mirror's QR codes (default: 127.0.0.1, this computer only)",
    )
    parser.add_argument("--prepare", action="store_true", help="prepare the demo's data and exit")
    parser.set_defaults(run=_run_demo)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.01 <= speed <= 100:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from 0.01 to 100")
    return speed


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"`{text}` is not WIDTHxHEIGHT, for example 1080x1920")
    return int(width), int(height)


def _ip_address(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if address.is_unspecified:
        raise argparse.ArgumentTypeError(
            f"{text} is no address that a phone can open; see `ip -brief address`"
        )
    return text


def _run_demo(args: argparse.Namespace) -> int:
    if find_spec("kiosk.demo") is None:
        print(
            "cheval: the demo is not installed: pip install cheval-demo",
            file=sys.stderr,
        )
        return 2
    from kiosk.commands.demo import run

    return run(args)
