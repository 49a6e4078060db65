"""Command `python -m hardware.sim.radio`: a simulated LLRP reader as a process of its own.

    python -m hardware.sim.radio --port 5084 --control-port 5085

Prints one JSON line when ready: `{"ready": true, "port": 5084, "control_port": 5085}`. The commands of the control port
are listed in `hardware.sim.radio.control`. Ends on the command `quit` or on SIGINT.
"""

from __future__ import annotations

import argparse
import json

from hardware.sim.radio.llrp_protocol import ReaderModel
from hardware.sim.radio.llrp_reader import SimLlrpReader


def main() -> int:
    """Serves until `quit` or SIGINT (exit code 130)."""
    parser = argparse.ArgumentParser(
        prog="python -m hardware.sim.radio", description="A simulated LLRP reader."
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
    asked = parser.parse_args()
    reader = SimLlrpReader(
        ReaderModel(antennas=asked.antennas),
        host=asked.host,
        port=asked.port,
        control_port=asked.control_port,
        seed=asked.seed,
    )
    print(json.dumps({"ready": True, "port": reader.port, "control_port": reader.control_port}), flush=True)
    try:
        reader.run()
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
