"""The commands of cheval and their words; what they do lies elsewhere and is loaded when it is called."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Commands = Any
"""What add_subparsers gives; argparse keeps the name of its class to itself."""


def add(commands: Commands) -> None:
    """Add every command; each sets `run`, a function from the parsed words to an exit code."""
    _store(commands)
    _train(commands)
    _mirror(commands)
    _cards(commands)
    _demo(commands)
    _doctor(commands)
    _survey(commands)
    _schema(commands)


def _store(commands: Commands) -> None:
    parser = commands.add_parser("store", help="run a shop's store: readers, catalogue, requests, payments")
    parser.add_argument(
        "--config", type=Path, help="the store's YAML file (default: the user's, then /etc/cheval)"
    )
    parser.add_argument(
        "--check", action="store_true", help="read the configuration, say what is wrong, and end"
    )
    parser.add_argument("--pair", metavar="ROOM", help="print the token for a room's mirror, and end")
    parser.add_argument("--json", action="store_true", help="say when it is ready, and log, as JSON lines")
    parser.set_defaults(run=_run_store)


def _run_store(args: argparse.Namespace) -> int:
    from kiosk.commands.store import run

    return run(args)


def _train(commands: Commands) -> None:
    parser = commands.add_parser(
        "train",
        help="learn the shop's looks anew, and publish them where they are no worse",
        description="One night of the looks, beside a store that runs: writes down what the shop has seen, learns, "
        "judges on days that no model has seen, and publishes into `recommender.model`; the store takes it over.",
        epilog="Exit codes: 0 published or nothing new, 1 judged worse than what is served, which stays, "
        "2 unusable configuration or tables.",
    )
    _of_store(parser)
    parser.add_argument(
        "--check", action="store_true", help="read the configuration, say what is wrong, and end"
    )
    parser.add_argument("--json", action="store_true", help="say what came of it as one JSON line")
    parser.set_defaults(run=_run_train)


def _run_train(args: argparse.Namespace) -> int:
    from kiosk.commands.train import run

    return run(args)


def _mirror(commands: Commands) -> None:
    parser = commands.add_parser("mirror", help="run one room's mirror")
    parser.add_argument(
        "--config", type=Path, help="the mirror's YAML file (default: the user's, then /etc/cheval)"
    )
    parser.add_argument(
        "--check", action="store_true", help="read the configuration, say what is wrong, and end"
    )
    parser.add_argument("--windowed", action="store_true", help="in a window instead of on the whole screen")
    parser.add_argument("--json", action="store_true", help="log as JSON lines")
    parser.set_defaults(run=_run_mirror)


def _run_mirror(args: argparse.Namespace) -> int:
    from kiosk import log, paths
    from kiosk.config import ConfigError, load_mirror

    file = args.config or paths.config_file("mirror")
    if file is None:
        print("no mirror.yaml found; give one with --config, see `cheval schema mirror`", file=sys.stderr)
        return 2
    try:
        config = load_mirror(file)
    except ConfigError as trouble:
        print(trouble, file=sys.stderr)
        return 2
    if args.check:
        print(f"{file}: good")
        return 0
    if args.windowed:
        config = config.model_copy(update={"screen": config.screen.model_copy(update={"full_screen": False})})
    log.set_up(config.log.level, as_json=args.json)
    from kiosk.mirror_app import run_mirror

    return run_mirror(config)


def _cards(commands: Commands) -> None:
    parser = commands.add_parser(
        "cards",
        help="make a shopper's card, block a lost one, limit what it pays, list them",
        description="Cards and rings of the house's shoppers (NTAG 424 DNA). May be used while the store runs.",
        epilog="Exit codes: 0 done, 1 refused or failed, 2 wrong words or configuration, 3 no card came in time.",
    )
    parser.set_defaults(run=_run_cards)
    whats = parser.add_subparsers(title="what to do", dest="what", required=True, metavar="WHAT")
    enrol = whats.add_parser(
        "enrol", help="make a blank card the shopper's; goes on where it broke off before"
    )
    enrol.add_argument("--shopper", required=True, metavar="ID", help="the shopper's id in the store")
    enrol.add_argument("--kind", choices=("card", "ring"), default="card", help="what it is (default: card)")
    enrol.add_argument(
        "--link-base",
        metavar="URL",
        help="link the card shows (default: cards.link_base, or listen.public_url + /m)",
    )
    enrol.add_argument("--new-key", action="store_true", help="make the master key where there is none yet")
    _at_reader(enrol)
    for what, words in (("block", "refuse a card from now on"), ("unblock", "take a blocked card again")):
        block = whats.add_parser(what, help=words)
        which = block.add_mutually_exclusive_group(required=True)
        which.add_argument("card", nargs="?", metavar="SHORT-ID", help="as the list shows it")
        which.add_argument("--laid", action="store_true", help="the card that is laid on the reader")
        _at_reader(block)
    limit = whats.add_parser("limit", help="what a card may pay in a day with the means on file")
    limit.add_argument("card", metavar="SHORT-ID", help="as the list shows it")
    limit.add_argument(
        "amount", metavar="AMOUNT", help="in minor units (cents), or `shop` for the shop's own limit"
    )
    _of_store(limit)
    listing = whats.add_parser("list", help="all cards: never a name, never a card's number")
    listing.add_argument("--json", action="store_true", help="as JSON")
    _of_store(listing)


def _at_reader(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reader",
        default="pcsc://",
        metavar="URI",
        help="pcsc://[NAME] or sim://HOST:PORT (default: pcsc://)",
    )
    parser.add_argument("--wait", type=float, default=60.0, metavar="S", help="seconds to wait (default: 60)")
    _of_store(parser)


def _of_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config", type=Path, help="the store's YAML file (default: the user's, then /etc/cheval)"
    )


def _run_cards(args: argparse.Namespace) -> int:
    from kiosk.commands.cards import run

    return run(args)


def _demo(commands: Commands) -> None:
    parser = commands.add_parser(
        "demo",
        help="a whole shop on this machine: store, mirror, simulated hardware",
        description="With a display: opens the mirror and prints the addresses of the associates' page and of the "
        "backstage page. Without one, or with --headless: plays a written visit and writes a picture of each scene.",
    )
    parser.add_argument("--headless", action="store_true", help="play a written visit offscreen")
    parser.add_argument(
        "--visit", default="default", help="which visit to play, by name or YAML file; `list` names them"
    )
    parser.add_argument("--shots", type=Path, metavar="DIR", help="write one PNG a scene into this directory")
    parser.add_argument(
        "--transcript", type=Path, metavar="FILE", help="write all that happens as JSON lines"
    )
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="X", help="play X times as fast (default: 1)"
    )
    parser.add_argument(
        "--size", default="1080x1920", metavar="WxH", help="size of the glass (default: 1080x1920)"
    )
    parser.add_argument(
        "--language", help="what the mirror speaks until somebody chooses (default: the visit's)"
    )
    parser.add_argument("--prepare", action="store_true", help="make the demo's shop and end")
    parser.set_defaults(run=_run_demo)


def _run_demo(args: argparse.Namespace) -> int:
    if find_spec("kiosk.demo") is None:
        print(
            "cheval: the demo is not installed; it is a package of its own: pip install cheval-demo",
            file=sys.stderr,
        )
        return 2
    from kiosk.commands.demo import run

    return run(args)


def _doctor(commands: Commands) -> None:
    from kiosk.commands import doctor

    doctor.add(commands)


def _survey(commands: Commands) -> None:
    parser = commands.add_parser(
        "survey",
        help="walk through the rooms and measure whether each hears its own and no other",
        description="A guided walk with a handful of tags, room by room. The store must not be running meanwhile, "
        "since a reader speaks to one. A site with less than 10 dB between rooms does not pass.",
    )
    parser.add_argument(
        "--config", type=Path, help="the store's YAML file (default: the user's, then /etc/cheval)"
    )
    parser.add_argument("--out", type=Path, default=Path("survey"), help="directory for report and site file")
    parser.add_argument(
        "--no-references", action="store_true", help="without tags that stay for the daily check"
    )
    parser.set_defaults(run=_run_survey)


def _run_survey(args: argparse.Namespace) -> int:
    from kiosk.commands.survey import command

    return command(args)


def _schema(commands: Commands) -> None:
    parser = commands.add_parser("schema", help="print the JSON schema of a configuration file")
    parser.add_argument("part", choices=("store", "mirror"), help="which file")
    parser.set_defaults(run=_run_schema)


def _run_schema(args: argparse.Namespace) -> int:
    from kiosk.config import schema

    print(json.dumps(schema(args.part), indent=2, ensure_ascii=False))
    return 0
