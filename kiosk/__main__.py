"""`cheval`: the command line. Exit codes: 0 done, 1 failed with a message, 2 wrong arguments or files."""

from __future__ import annotations

import argparse
import os
import sys

from kiosk.commands import parser as command_parsers
from kiosk.commands.packages import package_with
from kiosk.config.mistakes import ConfigError
from kiosk.version import VERSION


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="cheval",
        description="Fitting-room mirror and its store server.",
        epilog="Each command has its own --help; --version is of all of them.",
    )
    parser.add_argument("--version", action="version", version=f"cheval {VERSION}")
    commands = parser.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    command_parsers.add(commands)
    given = sys.argv[1:] if arguments is None else arguments
    if "--version" in given:  # of every command, also of one whose libraries are not installed
        print(f"cheval {VERSION}")
        return 0
    args = parser.parse_args(given)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        package = package_with(error.name)
        if package is None:
            raise
        print(
            f"cheval {args.command}: this installation has no {error.name}; it is in the package {package}",
            file=sys.stderr,
        )
        return 2
    except BrokenPipeError:
        # the reader of the output has ended, as `| head` does; nothing more can be printed
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
