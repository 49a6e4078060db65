"""Options of `cheval demo` and `cheval simulate`; also without the demo's distribution, which they then ask for."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any

MAX_ROOMS = 80
MAX_MINUTES = 24 * 60.0


def add(commands: Any) -> None:
    """Add the commands to those of `cheval`."""
    _add_demo(commands)
    _add_simulate(commands)


def _add_demo(commands: Any) -> None:
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
    if _is_missing():
        return 2
    from kiosk.commands.demo import run

    return run(args)


def _add_simulate(commands: Any) -> None:
    parser = commands.add_parser(
        "simulate",
        help="run a simulated shop under load and faults for a long time, and judge it",
        description="A real store process on this machine with simulated readers, terminals, shoppers, associates and "
        "strangers. It touches no configured store and no real device.",
    )
    whats = parser.add_subparsers(title="what", dest="what", required=True, metavar="WHAT")
    shop = whats.add_parser(
        "shop",
        help="rooms full of shoppers, with faults from a script",
        description="Shoppers visit each room once a minute. Faults of readers, terminals, disk, database, clock and "
        "network happen by a script, and strangers flood the store. Progress goes to standard error; at the end one "
        "JSON line with counts and measures is printed. Judged are crashes, forgotten requests, money, and in runs of "
        "at least nine minutes memory, threads, descriptors and answer times.",
        epilog="Exit codes: 0 passed, 1 at least one violation, 2 an option cannot be used, or not started.",
    )
    shop.add_argument("--rooms", type=_rooms, default=20, help="number of rooms (default: 20)")
    shop.add_argument("--minutes", type=_minutes, default=30.0, help="length of the run (default: 30)")
    shop.add_argument("--seed", type=int, default=1, help="seed of what people do (default: 1)")
    shop.add_argument(
        "--faults", type=Path, metavar="FILE", help="script of faults (YAML) instead of the default one"
    )
    shop.add_argument("--out", type=Path, metavar="FILE", help="write the JSON line into this file too")
    shop.set_defaults(run=_run_simulate_shop)
    floor = whats.add_parser(
        "floor",
        help="a Saturday of requests and associates in virtual time",
        description="The store's own request desk, with associates who ignore rings, walk off, sign out, lose the "
        "network or let the tablet die. The day is played as in the product, and first come, first served; without a "
        "plan with rooms 1.5 m apart, which is judged, and 3 m apart. "
        "Judged: no request is forgotten, the first answer comes within 30 s (90th percentile), and the piece or the "
        "associate is at the door within two minutes (median). Nothing outside is touched.",
        epilog="Exit codes: 0 passed, 1 at least one violation, 2 an option cannot be used.",
    )
    floor.add_argument("--rooms", type=_rooms, default=20, help="number of rooms in a row (default: 20)")
    floor.add_argument(
        "--plan",
        type=Path,
        metavar="FILE",
        help="plan of the floor (YAML), as below `floor_plan` in the store's file",
    )
    floor.add_argument("--associates", type=_people, default=8, help="number of associates (default: 8)")
    floor.add_argument("--requests", type=_requests, default=600, help="number of requests (default: 600)")
    floor.add_argument("--seed", type=int, default=1, help="seed of what people do (default: 1)")
    floor.add_argument("--out", type=Path, metavar="FILE", help="write the JSON line into this file too")
    floor.set_defaults(run=_run_simulate_floor)


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from 1 to {most}")
    return int(text)


def _people(text: str) -> int:
    return _whole(text, 100)


def _requests(text: str) -> int:
    return _whole(text, 10_000)


def _rooms(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= MAX_ROOMS):
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from 1 to {MAX_ROOMS}")
    return int(text)


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0.1 <= minutes <= MAX_MINUTES:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from 0.1 to {MAX_MINUTES:g}")
    return minutes


def _run_simulate_floor(args: argparse.Namespace) -> int:
    if _is_missing():
        return 2
    from kiosk.commands.simulate.floor import run

    return run(args)


def _run_simulate_shop(args: argparse.Namespace) -> int:
    if _is_missing():
        return 2
    from kiosk.commands.simulate.shop import run

    return run(args)


def _is_missing() -> bool:
    """Whether the demo's distribution is not installed; says so."""
    if find_spec("kiosk.demo") is not None:
        return False
    print("cheval: the demo is not installed: pip install cheval-demo", file=sys.stderr)
    return True
