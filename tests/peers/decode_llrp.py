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
    print(json.dumps(best_rate(lambda: decode(raw), tags)))


def best_rate(work: Callable[[], object], tags: int) -> float:
    """Tags a second of CPU time, the best of twelve rounds of 50 ms; the clock is read once for many calls."""
    calls, best = 1, 0.0
    while time_of(work, calls) < 0.05:
        calls *= 2
    for _ in range(12):
        best = max(best, calls * tags / time_of(work, calls))
    return best


def time_of(work: Callable[[], object], calls: int) -> float:
    began = time.process_time()
    for _ in range(calls):
        work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
