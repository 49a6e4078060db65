"""Rigs for the suite of tag readers: Impinj readers over each way in which their events arrive."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

from hardware.impinj.control import ReaderAddress
from hardware.impinj.hook_reader import HookSettings, ImpinjHookReader
from hardware.impinj.mqtt_reader import ImpinjMqttReader, MqttSource, mqtt_configuration
from hardware.impinj.reader import ImpinjReader
from hardware.impinj.settings import ImpinjSettings
from hardware.sim.radio.field import Tag
from hardware.sim.radio.impinj.reader import SimImpinjReader
from hardware.sim.radio.impinj.state import SERIAL_NUMBER
from hardware.supervision.supervise import Backoff
from tests.contracts.tag_rigs import EPC, Rig, with_faults
from tests.hardware.network.mqtt.mosquitto import Mosquitto
from tests.hardware.network.tls_front import identity

QUICK_BACKOFF = Backoff(0.02, 0.1)
QUICK_OWN = ImpinjSettings(password="impinj", probe_s=0.3, answer_s=0.5, connect_s=0.5, backoff=QUICK_BACKOFF)
QUICK_IMPINJ = replace(QUICK_OWN, preset="default")


def impinj_rig(tmp_path: Path) -> Rig:
    made = identity(tmp_path)
    sim = SimImpinjReader(made.server())
    sim.place(Tag(EPC, 2, rate_hz=50))
    return Rig(
        lambda: ImpinjReader("r", "127.0.0.1", sim.port, made.client(), QUICK_IMPINJ),
        sim.pull,
        sim.plug,
        lambda: ImpinjReader("r", "127.0.0.1", 1, made.client(), QUICK_IMPINJ),
        [sim.close],
        faulty=lambda errors: with_faults(ImpinjReader, "_follow", errors)(
            "r", "127.0.0.1", sim.port, made.client(), QUICK_IMPINJ
        ),
    )


def impinj_mqtt_rig(tmp_path: Path, *, controlled: bool = True) -> Rig:
    """A reader at a broker; the reader is lost, not the broker."""
    broker = Mosquitto(tmp_path)
    sim = SimImpinjReader()
    sim.place(Tag(EPC, 2, rate_hz=50))
    source = MqttSource(
        ("127.0.0.1", broker.port),
        "shop/r1",
        configure=True,
        sign_s=0.5,
        ping_s=0.2,
        answer_s=1.0,
        backoff=QUICK_BACKOFF,
    )
    address = ReaderAddress("127.0.0.1", sim.port, None, QUICK_OWN)
    # at the broker before the suite counts what is open
    sim.state.mqtt = {
        **mqtt_configuration(source, SERIAL_NUMBER),
        **({} if controlled else {"connectMessage": "connected", "disconnectMessage": "off"}),
    }
    if not controlled:
        sim.running = True
    deadline = time.monotonic() + 10
    while not sim.state.mqtt_connected and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert sim.state.mqtt_connected
    nowhere = replace(source, broker=("127.0.0.1", 1))
    return Rig(
        lambda: ImpinjMqttReader("r", source, address if controlled else None),
        sim.pull,
        sim.plug,
        lambda: ImpinjMqttReader("r", nowhere),
        [sim.close, broker.kill],
        faulty=lambda errors: with_faults(ImpinjMqttReader, "_follow", errors)(
            "r", source, address if controlled else None
        ),
    )


def impinj_mqtt_uncontrolled_rig(tmp_path: Path) -> Rig:
    return impinj_mqtt_rig(tmp_path, controlled=False)


def impinj_broker_rig(tmp_path: Path) -> Rig:
    """A reader at a broker; the broker is lost."""
    rig = impinj_mqtt_rig(tmp_path)
    broker: Mosquitto = rig.closers[1].__self__  # type: ignore[attr-defined]
    rig.lose, rig.mend = broker.kill, broker.start
    return rig


def impinj_hook_rig(tmp_path: Path) -> Rig:
    sim = SimImpinjReader()
    sim.place(Tag(EPC, 2, rate_hz=50))
    hook = HookSettings(("127.0.0.1", 0), silence_s=1.0, backoff=QUICK_BACKOFF)
    return Rig(
        lambda: ImpinjHookReader("r", hook, ReaderAddress("127.0.0.1", sim.port, None, QUICK_OWN)),
        sim.pull,
        sim.plug,
        lambda: ImpinjHookReader("r", hook, ReaderAddress("127.0.0.1", 1, None, QUICK_OWN)),
        [sim.close],
        faulty=lambda errors: with_faults(ImpinjHookReader, "_follow", errors)(
            "r", hook, ReaderAddress("127.0.0.1", sim.port, None, QUICK_OWN)
        ),
    )


def impinj_hook_frozen_rig(tmp_path: Path) -> Rig:
    rig = impinj_hook_rig(tmp_path)
    sim: SimImpinjReader = rig.closers[0].__self__  # type: ignore[attr-defined]
    rig.lose = sim.freeze
    return rig


def impinj_frozen_rig(tmp_path: Path) -> Rig:
    rig = impinj_rig(tmp_path)
    sim: SimImpinjReader = rig.closers[0].__self__  # type: ignore[attr-defined]
    rig.lose = sim.freeze
    return rig


IMPINJ_RIGS = {
    "impinj": impinj_rig,
    "impinj-frozen": impinj_frozen_rig,
    "impinj-mqtt": impinj_mqtt_rig,
    "impinj-mqtt-uncontrolled": impinj_mqtt_uncontrolled_rig,
    "impinj-broker": impinj_broker_rig,
    "impinj-hook": impinj_hook_rig,
    "impinj-hook-frozen": impinj_hook_frozen_rig,
}
