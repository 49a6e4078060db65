"""cheval: the command line. Exit codes: 0 done, 1 something is wrong and said, 2 wrong words or wrong files."""

from __future__ import annotations

import argparse
import sys

from kiosk.commands import parser as cli


def main(words: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="cheval",
        description="A fitting-room mirror and its shop.",
        epilog="Each command has its own --help.",
    )
    commands = parser.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    cli.add(commands)
    args = parser.parse_args(words)
    try:
        return int(args.run(args))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
