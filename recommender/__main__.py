"""`python -m recommender`: train, suggest and what else the `cli_*.py` files beside it bring.

Each of those files has `add(subparsers)`, which adds its sub-commands and sets their default `run` to a function from
the parsed arguments to an exit code: 0 done, 1 done with mistakes in some lines, 2 wrong use or unusable input.
"""

import argparse
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import recommender
from recommender.errors import RecommenderError

_FAILED = 2


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    whole = argparse.ArgumentParser(
        prog="python -m recommender", description="Looks and sizes, learned from a shop."
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in sorted(module.name for module in iter_modules(recommender.__path__)):
        if name.startswith("cli_"):
            import_module(f"recommender.{name}").add(commands)
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
