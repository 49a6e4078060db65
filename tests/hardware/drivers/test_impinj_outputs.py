"""Addresses of Impinj readers over MQTT and web hooks, with a simulated reader and a real broker."""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from hardware.connection import WakeUp
from hardware.drivers.tag_reader import open_tag_reader
from hardware.errors import UriError
from hardware.mqtt.client import MqttClient, MqttSettings, mqtt_client
from hardware.mqtt.packets import MqttMessage
from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp, TagReader, TagReads
from hardware.sim.radio.field import Tag
from hardware.sim.radio.impinj.reader import SimImpinjReader
from hardware.sim.radio.impinj.state import ImpinjHabits
from hardware.tls import pin_of
from tests.hardware.fact_log import FactLog
from tests.hardware.mqtt.mosquitto import Mosquitto
from tests.hardware.tls_front import Identity, identity

EPC = "3074257BF7194E4000001A85"
OLD = "3074257BF7194E4000001A86"
Open = Callable[[str], FactLog]


@pytest.fixture
def cleanup() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def certificate(tmp_path: Path) -> Identity:
    return identity(tmp_path)


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


def test_nothing_is_configured_by_hand(cleanup: ExitStack, tmp_path: Path, certificate: Identity) -> None:
    broker = broker_of(cleanup, tmp_path, users={"shop": "s3cret"})
    sim = reader_of(cleanup, certificate.server())
    ours, readers = secret(tmp_path, "ours", "s3cret"), secret(tmp_path, "readers", "impinj")
    facts = started(
        cleanup,
        f"impinj+mqtt://shop@127.0.0.1:{broker.port}/shop/r1?password_file={ours}&reader=root@127.0.0.1:{sim.port}"
        f"&reader_pin={pin(certificate)}&reader_password_file={readers}&configure=yes&antennas=2",
    )
    facts.wait_count(TagReads, 5)
    assert reads(facts) == {(EPC, 2)}
    assert sim.state.mqtt["willTopic"] == "shop/r1/status"
    assert [config["antennaPort"] for config in sim.state.presets["cheval"]["antennaConfigs"]] == [2]
    assert facts.count(ReaderNote) == 0


def test_over_tls_to_the_broker_with_its_pin(
    cleanup: ExitStack, tmp_path: Path, certificate: Identity
) -> None:
    broker = broker_of(cleanup, tmp_path, tls=certificate)
    facts = started(cleanup, f"impinj+mqtts://127.0.0.1:{broker.port}/shop/r1?pin={pin(certificate)}")
    (down,) = facts.wait_count(ReaderDown, timeout_s=20)
    assert "the broker is connected, but the reader publishes nothing to shop/r1" in down.why
    other = started(cleanup, f"impinj+mqtts://127.0.0.1:{broker.port}/shop/r1")
    (down,) = other.wait_count(ReaderDown)
    assert f"append pin={pin(certificate)}" in down.why


def test_only_the_broker_is_known(cleanup: ExitStack, tmp_path: Path) -> None:
    broker = broker_of(cleanup, tmp_path)
    writer = publisher(cleanup, broker)
    writer.publish(MqttMessage("shop/r1", event(OLD), 1, retained=True))
    facts = started(cleanup, f"impinj+mqtt://127.0.0.1:{broker.port}/shop/r1")
    while not facts.count(TagReads):
        writer.publish(MqttMessage("shop/r1", event(OLD, age_s=60), 1))
        writer.publish(MqttMessage("shop/r1", event()[:-7], 1))
        writer.publish(MqttMessage("shop/r1/part", event(), 1))
    kinds = [note.kind for note in facts.facts if isinstance(note, ReaderNote) and not note.over]
    assert NoteKind.SETTING in kinds
    writer.publish(MqttMessage("shop/r1/status", b"Connected", 1, retained=True))
    facts.wait(lambda seen: any(isinstance(f, ReaderNote) and f.over for f in seen), "end of the note")
    writer.publish(MqttMessage("shop/r1/status", b"connection lost", 1, retained=True))
    (down,) = [f for f in facts.wait_count(ReaderDown) if isinstance(f, ReaderDown)]
    assert "its status is 'connection lost'" in down.why
    writer.publish(MqttMessage("shop/r1/status", b"connected", 1, retained=True))
    facts.wait_count(ReaderUp, 2)
    assert reads(facts) == {(EPC, 2)}


def test_a_reader_that_publishes_elsewhere_is_said(cleanup: ExitStack, tmp_path: Path) -> None:
    certificate = identity(tmp_path)
    broker = broker_of(cleanup, tmp_path)
    sim = reader_of(cleanup, certificate.server())
    uri = (
        f"impinj+mqtt://127.0.0.1:{broker.port}/shop/r1?reader=127.0.0.1:{sim.port}&reader_pin={pin(certificate)}"
        f"&reader_password_file={secret(tmp_path, 'readers', 'impinj')}"
    )
    (down,) = started(cleanup, uri).wait_count(ReaderDown)
    assert "switched off; switch it on, or append configure=yes" in down.why
    sim.state.mqtt = {"active": True, "eventTopic": "elsewhere", "brokerHostname": "127.0.0.1", "clientId": "x",
                      "brokerPort": broker.port}  # fmt: skip
    (down,) = started(cleanup, uri).wait_count(ReaderDown)
    assert "publishes to 'elsewhere', not to 'shop/r1'" in down.why


def test_events_of_the_time_without_a_broker_are_not_shown(cleanup: ExitStack, tmp_path: Path) -> None:
    certificate = identity(tmp_path)
    broker = broker_of(cleanup, tmp_path)
    # its clock is an hour ahead
    sim = reader_of(cleanup, certificate.server(), clock_error_s=3600.0)
    uri = (
        f"impinj+mqtt://127.0.0.1:{broker.port}/shop/r1?reader=127.0.0.1:{sim.port}&reader_pin={pin(certificate)}"
        f"&reader_password_file={secret(tmp_path, 'readers', 'impinj')}&configure=yes"
    )
    facts = started(cleanup, uri)
    facts.wait_count(TagReads, 3)
    broker.kill()
    facts.wait_count(ReaderDown)
    sim.place(Tag(OLD, 1, rate_hz=50))
    assert not pass_time(0.3)
    with sim.state.lock:
        sim.state.field.remove(OLD)
    assert not pass_time(3.0)
    with sim.state.lock:
        waiting = json.dumps(list(sim.state.mqtt_events))
    assert OLD in waiting
    broker.start()
    facts.wait_count(ReaderUp, 2)
    seen = facts.count(TagReads)
    facts.wait_count(TagReads, seen + 10)
    assert reads(facts) == {(EPC, 2)}


def pass_time(seconds: float) -> bool:
    """Lets time pass in which the simulated reader reads."""
    return threading.Event().wait(seconds)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def hook_uri(sim: SimImpinjReader, certificate: Identity, password: Path, more: str = "") -> str:
    return f"impinj+hook://127.0.0.1:{sim.port}?pin={pin(certificate)}&password_file={password}&listen=127.0.0.1:{free_port()}{more}"


def test_a_web_hook_is_configured_by_us(cleanup: ExitStack, tmp_path: Path, certificate: Identity) -> None:
    sim = reader_of(cleanup, certificate.server())
    password = secret(tmp_path, "readers", "impinj")
    facts = started(cleanup, hook_uri(sim, certificate, password))
    facts.wait_count(TagReads, 5)
    assert reads(facts) == {(EPC, 2)}
    server = sim.state.webhook["serverConfiguration"]
    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/events", server["url"])
    assert len(server["authentication"]["password"]) >= 32


def test_a_web_hook_over_https(cleanup: ExitStack, tmp_path: Path, certificate: Identity) -> None:
    sim = reader_of(cleanup, certificate.server())
    password = secret(tmp_path, "readers", "impinj")
    ours = f"&cert={certificate.certificate}&key={certificate.key}"
    uri = hook_uri(sim, certificate, password, ours)
    # the reader does not know our authority
    (down,) = started(cleanup, uri).wait_count(ReaderDown, timeout_s=20)
    assert "the reader cannot reach this computer" in down.why
    cleanup.pop_all().close()
    with ExitStack() as stack:
        sim = reader_of(stack, certificate.server())
        uri = hook_uri(sim, certificate, password, f"{ours}&verify=no")
        facts = started(stack, uri)
        facts.wait_count(TagReads, 5)
        assert sim.state.webhook["serverConfiguration"]["url"].startswith("https://")


def test_a_web_hook_that_the_retailer_configures(cleanup: ExitStack, tmp_path: Path) -> None:
    port = free_port()
    password = secret(tmp_path, "hook", "s3cret")
    facts = started(
        cleanup,
        f"impinj+hook://shelf-reader?listen=127.0.0.1:{port}&control=no&hook_password_file={password}&silence_s=1",
    )
    (down,) = facts.wait_count(ReaderDown)
    assert "no request for 1 s" in down.why
    for login, status in (("reader:s3cret", 200), ("reader:wrong", 401)):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {"Authorization": f"Basic {b64encode(login.encode()).decode()}"}
        client.request("POST", "/events", b"[" + event() + b"]", headers)
        assert client.getresponse().status == status
        client.close()
    facts.wait_count(TagReads)
    assert reads(facts) == {(EPC, 2)}
    notes = [f for f in facts.wait_count(ReaderNote) if isinstance(f, ReaderNote)]
    assert "wrong path or password" in notes[0].text


def test_events_of_the_restart_itself_are_no_loss(
    cleanup: ExitStack, tmp_path: Path, certificate: Identity
) -> None:
    # the reader keeps its events for a stream that connects later: also that its inventory was stopped for ours
    sim = reader_of(cleanup, certificate.server())
    sim.state.http_stream = {"eventBufferSize": 1000}
    sim.running = True
    password = secret(tmp_path, "readers", "impinj")
    facts = started(
        cleanup, f"impinj+https://127.0.0.1:{sim.port}?pin={pin(certificate)}&password_file={password}"
    )
    facts.wait_count(TagReads, 20)
    assert (facts.count(ReaderUp), facts.count(ReaderDown)) == (1, 0)
    (note,) = [fact for fact in facts.facts if isinstance(fact, ReaderNote)]
    assert "an inventory of another program, which was stopped" in note.text
    with sim.state.lock:
        sim.state.stop()
    facts.wait_count(ReaderDown)
    facts.wait_count(ReaderUp, 2)


def test_a_configuration_that_is_replaced_is_said(
    cleanup: ExitStack, tmp_path: Path, certificate: Identity
) -> None:
    broker = broker_of(cleanup, tmp_path)
    sim = reader_of(cleanup, certificate.server())
    sim.state.mqtt = {"active": True, "brokerHostname": "127.0.0.1", "brokerPort": broker.port, "eventTopic": "wms",
                      "clientId": "x"}  # fmt: skip
    sim.state.webhook = {"active": True, "serverConfiguration": {"url": "http://127.0.0.1:1/wms"}}
    password = secret(tmp_path, "readers", "impinj")
    over_mqtt = (
        f"impinj+mqtt://127.0.0.1:{broker.port}?topic=/shop/r1&configure=yes&reader=root@127.0.0.1:{sim.port}"
        f"&reader_pin={pin(certificate)}&reader_password_file={password}"
    )
    expected = {
        over_mqtt: "published to 127.0.0.1, topic wms, which was replaced",
        hook_uri(sim, certificate, password): "posted to http://127.0.0.1:1/wms",
    }
    for uri, words in expected.items():
        with ExitStack() as stack:
            facts = started(stack, uri)
            facts.wait_count(TagReads, 3)
        assert [words in fact.text for fact in facts.facts if isinstance(fact, ReaderNote)] == [True]
    assert sim.state.mqtt["eventTopic"] == "/shop/r1"


def test_a_reader_with_the_older_api_has_no_web_hooks(
    cleanup: ExitStack, tmp_path: Path, certificate: Identity
) -> None:
    sim = reader_of(cleanup, certificate.server(), webhooks=False)
    password = secret(tmp_path, "readers", "impinj")
    facts = started(cleanup, hook_uri(sim, certificate, password))
    (down,) = facts.wait_count(ReaderDown)
    assert "no web hooks (API 1.7)" in down.why


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("impinj+mqtt://broker", "the topic is missing"),
        ("impinj+mqtt://broker/a?topic=/a", "two topics"),
        ("impinj+mqtt://broker/a/%2B", "may not contain"),
        ("impinj+mqtt://broker/a?status=b%2F%23", "may not contain"),
        ("impinj+mqtt://broker/a?configure=yes", "configure: needs reader=HOST as well"),
        ("impinj+mqtt://broker/a?reader=", "reader has no value"),
        ("impinj+mqtt://broker/a?reader=a..b", "is not [USER@]HOST[:PORT]"),
        ("impinj+mqtt://broker/a?reader=h:99999", "not a number from 1 to 65535"),
        ("impinj+mqtt://broker/a?ca=x", "no option ca; did you mean reader_ca?"),
        ("impinj+hook://h", "listen= is missing"),
        ("impinj+hook://h?listen=x", "has a port that is not a number"),
        ("impinj+hook://h?listen=1.2.3.4:0", "not a number from 1 to 65535"),
        ("impinj+hook://h?listen=8091&control=no", "needs hook_password_file="),
        ("impinj+hook://h?listen=8091&url=ftp://x", "begins with http"),
        ("impinj+https://h?preset=x&power_dbm=20", "power_dbm: these belong to the preset that is written"),
        ("impinj+https://h?rfmode=x", "did you mean rf_mode?"),
    ],
)  # fmt: skip
def test_a_wrong_address_is_explained(uri: str, words: str) -> None:
    with pytest.raises(UriError) as refusal:
        open_tag_reader(uri, "r")
    assert words in str(refusal.value)


def test_a_certificate_without_its_key_is_explained(tmp_path: Path, certificate: Identity) -> None:
    uri = f"impinj+hook://h?listen=8091&cert={certificate.certificate}"
    with pytest.raises(UriError, match="belong together"):
        open_tag_reader(uri, "r")
    other = secret(tmp_path, "other.key", "nonsense")
    with pytest.raises(UriError, match="cannot be used"):
        open_tag_reader(f"{uri}&key={other}", "r")
