"""Arguments of all `cheval` commands; the modules that run them are imported when a command is called."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kiosk.commands import backup, cards_options, ledger_options, logs
from kiosk.commands.connect import options as connect_options
from kiosk.commands.importing import options as import_options
from kiosk.commands.insights import options as insights_options
from kiosk.commands.integrators import options as integrator_options
from kiosk.commands.sales_out import options as sales_out_options
from kiosk.commands.staff import options as staff_options
from kiosk.commands.stand import options as stand_options
from kiosk.commands.store_option import of_store

Commands = Any
"""What `add_subparsers` returns; argparse does not publish the class."""


def add(commands: Commands) -> None:
    """Add every command; each sets `run`, a function from parsed arguments to an exit code."""
    _store(commands)
    import_options.add(commands)
    connect_options.add(commands)
    _train(commands)
    _models(commands)
    _mirror(commands)
    stand_options.add(commands)
    _pair(commands)
    for part in (cards_options, ledger_options, backup, staff_options, insights_options, integrator_options):
        part.add(commands)
    sales_out_options.add(commands)
    _demo(commands)
    _terminals(commands)
    _doctor(commands)
    logs.add(commands)
    _survey(commands)
    _hardware(commands)
    _schema(commands)


def _store(commands: Commands) -> None:
    parser = commands.add_parser(
        "store", help="run the store server of a shop: readers, catalogue, requests, payments"
    )
    parser.add_argument(
        "--config",
        type=Path,
        help="the store's YAML file (default: ~/.config/cheval/store.yaml, then /etc/cheval/store.yaml)",
    )
    parser.add_argument("--check", action="store_true", help="check the configuration file and exit")
    parser.add_argument(
        "--pair",
        metavar="ROOM",
        help="print new credentials for the file of a room's mirror and exit; `cheval pair ROOM` shows a code instead",
    )
    parser.add_argument(
        "--json", action="store_true", help="print the ready message and write the log as JSON lines"
    )
    parser.set_defaults(run=_run_store)


def _run_store(args: argparse.Namespace) -> int:
    from kiosk.commands.store import run

    return run(args)


def _train(commands: Commands) -> None:
    parser = commands.add_parser(
        "train",
        help="retrain the looks model and publish it if it is not worse; or calibrate how texts are read",
        description="`looks`, the default: exports the shop's history, retrains the looks model, evaluates it on "
        "held-out days, publishes it into the folder `recommender.model` if it passes; a running store reloads it. "
        "`sentiment`: finds out from the shop's own reviews with stars (clues.records) which reviews without stars "
        "may be read as good or bad, and writes clues.sentiment; a running store reloads it.",
        epilog="Exit codes: 0 published or nothing new; 1 refused, and the served model stays: the data have lost too "
        "much (recommender.max_loss_percent) or cannot be used, or the new model is worse; 2 unusable configuration.",
    )
    parser.add_argument(
        "what", nargs="?", choices=["looks", "sentiment"], default="looks", help="what to train"
    )
    of_store(parser)
    parser.add_argument("--check", action="store_true", help="check the configuration file and exit")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON line")
    parser.add_argument(
        "--accept-loss",
        action="store_true",
        help="train although items, events or baskets are missing against the served model: the loss is intended",
    )
    parser.set_defaults(run=_run_train)


def _run_train(args: argparse.Namespace) -> int:
    if args.what == "sentiment":
        from kiosk.commands.training.sentiment import run
    else:
        from kiosk.commands.training.looks import run

    return run(args)


def _models(commands: Commands) -> None:
    from recommender.commands import parser as recommender_commands

    parser = commands.add_parser(
        "models",
        help="train, evaluate, publish and query models of looks and sizes, from table files",
        description="The commands of `python -m recommender`. For the shop's own nightly training see `cheval train`.",
    )
    recommender_commands.add(
        parser.add_subparsers(
            title="commands",
            dest="models_command",
            required=True,
            metavar="COMMAND",
            parser_class=recommender_commands.CommandParser,
        )
    )
    parser.set_defaults(run=recommender_commands.run)


def _mirror(commands: Commands) -> None:
    parser = commands.add_parser("mirror", help="run the mirror of a fitting room")
    parser.add_argument(
        "--config",
        type=Path,
        help="the mirror's YAML file (default: ~/.config/cheval/mirror.yaml, then /etc/cheval/mirror.yaml)",
    )
    parser.add_argument("--check", action="store_true", help="check the configuration file and exit")
    parser.add_argument(
        "--pair",
        metavar="CODE",
        help="pair with the store by the code that `cheval pair ROOM` shows, and exit",
    )
    parser.add_argument("--windowed", action="store_true", help="in a window instead of full screen")
    parser.add_argument("--json", action="store_true", help="write the log as JSON lines")
    parser.set_defaults(run=_run_mirror)


def _run_mirror(args: argparse.Namespace) -> int:
    from kiosk.commands.mirror import run

    return run(args)


def _pair(commands: Commands) -> None:
    parser = commands.add_parser(
        "pair",
        help="pair a mirror or an associates' device by a code; list and revoke devices",
        description="Shows a code and a QR code that are valid for two minutes, one device, and five tries of each "
        "address. Enter the code at the mirror (`cheval mirror --pair CODE`) or stand (`cheval stand --pair CODE`), or "
        "on the page that the QR code opens on the device of associates. Run this on the store's computer, as the "
        "store's user or as root.",
    )
    parser.add_argument(
        "room",
        nargs="?",
        metavar="ROOM",
        help="the mirror of this room, or the stand of this name; its former token ends",
    )
    parser.add_argument(
        "--device", metavar="NAME", help="a device of associates, for instance 'tablet at the till'"
    )
    parser.add_argument("--list", action="store_true", help="list the paired devices")
    parser.add_argument("--revoke", metavar="ID", help="take the access of a device away")
    parser.add_argument("--json", action="store_true", help="print JSON")
    of_store(parser)
    parser.set_defaults(run=_run_pair)


def _run_pair(args: argparse.Namespace) -> int:
    from kiosk.commands.pair import run

    return run(args)


def _demo(commands: Commands) -> None:
    from kiosk.commands import demo_options

    demo_options.add(commands)


def _terminals(commands: Commands) -> None:
    from kiosk.commands import terminals

    terminals.add(commands)


def _doctor(commands: Commands) -> None:
    from kiosk.commands import doctor

    doctor.add(commands)


def _survey(commands: Commands) -> None:
    parser = commands.add_parser(
        "survey",
        help="measure the radio isolation between rooms in a guided walk",
        description="A guided walk with a few tags, room by room. Stop the store first: a reader accepts one client. "
        "A site with less than 10 dB isolation between rooms does not pass. Exit codes: 0 passed, 1 not passed, "
        "2 wrong files, 3 reader not reachable.",
    )
    parser.add_argument(
        "--config",
        type=Path,
        help="the store's YAML file (default: ~/.config/cheval/store.yaml, then /etc/cheval/store.yaml)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("survey"),
        help="directory for report and site file (default: survey)",
    )
    parser.add_argument(
        "--no-references", action="store_true", help="without reference tags for the daily check"
    )
    parser.set_defaults(run=_run_survey)


def _run_survey(args: argparse.Namespace) -> int:
    from kiosk.commands.survey import command

    return command(args)


def _hardware(commands: Commands) -> None:
    from hardware.commands import parser

    parser.add(commands)


def _schema(commands: Commands) -> None:
    parser = commands.add_parser(
        "schema",
        help="print the JSON schema of a configuration file or of the feed, or all addresses of readers",
    )
    parser.add_argument(
        "part",
        choices=("store", "mirror", "feed", "addresses"),
        help="which file; feed: a line of each feed file; "
        "addresses: every address of a reader, card reader or scanner with its options",
    )
    parser.set_defaults(run=_run_schema)


def _run_schema(args: argparse.Namespace) -> int:
    if args.part == "addresses":
        from hardware.drivers.description import describe_addresses

        print(describe_addresses())
        return 0
    if args.part == "feed":
        from kiosk.connectors.feeds import feed_schema

        print(json.dumps(feed_schema(), indent=2, ensure_ascii=False))
        return 0
    from kiosk.config import schema

    print(json.dumps(schema(args.part), indent=2, ensure_ascii=False))
    return 0
