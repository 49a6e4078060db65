"""The command line of the hardware room; each command stands in a module `cli_*` with an `add(subparsers)`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Final

_COMMANDS: Final = ("cli_decode", "cli_listen", "cli_locate")
_INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m hardware", description="Radio and cards, by hand.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in _COMMANDS:
        if find_spec(f"hardware.{name}") is not None:
            import_module(f"hardware.{name}").add(subparsers)
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
