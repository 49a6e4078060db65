"""`cheval`: the command line. Exit codes: 0 done, 1 failed with a message, 2 wrong arguments or files."""

from __future__ import annotations

import argparse
import sys

from kiosk.commands import parser as command_parsers
from kiosk.config.mistakes import ConfigError
from kiosk.version import VERSION


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="cheval",
        description="Fitting-room mirror and its store server.",
        epilog="Each command has its own --help.",
    )
    parser.add_argument("--version", action="version", version=f"cheval {VERSION}")
    commands = parser.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    command_parsers.add(commands)
    args = parser.parse_args(arguments)
    try:
        return int(args.run(args))
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
