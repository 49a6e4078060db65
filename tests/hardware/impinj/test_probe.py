"""Probes of Impinj readers: what they tell, which kind of failure, and that a running reader is not disturbed."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.drivers.probe import probe_tag_reader
from hardware.impinj.control import ReaderAddress, ReaderControl
from hardware.impinj.hook_reader import HookSettings
from hardware.impinj.mqtt_reader import MqttSource, mqtt_configuration
from hardware.impinj.probe import probe_broker, probe_hook, probe_reader
from hardware.impinj.settings import ImpinjSettings
from hardware.network.connection import WakeUp
from hardware.reader_probe import ProbeFailure
from tests.hardware.impinj.bench import START, STOP, WRITE, Start, address, changes
from tests.hardware.network.mqtt.mosquitto import Mosquitto


def test_a_probe_tells_the_reader_and_leaves_it_idle(start: Start) -> None:
    sim = start(antennas=2)
    found = probe_reader(address(sim))
    assert (found.failure, found.identity, found.region) == (
        None,
        "Impinj R700 8.4.1.240",
        "ETSI EN 302 208 v3.1.1",
    )
    assert (found.antennas, found.power_dbm) == ((1, 2), (10.0, 30.0))
    assert "factory password" in found.notes[0]
    assert (sim.state.status, changes(sim)) == ("idle", [WRITE, START, STOP])


def test_a_probe_does_not_disturb_a_running_reader(start: Start, wake_up: WakeUp) -> None:
    sim = start()
    ReaderControl(address(sim), wake_up).prepare()
    sim.state.log.clear()
    assert probe_reader(address(sim)).failure is None
    (note,) = probe_reader(address(sim, preset="default")).notes[2:]
    assert "it is running the preset cheval; stop it" in note
    assert (changes(sim), sim.running) == ([], True)


@pytest.mark.parametrize(
    ("habits", "settings", "failure"),
    [
        ({}, {"password": "wrong"}, ProbeFailure.LOGIN),
        ({"authentication": "digest"}, {}, ProbeFailure.LOGIN),
        ({"interface": "llrp"}, {}, ProbeFailure.PROTOCOL),
        ({}, {"antennas": (9,)}, ProbeFailure.SETTING),
        ({}, {"preset": "rooms"}, ProbeFailure.REFUSED),
        ({"ignores_start": True}, {}, ProbeFailure.REFUSED),
        ({"refuses": {START.split()[1]: "region is not set"}}, {}, ProbeFailure.REFUSED),
    ],
)
def test_a_probe_names_the_kind_of_failure(
    start: Start, habits: dict[str, object], settings: dict[str, object], failure: ProbeFailure
) -> None:
    found = probe_reader(address(start(**habits), **settings))
    assert found.failure is failure, found.why
    assert found.why


def test_a_probe_of_nobody_is_unreachable() -> None:
    found = probe_reader(ReaderAddress("127.0.0.1", 1, None, ImpinjSettings()))
    assert (found.failure, found.place) == (ProbeFailure.UNREACHABLE, "127.0.0.1:1")


def test_a_broker_and_its_reader_are_probed(start: Start, tmp_path: Path) -> None:
    broker = Mosquitto(tmp_path, {"store": "s3cret"})
    try:
        source = MqttSource(("127.0.0.1", broker.port), "shop/r1", user="store", password="s3cret")
        alone = probe_broker(source, None)
        assert (alone.failure, alone.place) == (None, f"127.0.0.1:{broker.port}")
        assert "append reader=HOST" in alone.notes[0]
        sim = start()
        found = probe_broker(source, address(sim))
        assert (found.identity, found.failure) == ("Impinj R700 8.4.1.240", ProbeFailure.REFUSED)
        assert "its MQTT output is switched off" in found.why
        assert probe_broker(replace(source, configure=True), address(sim)).failure is None
        assert sim.state.mqtt == {"active": False}
        refused = probe_broker(MqttSource(("127.0.0.1", broker.port), "shop/r1", user="store"), None)
        assert refused.failure is ProbeFailure.LOGIN
        assert refused.why.startswith("broker: ")
        assert "the broker's access rules" in refused.advice
    finally:
        broker.kill()
    lost = probe_broker(source, None)
    assert (lost.failure, "Check the broker's address" in lost.advice) == (ProbeFailure.UNREACHABLE, True)


def test_a_reader_that_publishes_elsewhere_is_named(start: Start, wake_up: WakeUp, tmp_path: Path) -> None:
    broker = Mosquitto(tmp_path)
    try:
        source, sim = MqttSource(("127.0.0.1", broker.port), "shop/r1"), start()
        wanted = mqtt_configuration(source, "1")
        for topic, why in (("shop/r2", "it publishes to 'shop/r2', not to 'shop/r1'"), ("shop/r1", "")):
            ReaderControl(address(sim), wake_up).change("PUT", "/mqtt", wanted | {"eventTopic": topic})
            assert probe_broker(source, address(sim)).why.startswith(why)
        assert probe_broker(source, address(sim)).failure is None
    finally:
        broker.kill()


def test_a_port_for_a_web_hook_is_probed(start: Start) -> None:
    sim = start()
    hook = HookSettings(("127.0.0.1", 0))
    assert probe_hook(hook, address(sim)).identity == "Impinj R700 8.4.1.240"
    assert sim.state.webhook == {"active": False}
    assert probe_hook(hook, None).failure is None
    with socket.create_server(("127.0.0.1", 0)) as other:
        busy = probe_hook(HookSettings(other.getsockname()), None)
    assert busy.failure is ProbeFailure.BUSY
    assert "address already in use" in busy.why


def test_probes_by_address_name_options_that_exclude_each_other() -> None:
    for uri in (
        "impinj+mqtt://broker/a?configure=yes",
        "impinj+hook://h",
        "impinj+https://h?preset=x&session=1",
    ):
        assert probe_tag_reader(uri).failure is ProbeFailure.SETTING
