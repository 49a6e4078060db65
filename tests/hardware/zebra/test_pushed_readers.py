"""Zebra readers that push their events: to a real MQTT broker, or to the driver's own port."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from hardware.network.connection import WakeUp
from hardware.network.mqtt.client import MqttSettings, mqtt_client
from hardware.network.mqtt.packets import MqttMessage
from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp, TagReads
from hardware.sim.radio.field import Tag
from hardware.sim.radio.zebra.outputs import SimZebraMqtt, SimZebraPost
from hardware.sim.radio.zebra.reader import SimZebraReader
from hardware.zebra.hook_reader import HookPlace, ZebraHookReader
from hardware.zebra.mqtt_reader import MqttSource, ZebraMqttReader
from hardware.zebra.operating_mode import our_mode
from hardware.zebra.pushed_reader import ControlledReader
from hardware.zebra.settings import RadioSettings
from tests.contracts.zebra_rigs import QUICK_PUSH, QUICK_ZEBRA, free_port
from tests.hardware.fact_log import FactLog
from tests.hardware.network.mqtt.mosquitto import Mosquitto

EPC = "3074257BF7194E4000001A85"
OTHER = "3074257BF7194E4000001A86"
NO_BEATS = replace(QUICK_PUSH, heartbeat_s=0.0)


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def sim(closing: ExitStack) -> SimZebraReader:
    made = SimZebraReader()
    closing.callback(made.close)
    made.place(Tag(EPC, 2, rate_hz=50))
    made.mode, made.running = our_mode(RadioSettings()), True
    return made


@pytest.fixture
def broker(closing: ExitStack, tmp_path: Path) -> Mosquitto:
    made = Mosquitto(tmp_path)
    closing.callback(made.kill)
    return made


def source_of(broker: Mosquitto, **changes: Any) -> MqttSource:
    plain = MqttSource(
        ("127.0.0.1", broker.port), "tags/r", "events/r", ping_s=0.3, answer_s=0.5, connect_s=0.5
    )
    return replace(plain, **changes)


def start(closing: ExitStack, reader: ZebraMqttReader | ZebraHookReader) -> FactLog:
    facts = FactLog()
    closing.callback(reader.close)
    reader.start(facts)
    return facts


def publishing(
    closing: ExitStack, sim: SimZebraReader, broker: Mosquitto, heartbeat_s: float = 0.1
) -> SimZebraMqtt:
    output = SimZebraMqtt(sim, broker.port, "tags/r", "events/r", heartbeat_s=heartbeat_s)
    closing.callback(output.close)
    output.start()
    assert output.connected.wait(10)
    return output


def notes(facts: FactLog) -> list[tuple[NoteKind, int | None]]:
    return [(fact.kind, fact.antenna) for fact in list(facts.facts) if isinstance(fact, ReaderNote)]


def why(facts: FactLog) -> str:
    return next(fact.why for fact in facts.wait_count(ReaderDown) if isinstance(fact, ReaderDown))


def test_a_heartbeat_alone_brings_the_reader_up(
    closing: ExitStack, sim: SimZebraReader, broker: Mosquitto
) -> None:
    sim.mode["antennas"] = [1]
    publishing(closing, sim, broker)
    facts = start(closing, ZebraMqttReader("r", source_of(broker), QUICK_PUSH))
    facts.wait_count(ReaderUp)
    assert facts.reads() == []


def test_a_heartbeat_tells_a_disconnected_antenna_and_a_stopped_inventory(
    closing: ExitStack, sim: SimZebraReader, broker: Mosquitto
) -> None:
    sim.unplugged.add(1)
    publishing(closing, sim, broker)
    facts = start(closing, ZebraMqttReader("r", source_of(broker), replace(QUICK_PUSH, antennas=(1, 2))))
    facts.wait(lambda _: (NoteKind.ANTENNA, 1) in notes(facts), "note about antenna 1")
    sim.running = False
    assert "its inventory is stopped" in why(facts)


def test_a_reader_whose_inventory_is_stopped_never_counts_as_connected(
    closing: ExitStack, sim: SimZebraReader, broker: Mosquitto
) -> None:
    sim.running = False
    publishing(closing, sim, broker)
    facts = start(closing, ZebraMqttReader("r", source_of(broker), QUICK_PUSH))
    assert "its inventory is stopped" in why(facts)
    assert facts.count(ReaderUp) == 0
    sim.running = True
    facts.wait_count(ReaderUp)


def test_an_old_heartbeat_of_a_controlled_reader_is_no_loss(
    closing: ExitStack, sim: SimZebraReader, broker: Mosquitto
) -> None:
    publishing(closing, sim, broker, heartbeat_s=0.0)
    controlled = ControlledReader(("127.0.0.1", sim.port), None, QUICK_ZEBRA)
    facts = start(closing, ZebraMqttReader("r", source_of(broker), NO_BEATS, controlled))
    facts.wait_count(TagReads)
    asked = sim.requests.count("GET /cloud/status")
    old = sim.heartbeat()
    old["data"]["radio_control"]["radioActivity"] = "inactive"
    sim.say(old)
    facts.wait(lambda _: sim.requests.count("GET /cloud/status") > asked, "request of the status")
    facts.wait_count(TagReads, facts.count(TagReads) + 5)
    assert facts.count(ReaderDown) == 0


def test_a_silent_reader_is_lost_and_its_return_is_noticed(
    closing: ExitStack, sim: SimZebraReader, broker: Mosquitto
) -> None:
    publishing(closing, sim, broker)
    facts = start(closing, ZebraMqttReader("r", source_of(broker), QUICK_PUSH))
    facts.wait_count(TagReads)
    sim.freeze()
    assert "no message of the reader for 1 s" in why(facts)
    sim.plug()
    facts.wait_count(ReaderUp, 2)


def test_without_heartbeats_a_loss_cannot_be_noticed_and_that_is_said(
    closing: ExitStack, sim: SimZebraReader, broker: Mosquitto
) -> None:
    publishing(closing, sim, broker, heartbeat_s=0.0)
    facts = start(closing, ZebraMqttReader("r", source_of(broker), NO_BEATS))
    facts.wait_count(TagReads)
    assert (NoteKind.SETTING, None) in notes(facts)


def test_a_stored_message_is_of_the_past(closing: ExitStack, broker: Mosquitto) -> None:
    wake_up = WakeUp()
    closing.callback(wake_up.close)
    event = json.dumps({"type": "CUSTOM", "data": {"idHex": OTHER, "antenna": 1, "peakRssi": -40}}).encode()
    with mqtt_client(("127.0.0.1", broker.port), None, wake_up, MqttSettings()) as client:
        assert client is not None
        client.publish(MqttMessage("tags/r", event, 1, retained=True))
        facts = start(closing, ZebraMqttReader("r", source_of(broker), NO_BEATS))
        facts.wait_count(ReaderUp)
        client.publish(MqttMessage("tags/r", event.replace(OTHER.encode(), EPC.encode()), 1))
        facts.wait_count(TagReads)
    assert [read.epc for read in facts.reads()] == [EPC]


def test_events_that_the_reader_kept_are_left_out(
    closing: ExitStack, sim: SimZebraReader, broker: Mosquitto
) -> None:
    sim.keep(Tag(OTHER, 2), 50, age_s=600)
    facts = start(closing, ZebraMqttReader("r", source_of(broker), NO_BEATS))
    facts.wait_count(ReaderUp)
    publishing(closing, sim, broker)
    facts.wait(lambda _: (NoteKind.REPORTS, None) in notes(facts), "note about reports")
    facts.wait_count(TagReads, 30)
    assert {read.epc for read in facts.reads()} == {EPC}


def test_a_broker_that_restarts_is_a_loss_and_a_return(
    closing: ExitStack, sim: SimZebraReader, broker: Mosquitto
) -> None:
    publishing(closing, sim, broker)
    facts = start(closing, ZebraMqttReader("r", source_of(broker), QUICK_PUSH))
    facts.wait_count(TagReads)
    broker.kill()
    facts.wait_count(ReaderDown)
    broker.start()
    facts.wait_count(ReaderUp, 2)


def test_a_reader_with_its_own_address_is_set_up_over_rest(
    closing: ExitStack, sim: SimZebraReader, broker: Mosquitto
) -> None:
    sim.mode, sim.running = {"type": "SIMPLE"}, False
    publishing(closing, sim, broker, heartbeat_s=0.0)
    controlled = ControlledReader(("127.0.0.1", sim.port), None, replace(QUICK_ZEBRA, status_s=0.1))
    facts = start(closing, ZebraMqttReader("r", source_of(broker), NO_BEATS, controlled))
    facts.wait_count(TagReads)
    assert sim.mode == our_mode(RadioSettings())
    assert notes(facts) == []
    sim.unplugged.add(3)
    facts.wait(lambda _: (NoteKind.ANTENNA, 3) in notes(facts), "note about antenna 3")
    sim.pull()
    facts.wait_count(ReaderDown)


@pytest.fixture
def place() -> HookPlace:
    return HookPlace(("127.0.0.1", free_port()), "/tags", "reader", "word")


def posting(closing: ExitStack, sim: SimZebraReader, place: HookPlace, **changes: str) -> SimZebraPost:
    words = {"path": place.path, "user": place.user, "password": place.password, **changes}
    output = SimZebraPost(sim, place.listen[1], **words, heartbeat_s=0.1)
    closing.callback(output.close)
    output.start()
    return output


def test_posted_events_are_read(closing: ExitStack, sim: SimZebraReader, place: HookPlace) -> None:
    sim.habits.batch = True
    output = posting(closing, sim, place)
    facts = start(closing, ZebraHookReader("r", place, QUICK_PUSH))
    facts.wait_count(TagReads, 10)
    assert {(read.epc, read.antenna) for read in facts.reads()} == {(EPC, 2)}
    assert set(output.answers) == {200}
    assert notes(facts) == []


@pytest.mark.parametrize("wrong", [{"password": "other"}, {"path": "/elsewhere"}, {"user": "nobody"}])
def test_a_post_with_wrong_access_is_refused_and_said(
    closing: ExitStack, sim: SimZebraReader, place: HookPlace, wrong: dict[str, str]
) -> None:
    output = posting(closing, sim, place, **wrong)
    facts = start(closing, ZebraHookReader("r", place, QUICK_PUSH))
    assert "path, user and password" in why(facts)
    assert not set(output.answers) & {200}
    assert facts.reads() == []
    assert "word" not in repr(place).replace("password", "")


def test_a_refused_post_while_the_reader_posts_is_a_note(
    closing: ExitStack, sim: SimZebraReader, place: HookPlace
) -> None:
    posting(closing, sim, place)
    facts = start(closing, ZebraHookReader("r", place, QUICK_PUSH))
    facts.wait_count(TagReads)
    url = f"http://127.0.0.1:{place.listen[1]}/tags"
    assert requests.post(url, data=b"{}", auth=("reader", "guess"), timeout=5).status_code == 401
    facts.wait(lambda _: (NoteKind.REPORTS, None) in notes(facts), "note about access")
    assert facts.count(ReaderDown) == 0


@pytest.mark.parametrize("body", [b"{", b"[" * 50_000, b"\xff", b'{"data":{"idHex":"30","peakRssi":NaN}}'])
def test_a_body_that_is_not_understood_is_accepted_and_named(
    closing: ExitStack, sim: SimZebraReader, place: HookPlace, body: bytes
) -> None:
    output = posting(closing, sim, place)
    facts = start(closing, ZebraHookReader("r", place, QUICK_PUSH))
    facts.wait_count(TagReads)
    sim.say(body)
    facts.wait(lambda _: (NoteKind.REPORTS, None) in notes(facts), "note about reports")
    facts.wait_count(TagReads, facts.count(TagReads) + 5)
    assert set(output.answers) == {200}


def test_a_reader_that_posts_nothing_more_is_lost(
    closing: ExitStack, sim: SimZebraReader, place: HookPlace
) -> None:
    posting(closing, sim, place)
    facts = start(closing, ZebraHookReader("r", place, QUICK_PUSH))
    facts.wait_count(TagReads)
    sim.freeze()
    assert "no message of the reader" in why(facts)
    sim.plug()
    facts.wait_count(ReaderUp, 2)
