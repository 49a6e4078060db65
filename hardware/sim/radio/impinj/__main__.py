"""Command `python -m hardware.sim.radio.impinj`: a simulated Impinj reader (R700) as a process of its own.

    python -m hardware.sim.radio.impinj --port 8443 --tag 3074257BF7194E4000001A85@1

Prints one JSON line when ready, with the address to use: `{"ready": true, "port": 8443, "address": "impinj+https:..."}`
Its certificate is new at every start; `address` contains its pin. It publishes over MQTT and posts to a web hook once
it is configured to, as the drivers do. Ends on SIGINT.
"""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Sequence

from hardware.sim.radio.certificate import self_signed
from hardware.sim.radio.impinj.reader import SimImpinjReader
from hardware.sim.radio.impinj.state import ImpinjHabits
from hardware.sim.radio.zebra.__main__ import tag

_HABITS = {
    "plain": ImpinjHabits(),
    "api-1.5": ImpinjHabits(webhooks=False),
    "digest": ImpinjHabits(authentication="digest"),
    "llrp": ImpinjHabits(interface="llrp"),
    "malformed": ImpinjHabits(malformed_every=5),
    "no-antenna": ImpinjHabits(omitted_fields=("antennaPort",)),
    "no-rssi": ImpinjHabits(omitted_fields=("peakRssiCdbm",)),
    "one-antenna": ImpinjHabits(antennas=1),
    "refuses-start": ImpinjHabits(
        refuses={"/profiles/inventory/presets/cheval/start": "the region is not set"}
    ),
    "wrong-clock": ImpinjHabits(clock_error_s=-7200.0),
}


def main(words: Sequence[str] | None = None) -> int:
    """Serves until SIGINT (exit code 130); exit code 2 if the port is in use."""
    parser = argparse.ArgumentParser(
        prog="python -m hardware.sim.radio.impinj", description="A simulated Impinj R700."
    )
    parser.add_argument("--port", type=int, default=8443, help="HTTPS port, 0 for any (default 8443)")
    parser.add_argument("--tag", type=tag, action="append", default=[], help="EPC@ANTENNA, may be repeated")
    parser.add_argument("--habit", choices=sorted(_HABITS), default="plain", help="how this reader differs")
    parser.add_argument("--seed", type=int, default=0, help="seed of rates and fading (default 0)")
    asked = parser.parse_args(words)
    tls, pin = self_signed("127.0.0.1")
    habits = _HABITS[asked.habit]
    try:
        reader = SimImpinjReader(tls, habits=habits, port=asked.port, seed=asked.seed)
    except (OSError, OverflowError) as error:
        parser.error(f"port {asked.port} cannot be opened: {error}")
    for one in asked.tag:
        reader.place(one)
    address = f"impinj+https://{habits.user}:{habits.password}@127.0.0.1:{reader.port}?pin={pin}"
    print(json.dumps({"ready": True, "port": reader.port, "address": address}), flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        return 130
    finally:
        reader.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
