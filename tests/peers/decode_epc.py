"""Run by the peers' interpreter: how many SGTIN-96 a second a published library reads from lines of hex.

python decode_epc.py epcpy|pyepc FILE
"""

import json
import sys
import time
from pathlib import Path


def decoder(peer):
    # only read, without asking for GTIN or URI, which ours gives as well
    if peer == "epcpy":
        from epcpy.epc_schemes.sgtin import SGTIN

        return SGTIN.from_hex
    from pyepc import SGTIN

    return SGTIN.decode


def main():
    decode, lines = decoder(sys.argv[1]), Path(sys.argv[2]).read_text().split()
    best = 0.0
    for _ in range(5):
        count, began = 0, time.perf_counter()
        while time.perf_counter() - began < 0.3:
            for line in lines:
                decode(line)
            count += len(lines)
        best = max(best, count / (time.perf_counter() - began))
    print(json.dumps(best))


main()
