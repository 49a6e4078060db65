"""Benchmark of a published LLRP codec: tag reads per second from a file with one report. Run by the peers' interpreter.

python decode_llrp.py pyllrp|sllurp FILE TAGS
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def decoder(peer: str) -> Callable[[bytes], object]:
    if peer == "pyllrp":
        import bitstring
        from pyllrp import pyllrp

        return lambda raw: pyllrp.UnpackMessage(bitstring.ConstBitStream(bytes=raw))
    from sllurp.llrp import LLRPMessage

    return lambda raw: LLRPMessage(msgbytes=raw)


def main() -> None:
    peer, path, tags = sys.argv[1], sys.argv[2], int(sys.argv[3])
    raw, decode = Path(path).read_bytes(), decoder(peer)
    best = 0.0
    for _ in range(5):
        count, began = 0, time.perf_counter()
        while time.perf_counter() - began < 0.4:
            decode(raw)
            count += 1
        best = max(best, count * tags / (time.perf_counter() - began))
    print(json.dumps(best))


main()
