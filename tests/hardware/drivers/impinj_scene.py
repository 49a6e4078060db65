"""What the tests of Impinj addresses share: simulated readers, a real broker, and the addresses of both."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from hardware.drivers.tag_reader import open_tag_reader
from hardware.network.connection import WakeUp
from hardware.network.mqtt.client import MqttClient, MqttSettings, mqtt_client
from hardware.network.tls import pin_of
from hardware.ports import TagReader
from hardware.sim.radio.field import Tag
from hardware.sim.radio.impinj.reader import SimImpinjReader
from hardware.sim.radio.impinj.state import ImpinjHabits
from tests.hardware.fact_log import FactLog
from tests.hardware.network.mqtt.mosquitto import Mosquitto
from tests.hardware.network.tls_front import Identity

EPC = "3074257BF7194E4000001A85"
OLD = "3074257BF7194E4000001A86"
Open = Callable[[str], FactLog]


def reader_of(stack: ExitStack, tls: ssl.SSLContext | None, **habits: Any) -> SimImpinjReader:
    sim = SimImpinjReader(tls, habits=ImpinjHabits(**habits))
    stack.callback(sim.close)
    sim.place(Tag(EPC, 2, rate_hz=50))
    return sim


def broker_of(stack: ExitStack, folder: Path, **settings: Any) -> Mosquitto:
    broker = Mosquitto(folder, **settings)
    stack.callback(broker.kill)
    return broker


def publisher(stack: ExitStack, broker: Mosquitto) -> MqttClient:
    wake_up = WakeUp()
    stack.callback(wake_up.close)
    client = stack.enter_context(mqtt_client(("127.0.0.1", broker.port), None, wake_up, MqttSettings()))
    assert client is not None
    return client


def started(stack: ExitStack, uri: str) -> FactLog:
    facts = FactLog()
    reader: TagReader = open_tag_reader(uri, "r")
    stack.callback(reader.close)
    reader.start(facts)
    return facts


def secret(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(f"{text}\n")
    return folder / name


def event(epc: str = EPC, age_s: float = 0) -> bytes:
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - age_s))
    tag = {"epcHex": epc, "antennaPort": 2, "peakRssiCdbm": -5500}
    return json.dumps({"timestamp": stamp, "tagInventoryEvent": tag}).encode()


def reads(facts: FactLog) -> set[tuple[str, int | None]]:
    return {(read.epc, read.antenna) for read in facts.reads()}


def pin(made: Identity) -> str:
    return pin_of(ssl.PEM_cert_to_DER_cert(made.certificate.read_text()))


def pass_time(seconds: float) -> bool:
    """Lets time pass in which the simulated reader reads."""
    return threading.Event().wait(seconds)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def hook_uri(sim: SimImpinjReader, certificate: Identity, password: Path, more: str = "") -> str:
    return f"impinj+hook://127.0.0.1:{sim.port}?pin={pin(certificate)}&password_file={password}&listen=127.0.0.1:{free_port()}{more}"
