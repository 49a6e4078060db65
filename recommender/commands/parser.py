"""All commands of the recommender, for `python -m recommender` and for `cheval models`.

Each command module has `add(commands)`, which adds its parser and sets the default `run_command` to a function from
the parsed arguments to an exit code: 0 done, 1 done with errors in some lines or refused, 2 wrong arguments or input.
The modules import numpy and the training libraries only when a command runs.
"""

import argparse
import sys
from pathlib import Path
from typing import Any, NoReturn

from recommender.commands import count, evaluate, fit, publish, renew, spark, suggest, train, update
from recommender.errors import RecommenderError

_UNUSABLE = 2


class CommandParser(argparse.ArgumentParser):
    """Reports a wrong argument in one line, without the usage; the exit code is 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(_UNUSABLE, f"{self.prog}: {' '.join(message.split())} (see --help)\n")


def add(commands: Any) -> None:
    """Adds every command to argparse's subparsers, which must make `CommandParser`s."""
    for command in (count, evaluate, fit, publish, renew, spark, suggest, train, update):
        command.add(commands)


def run(chosen: argparse.Namespace) -> int:
    """Runs the chosen command. A `RecommenderError`, and a file that cannot be read or written, become one line on
    standard error and exit code 2."""
    try:
        _keep_inputs(chosen)
        return int(chosen.run_command(chosen))
    except RecommenderError as error:
        sys.stderr.write(f"recommender: {error}\n")
        return _UNUSABLE
    except BrokenPipeError:
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"recommender: {where}{error.strerror or error}\n")
        return _UNUSABLE


def _keep_inputs(chosen: argparse.Namespace) -> None:
    """Raises `RecommenderError` if the file that is to be written is one of the files that are read."""
    out: Path | None = getattr(chosen, "out", None)
    if out is None or not out.is_file():
        return
    for name, value in vars(chosen).items():
        for path in value if isinstance(value, list) else [value]:
            if name != "out" and isinstance(path, Path) and path.is_file() and path.samefile(out):
                raise RecommenderError(f"{out} is read, and would be overwritten; name another file to write")
