"""`python -m recommender`: trains, evaluates, publishes and queries models of looks and sizes."""

import sys

from recommender.commands import parser


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code; 130 if it was interrupted."""
    whole = parser.CommandParser(
        prog="python -m recommender", description="Models of looks and sizes, trained on a shop's data."
    )
    parser.add(whole.add_subparsers(title="commands", required=True, metavar="COMMAND"))
    try:
        return parser.run(whole.parse_args(arguments))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
