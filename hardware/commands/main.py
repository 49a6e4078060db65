"""`python -m hardware`: the hardware's commands without the rest of Cheval. `cheval` has the same commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Final

from hardware.commands import parser as command_parsers

_INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m hardware",
        description="Commands for tag readers, EPCs and room calibration.",
        epilog="Each command has its own --help.",
    )
    commands = parser.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    command_parsers.add(commands)
    arguments = parser.parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
