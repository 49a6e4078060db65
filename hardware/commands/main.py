"""The command line of the hardware room; each command is a module beside this one with an `add(subparsers)`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final

from hardware.commands import decode, listen, locate

_INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m hardware", description="Radio and cards, by hand.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (decode, listen, locate):
        command.add(subparsers)
    arguments = parser.parse_args(argv)
    # a command says what matters by itself, in its own lines
    logging.getLogger("hardware").addHandler(logging.NullHandler())
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # the reader of our lines went away, as `head` does; nothing more can be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
