"""Addresses of Zebra readers: each opens its driver, wrong ones are explained, and reads come through them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hardware.drivers.tag_reader import open_tag_reader
from hardware.errors import UriError
from hardware.ports import TagReads
from hardware.sim.radio.field import Tag
from hardware.sim.radio.zebra.outputs import SimZebraMqtt, SimZebraPost
from hardware.sim.radio.zebra.reader import PASSWORD, SimZebraReader
from hardware.zebra.hook_reader import ZebraHookReader
from hardware.zebra.mqtt_reader import ZebraMqttReader
from hardware.zebra.reader import ZebraReader
from tests.contracts.zebra_rigs import free_port
from tests.hardware.fact_log import FactLog
from tests.hardware.network.mqtt.mosquitto import Mosquitto
from tests.hardware.network.tls_front import Identity, identity

EPC = "3074257BF7194E4000001A85"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text("word\n")
    return file


@pytest.mark.parametrize(
    ("uri", "driver"),
    [
        ("zebra+https://admin:secret@reader.example:8443?antennas=1,2&session=1&power_dbm=27.5", ZebraReader),
        ("zebra+https://reader.example?mode=own&antennas=1", ZebraReader),
        ("zebra+mqtt://broker.example/tags/r", ZebraMqttReader),
        ("zebra+mqtt://u:p@broker.example/tags?events=events&heartbeat_s=10&antennas=1", ZebraMqttReader),
        ("zebra+mqtt://broker.example?topic=/devices/r/events/data", ZebraMqttReader),
        ("zebra+mqtts://broker.example/tags?reader=admin@10.0.0.7&power_dbm=24", ZebraMqttReader),
        ("zebra+hook://admin@10.0.0.7?listen=127.0.0.1:8091&hook_password_file={}", ZebraHookReader),
        ("zebra+hook://10.0.0.7?listen=8091&hook_password_file={}&control=no&heartbeat_s=0", ZebraHookReader),
    ],
)
def test_a_uri_opens_its_driver(uri: str, driver: type, secret: Path) -> None:
    reader = open_tag_reader(uri.format(secret), "rooms")
    assert isinstance(reader, driver)
    reader.close()


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("zebra+https://h?mode=auto", "mode=auto is none of cheval, own"),
        (
            "zebra+https://h?mode=own&power_dbm=24",
            "mode=own uses the reader's own settings, so remove power_dbm",
        ),
        ("zebra+https://h?preset=x", "zebra+https:// has no option preset"),
        ("zebra+https://h?heartbeat_s=5", "has no option heartbeat_s"),
        ("zebra+http://h", "did you mean zebra+https?"),
        ("zebra+mqtt://b", "the topic is missing"),
        ("zebra+mqtt://b/t?topic=/t", "two topics"),
        (
            "zebra+mqtt://b/t?password_file={}",
            "a password needs a user; write zebra+mqtt://USER@BROKER/TOPIC",
        ),
        ("zebra+mqtt://b/t?reader=admin:s3cret@h", "reader=h has a password; write the user alone"),
        ("zebra+mqtt://b//t", "write topic=/t"),
        ("zebra+mqtt://b/t/", "write topic=t/"),
        ("zebra+mqtt://b/%2Ft", "write topic=/t"),
        ("zebra+mqtt://b/t/%23", "may not contain + or #"),
        ("zebra+mqtt://b/t?events=e/%2B", "events=e/+ may not contain + or #"),
        ("zebra+mqtt://b/t?power_dbm=24&mode=own", "power_dbm, mode: needs reader=HOST as well"),
        ("zebra+mqtt://b/t?reader=h&mode=own&session=1", "so remove session"),
        ("zebra+hook://h", "listen= is missing"),
        ("zebra+hook://h?listen=1", "hook_password_file= is missing"),
        ("zebra+hook://h?listen=1&hook_password_file={}&cert={}", "cert= and key= belong together"),
        ("zebra+hook://h?listen=1&hook_password_file={}&control=no&power_dbm=24", "not used with control=no"),
        ("zebra+hook://h?listen=x:y&hook_password_file={}", "listen=x:y has a port that is not a number"),
    ],
)
def test_a_wrong_uri_is_explained(uri: str, words: str, secret: Path) -> None:
    with pytest.raises(UriError) as refusal:
        open_tag_reader(uri.replace("{}", str(secret)), "x")
    (only,) = refusal.value.mistakes
    assert words in only


class Way:
    """A running simulated reader, and how its certificate is named in an address."""

    def __init__(self, folder: Path, closing: ExitStack) -> None:
        self.made: Identity = identity(folder)
        self.sim = SimZebraReader(self.made.server())
        closing.callback(self.sim.close)
        self.sim.place(Tag(EPC, 2, rate_hz=50))
        self.password = folder / "password"
        self.password.write_text(PASSWORD)


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def way(tmp_path: Path, closing: ExitStack) -> Way:
    return Way(tmp_path, closing)


def seen(closing: ExitStack, uri: str) -> set[tuple[str, int | None]]:
    facts = FactLog()
    reader = open_tag_reader(uri, "r")
    closing.callback(reader.close)
    reader.start(facts)
    facts.wait_count(TagReads, 3)
    return {(read.epc, read.antenna) for read in facts.reads()}


def test_reads_come_from_a_broker_with_a_controlled_reader(
    closing: ExitStack, way: Way, tmp_path: Path
) -> None:
    broker = Mosquitto(tmp_path)
    closing.callback(broker.kill)
    output = SimZebraMqtt(way.sim, broker.port, "/tags/r", "events/r")
    closing.callback(output.close)
    output.start()
    control = f"reader=127.0.0.1:{way.sim.port}&reader_password_file={way.password}&reader_ca={way.made.certificate}"
    assert seen(closing, f"zebra+mqtt://127.0.0.1:{broker.port}?topic=/tags/r&{control}") == {(EPC, 2)}
    assert way.sim.mode["type"] == "CUSTOM"


def test_reads_come_from_posts_of_a_controlled_reader(closing: ExitStack, way: Way, secret: Path) -> None:
    port = free_port()
    output = SimZebraPost(way.sim, port, "/events", "reader", "word")
    closing.callback(output.close)
    output.start()
    listen = f"listen=127.0.0.1:{port}&hook_password_file={secret}"
    control = f"ca={way.made.certificate}&password_file={way.password}"
    assert seen(closing, f"zebra+hook://127.0.0.1:{way.sim.port}?{listen}&{control}") == {(EPC, 2)}
