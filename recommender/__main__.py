"""`python -m recommender`: train, suggest and the other commands of `recommender.commands`.

Each of those modules has `add(subparsers)`, which adds its sub-commands and sets their default `run` to a function from
the parsed arguments to an exit code: 0 done, 1 done with mistakes in some lines, 2 wrong use or unusable input.
"""

import argparse
import sys
from typing import Any

from recommender.commands import count, evaluate, fit, publish, renew, spark, suggest, train, update
from recommender.errors import RecommenderError

_FAILED = 2


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    whole = argparse.ArgumentParser(
        prog="python -m recommender", description="Looks and sizes, learned from a shop."
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (count, evaluate, fit, publish, renew, spark, suggest, train, update):
        command.add(commands)
    return whole


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; a known mistake becomes one line on standard error."""
    chosen: Any = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except RecommenderError as wrong:
        sys.stderr.write(f"recommender: {wrong}\n")
        return _FAILED
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
