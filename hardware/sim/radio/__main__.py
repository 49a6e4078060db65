"""Command `python -m hardware.sim.radio`: a simulated LLRP reader as a process of its own.

    python -m hardware.sim.radio --port 5084 --control-port 5085

Prints one JSON line when ready: `{"ready": true, "port": 5084, "control_port": 5085}`. The commands of the control port
are listed in `hardware.sim.radio.control`, the habits in `hardware.sim.radio.habits`. Ends on the command `quit` or on
SIGINT.
"""

from __future__ import annotations

import argparse
import json
import sys

from hardware.sim.radio.habits import apply_habits, describe_habits
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader


def main() -> int:
    """Serves until `quit` or SIGINT (exit code 130). Exit code 1 if a port cannot be used."""
    asked = _parser().parse_args()
    try:
        model = apply_habits(ReaderModel(antennas=asked.antennas), asked.habit)
    except ValueError as error:
        _parser().error(f"--habit {error}")
    try:
        reader = SimLlrpReader(
            model, host=asked.host, port=asked.port, control_port=asked.control_port, seed=asked.seed
        )
    except (OSError, OverflowError) as error:
        print(
            f"{asked.host}, ports {asked.port} and {asked.control_port}: {error}. Choose other ports with --port and "
            "--control-port (0: any free one).",
            file=sys.stderr,
        )
        return 1
    print(json.dumps({"ready": True, "port": reader.port, "control_port": reader.control_port}), flush=True)
    try:
        reader.run()
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hardware.sim.radio",
        description="A simulated LLRP reader.",
        epilog="habits, each with its default value:\n" + describe_habits(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this computer only)"
    )
    parser.add_argument("--port", type=int, default=5084, help="LLRP port, 0 for any (default 5084)")
    parser.add_argument(
        "--control-port", type=int, default=5085, help="control port, 0 for any (default 5085)"
    )
    parser.add_argument("--antennas", type=int, default=4, help="antenna ports of the reader (default 4)")
    parser.add_argument("--seed", type=int, default=0, help="seed of rates and fading (default 0)")
    parser.add_argument(
        "--habit",
        action="append",
        default=[],
        metavar="NAME[=VALUE]",
        help="a habit of a real reader, see below; may be given more than once",
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
