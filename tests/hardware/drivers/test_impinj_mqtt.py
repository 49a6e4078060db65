"""Addresses of Impinj readers over MQTT, with a simulated reader and a real broker."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

from hardware.network.mqtt.packets import MqttMessage
from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp, TagReads
from hardware.sim.radio.field import Tag
from tests.hardware.drivers.impinj_scene import (
    EPC,
    OLD,
    broker_of,
    event,
    pass_time,
    pin,
    publisher,
    reader_of,
    reads,
    secret,
    started,
)
from tests.hardware.network.tls_front import Identity, identity


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


def test_a_reader_with_an_old_password_of_the_broker_gets_the_new_one(
    cleanup: ExitStack, tmp_path: Path, certificate: Identity
) -> None:
    broker = broker_of(cleanup, tmp_path, users={"shop": "new"})
    sim = reader_of(cleanup, certificate.server(), webhooks=False)
    ours, readers = secret(tmp_path, "ours", "new"), secret(tmp_path, "readers", "impinj")
    uri = (
        f"impinj+mqtt://shop@127.0.0.1:{broker.port}/shop/r1?password_file={ours}&reader=root@127.0.0.1:{sim.port}"
        f"&reader_pin={pin(certificate)}&reader_password_file={readers}&configure=yes"
    )
    with ExitStack() as stack:
        started(stack, uri).wait_count(TagReads)
    with sim.state.lock:
        sim.state.mqtt = {**sim.state.mqtt, "password": "old"}
    facts = started(cleanup, uri)
    facts.wait_count(TagReads, 3, timeout_s=20)
    assert sim.state.mqtt["password"] == "new"
