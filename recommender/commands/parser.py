"""All commands of the recommender, for `python -m recommender` and for `cheval models`.

Each command module has `add(commands)`, which adds its parser and sets the default `run_command` to a function from
the parsed arguments to an exit code: 0 done, 1 done with errors in some lines or refused, 2 wrong arguments or input.
The modules import numpy and the training libraries only when a command runs.
"""

import argparse
import sys
from typing import Any

from recommender.commands import count, evaluate, fit, publish, renew, spark, suggest, train, update
from recommender.errors import RecommenderError

_UNUSABLE = 2


def add(commands: Any) -> None:
    """Adds every command to argparse's subparsers."""
    for command in (count, evaluate, fit, publish, renew, spark, suggest, train, update):
        command.add(commands)


def run(chosen: argparse.Namespace) -> int:
    """Runs the chosen command; a `RecommenderError` becomes one line on standard error and exit code 2."""
    try:
        return int(chosen.run_command(chosen))
    except RecommenderError as error:
        sys.stderr.write(f"recommender: {error}\n")
        return _UNUSABLE
    except BrokenPipeError:
        return 0
