"""Benchmark of a published EPC library: SGTIN-96 per second from lines of hex. Run by the peers' interpreter.

python decode_epc.py epcpy|pyepc FILE
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def decoder(peer: str) -> Callable[[str], object]:
    # only decoded, without the GTIN, which ours computes too; all three compute the URI only on request
    if peer == "epcpy":
        from epcpy.epc_schemes.sgtin import SGTIN

        return SGTIN.from_hex
    from pyepc import SGTIN

    return SGTIN.decode


def main() -> None:
    decode, lines = decoder(sys.argv[1]), Path(sys.argv[2]).read_text().split()
    best = 0.0
    for _ in range(5):
        count, began = 0, time.process_time()
        while time.process_time() - began < 0.3:
            for line in lines:
                decode(line)
            count += len(lines)
        best = max(best, count / (time.process_time() - began))
    print(json.dumps(best))


main()
