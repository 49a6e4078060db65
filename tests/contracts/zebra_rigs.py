"""Rigs of the Zebra drivers for the suite of tag readers."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

from hardware.sim.radio.field import Tag
from hardware.sim.radio.zebra.outputs import SimZebraMqtt, SimZebraPost
from hardware.sim.radio.zebra.reader import PASSWORD, SimZebraReader
from hardware.supervision.supervise import Backoff
from hardware.zebra.hook_reader import HookPlace, ZebraHookReader
from hardware.zebra.mqtt_reader import MqttSource, ZebraMqttReader
from hardware.zebra.operating_mode import our_mode
from hardware.zebra.pushed_reader import ControlledReader, PushSettings
from hardware.zebra.reader import ZebraReader
from hardware.zebra.settings import RadioSettings, ZebraSettings
from tests.contracts.tag_rigs import EPC, Rig, with_faults
from tests.hardware.network.mqtt.mosquitto import Mosquitto
from tests.hardware.network.tls_front import identity

# shorter times, so that the suite is quick
QUICK_ZEBRA = ZebraSettings(
    password=PASSWORD,
    connect_s=1.0,
    answer_s=3.0,
    ping_s=0.2,
    pong_s=0.8,
    status_answer_s=0.8,
    backoff=Backoff(0.02, 0.1),
)
QUICK_PUSH = PushSettings(heartbeat_s=0.4, turn_s=0.05, backoff=Backoff(0.02, 0.1))


def zebra_rig(tmp_path: Path) -> Rig:
    made = identity(tmp_path)
    sim = SimZebraReader(made.server())
    sim.place(Tag(EPC, 2, rate_hz=50))
    return Rig(
        lambda: ZebraReader("r", "127.0.0.1", sim.port, made.client(), QUICK_ZEBRA),
        sim.pull,
        sim.plug,
        lambda: ZebraReader("r", "127.0.0.1", 1, made.client(), QUICK_ZEBRA),
        [sim.close],
        faulty=lambda errors: with_faults(ZebraReader, "_take", errors)(
            "r", "127.0.0.1", sim.port, made.client(), QUICK_ZEBRA
        ),
    )


def zebra_frozen_rig(tmp_path: Path) -> Rig:
    rig = zebra_rig(tmp_path)
    sim: SimZebraReader = rig.closers[0].__self__  # type: ignore[attr-defined]
    rig.lose = sim.freeze
    return rig


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def zebra_mqtt_rig(tmp_path: Path) -> Rig:
    """Without control: the reader's heartbeats say that it lives."""
    broker, sim = Mosquitto(tmp_path), SimZebraReader()
    sim.mode, sim.running = our_mode(RadioSettings()), True
    sim.place(Tag(EPC, 2, rate_hz=50))
    output = SimZebraMqtt(sim, broker.port, "tags/r", "events/r", heartbeat_s=0.1)
    output.start()
    assert output.connected.wait(10)
    source = MqttSource(
        ("127.0.0.1", broker.port), "tags/r", "events/r", ping_s=0.3, answer_s=0.5, connect_s=0.5
    )
    nowhere = MqttSource(("127.0.0.1", 1), "tags/r", connect_s=0.5)
    return Rig(
        lambda: ZebraMqttReader("r", source, QUICK_PUSH),
        sim.freeze,
        sim.plug,
        lambda: ZebraMqttReader("r", nowhere, QUICK_PUSH),
        [output.close, sim.close, broker.kill],
        faulty=lambda errors: with_faults(ZebraMqttReader, "_taken", errors)("r", source, QUICK_PUSH),
    )


def zebra_hook_rig(tmp_path: Path) -> Rig:
    """With control over REST."""
    sim, port = SimZebraReader(), free_port()
    sim.place(Tag(EPC, 2, rate_hz=50))
    output = SimZebraPost(sim, port, "/tags", "reader", "word")
    output.start()
    place = HookPlace(("127.0.0.1", port), "/tags", "reader", "word")
    taken = HookPlace(("127.0.0.1", sim.port), "/tags", "reader", "word")
    controlled = ControlledReader(("127.0.0.1", sim.port), None, replace(QUICK_ZEBRA, status_s=0.1))
    return Rig(
        lambda: ZebraHookReader("r", place, QUICK_PUSH, controlled),
        sim.pull,
        sim.plug,
        lambda: ZebraHookReader("r", taken, QUICK_PUSH),
        [output.close, sim.close],
        faulty=lambda errors: with_faults(ZebraHookReader, "_taken", errors)(
            "r", place, QUICK_PUSH, controlled
        ),
    )


ZEBRA_RIGS = {
    "zebra": zebra_rig,
    "zebra-frozen": zebra_frozen_rig,
    "zebra-mqtt": zebra_mqtt_rig,
    "zebra-hook": zebra_hook_rig,
}
