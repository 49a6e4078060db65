"""`python -m recommender`: trains, evaluates, publishes and queries models of looks and sizes."""

import argparse
import sys

from recommender.commands import parser


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    whole = argparse.ArgumentParser(
        prog="python -m recommender", description="Models of looks and sizes, trained on a shop's data."
    )
    parser.add(whole.add_subparsers(title="commands", required=True, metavar="COMMAND"))
    return parser.run(whole.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
