"""Command `python -m hardware.sim.radio.zebra`: a simulated Zebra reader with IoT Connector as a process of its own.

    python -m hardware.sim.radio.zebra --port 8443 --tag 3074257BF7194E4000001A85@1
    python -m hardware.sim.radio.zebra --mqtt-port 1883 --tag 3074257BF7194E4000001A85@1

Prints one JSON line when ready, with the address to use: `{"ready": true, "port": 8443, "address": "zebra+https://..."}`.
Its certificate is new at every start; `address` contains its pin. Ends on SIGINT.
"""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Sequence

from hardware.sim.radio.certificate import self_signed
from hardware.sim.radio.field import Tag
from hardware.sim.radio.zebra.outputs import SimZebraMqtt, SimZebraOutput, SimZebraPost
from hardware.sim.radio.zebra.reader import PASSWORD, USER, Habits, SimZebraReader

_HABITS = {
    "no-region": Habits(region=""),
    "no-endpoint": Habits(endpoint="none"),
    "llrp-endpoint": Habits(endpoint="llrp"),
    "no-antenna": Habits(left_out=frozenset({"antenna"})),
    "no-rssi": Habits(left_out=frozenset({"peakRssi"})),
    "no-pong": Habits(answers_pings=False),
    "batches": Habits(batch=True),
    "several-in-one": Habits(joined=True),
    "fragments": Habits(frame_bytes=20),
    "short-tokens": Habits(token_requests=2),
    "wrong-clock": Habits(clock_s=-7200),
    "slow": Habits(answer_delay_s=2.0),
}


_HEARTBEAT_S = 5
# the mode of a retailer who sets the reader up for rooms
_REPORTING = {
    "type": "CUSTOM",
    "tagMetaData": ["ANTENNA", "RSSI"],
    "reportFilter": {"duration": 0, "type": "PER_ANTENNA"},
}


def tag(text: str) -> Tag:
    """A tag of `EPC@ANTENNA`. Raises ArgumentTypeError."""
    epc, _, antenna = text.partition("@")
    try:
        raw, port = bytes.fromhex(epc), int(antenna or "1")
    except ValueError:
        raw, port = b"", 0
    if not 1 <= len(raw) <= 62 or not 1 <= port <= 0xFFFF:
        raise argparse.ArgumentTypeError(f"{text!r} is not EPC@ANTENNA, as in 3074257BF7194E4000001A85@1")
    return Tag(raw.hex().upper(), port)


def _arguments(words: Sequence[str] | None) -> tuple[argparse.ArgumentParser, argparse.Namespace]:
    parser = argparse.ArgumentParser(
        prog="python -m hardware.sim.radio.zebra", description="A simulated Zebra reader."
    )
    parser.add_argument("--port", type=int, default=8443, help="HTTPS port, 0 for any (default 8443)")
    parser.add_argument("--tag", type=tag, action="append", default=[], help="EPC@ANTENNA, may be repeated")
    parser.add_argument("--habit", choices=sorted(_HABITS), help="how this reader differs from a plain one")
    parser.add_argument("--seed", type=int, default=0, help="seed of rates and fading (default 0)")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--mqtt-port", type=int, help="publish to the broker at this port of this computer")
    ways.add_argument("--post-port", type=int, help="post to this port of this computer, as user reader")
    parser.add_argument("--post-password", default="word", help="password of the posts (default word)")
    return parser, parser.parse_args(words)


def _output(
    asked: argparse.Namespace, reader: SimZebraReader, control: str
) -> tuple[SimZebraOutput | None, str]:
    """Where the events go besides the WebSocket, and the address to use for it. `control`: the reader's place."""
    if asked.mqtt_port is not None:
        output = SimZebraMqtt(
            reader, asked.mqtt_port, "tags/reader", "events/reader", heartbeat_s=_HEARTBEAT_S
        )
        topics = f"tags/reader?events=events/reader&heartbeat_s={_HEARTBEAT_S}"
        return output, f"zebra+mqtt://127.0.0.1:{asked.mqtt_port}/{topics}"
    if asked.post_port is not None:
        post = SimZebraPost(
            reader, asked.post_port, "/events", "reader", asked.post_password, heartbeat_s=_HEARTBEAT_S
        )
        return post, f"zebra+hook://{control}&listen=127.0.0.1:{asked.post_port}&hook_password_file=FILE"
    return None, f"zebra+https://{control}"


def main(words: Sequence[str] | None = None) -> int:
    """Serves until SIGINT (exit code 130); exit code 2 if the port is in use."""
    parser, asked = _arguments(words)
    tls, pin = self_signed("127.0.0.1")
    try:
        reader = SimZebraReader(tls, _HABITS.get(asked.habit or ""), port=asked.port, seed=asked.seed)
    except (OSError, OverflowError) as error:
        parser.error(f"port {asked.port} cannot be opened: {error}")
    for one in asked.tag:
        reader.place(one)
    output, address = _output(asked, reader, f"{USER}:{PASSWORD}@127.0.0.1:{reader.port}?pin={pin}")
    if output is not None:
        reader.mode, reader.running = _REPORTING, True
        output.start()
    print(json.dumps({"ready": True, "port": reader.port, "address": address}), flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        return 130
    finally:
        if output is not None:
            output.close()
        reader.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
