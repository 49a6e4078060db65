"""Run by the peers' interpreter: how many SGTIN-96 a second a published library reads from lines of hex.

python decode_epc.py epcpy|pyepc FILE
"""

import json
import sys
import time
from pathlib import Path


def decoder(peer):
    # only read, without asking for the GTIN, which ours gives as well; the URI is made when asked for, by all three
    if peer == "epcpy":
        from epcpy.epc_schemes.sgtin import SGTIN

        return SGTIN.from_hex
    from pyepc import SGTIN

    return SGTIN.decode


def main():
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
