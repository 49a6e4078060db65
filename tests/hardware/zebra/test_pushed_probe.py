"""Probe of Zebra readers that push their events: each finding and each kind of failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.drivers.probe import probe_tag_reader
from hardware.ports import TagReads
from hardware.reader_probe import ProbeFailure, ProbeResult
from hardware.sim.radio.zebra.outputs import SimZebraMqtt, SimZebraPost
from hardware.sim.radio.zebra.reader import SimZebraReader
from hardware.zebra.hook_reader import HookPlace, ZebraHookReader
from hardware.zebra.mqtt_reader import MqttSource, ZebraMqttReader
from hardware.zebra.pushed_probe import probe_pushed
from hardware.zebra.pushed_reader import ControlledReader, PushedReader
from tests.contracts.zebra_rigs import QUICK_PUSH, QUICK_ZEBRA, free_port
from tests.hardware.fact_log import FactLog
from tests.hardware.network.mqtt.mosquitto import Mosquitto


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def sim(closing: ExitStack) -> SimZebraReader:
    made = SimZebraReader()
    closing.callback(made.close)
    return made


def probe(reader: PushedReader, wait_s: float = 10.0) -> ProbeResult:
    return probe_pushed(reader, "there", wait_s, controlled_wait_s=0.2)


def over_mqtt(
    port: int, reader: ControlledReader | None = None, login: tuple[str, str] = ("", "")
) -> ZebraMqttReader:
    source = MqttSource(
        ("127.0.0.1", port), "tags/r", "events/r", user=login[0], password=login[1], connect_s=1.0
    )
    return ZebraMqttReader("r", source, QUICK_PUSH, reader)


def controlled(sim: SimZebraReader) -> ControlledReader:
    return ControlledReader(("127.0.0.1", sim.port), None, QUICK_ZEBRA)


def test_a_heartbeat_is_enough(closing: ExitStack, sim: SimZebraReader, tmp_path: Path) -> None:
    broker = Mosquitto(tmp_path)
    closing.callback(broker.kill)
    output = SimZebraMqtt(sim, broker.port, "tags/r", "events/r", heartbeat_s=0.1)
    closing.callback(output.close)
    output.start()
    assert probe(over_mqtt(broker.port)) == ProbeResult("there")


def test_a_reader_that_says_nothing_is_silent(closing: ExitStack, tmp_path: Path) -> None:
    broker = Mosquitto(tmp_path)
    closing.callback(broker.kill)
    found = probe(over_mqtt(broker.port), 0.2)
    assert (found.failure, found.why) == (ProbeFailure.SILENT, "nothing came from the reader within 0.2 s")


def test_a_controlled_reader_tells_itself(closing: ExitStack, sim: SimZebraReader, tmp_path: Path) -> None:
    broker = Mosquitto(tmp_path)
    closing.callback(broker.kill)
    found = probe(over_mqtt(broker.port, controlled(sim)))
    assert (found.failure, found.identity) == (None, "Zebra FX9600, firmware 3.21.23.0")
    assert "hold a tag" in found.notes[0]
    sim.habits.region = ""
    assert probe(over_mqtt(broker.port, controlled(sim))).failure is ProbeFailure.REGION


def test_a_wrong_password_at_the_broker_is_a_login_failure(closing: ExitStack, tmp_path: Path) -> None:
    broker = Mosquitto(tmp_path, users={"store": "right"})
    closing.callback(broker.kill)
    found = probe(over_mqtt(broker.port, login=("store", "wrong")))
    assert (found.failure, found.why.startswith("broker: ")) == (ProbeFailure.LOGIN, True)
    assert "the broker's access rules" in found.advice


def test_no_broker_is_unreachable() -> None:
    found = probe(over_mqtt(1))
    assert (found.failure, "Check the broker's address" in found.advice) == (ProbeFailure.UNREACHABLE, True)


def test_posts_are_received_and_a_used_port_is_busy(closing: ExitStack, sim: SimZebraReader) -> None:
    sim.running = True
    place = HookPlace(("127.0.0.1", free_port()), "/events", "reader", "word")
    output = SimZebraPost(sim, place.listen[1], "/events", "reader", "word", heartbeat_s=0.05)
    closing.callback(output.close)
    output.start()
    assert probe(ZebraHookReader("r", place, QUICK_PUSH)).failure is None
    running = ZebraHookReader("r", place, QUICK_PUSH)
    closing.callback(running.close)
    facts = FactLog()
    running.start(facts)
    facts.wait(bool, "fact of the running driver")
    found = probe(ZebraHookReader("r", place, QUICK_PUSH))
    assert found.failure is ProbeFailure.BUSY
    assert facts.count(TagReads) == 0
    wrong = replace(place, listen=("127.0.0.1", free_port()), password="other")
    other = SimZebraPost(sim, wrong.listen[1], "/events", "reader", "word", heartbeat_s=0.05)
    closing.callback(other.close)
    other.start()
    assert probe(ZebraHookReader("r", wrong, QUICK_PUSH)).failure is ProbeFailure.LOGIN


def test_options_that_contradict_each_other_are_a_failure_of_the_settings() -> None:
    found = probe_tag_reader("zebra+https://h?mode=own&power_dbm=24")
    assert (found.failure, found.place) == (ProbeFailure.SETTING, "h:443")
    assert probe_tag_reader("zebra+mqtt://h/t?mode=own").failure is ProbeFailure.SETTING
