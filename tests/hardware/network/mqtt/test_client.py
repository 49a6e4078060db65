"""The MQTT client against a real broker: messages, retained ones, refusals, a broker that dies or hangs."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.network.connection import WakeUp
from hardware.network.mqtt.client import MqttClient, MqttSettings, client_id, mqtt_client
from hardware.network.mqtt.packets import MqttMessage
from tests.hardware.network.mqtt.mosquitto import Mosquitto
from tests.hardware.network.tls_front import identity


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    made = Mosquitto(tmp_path)
    yield made
    made.kill()


@pytest.fixture
def wake_up() -> Iterator[WakeUp]:
    made = WakeUp()
    yield made
    made.close()


def opened(stack: ExitStack, broker: Mosquitto, wake_up: WakeUp, settings: MqttSettings) -> MqttClient:
    client = stack.enter_context(mqtt_client(("127.0.0.1", broker.port), None, wake_up, settings))
    assert client is not None
    return client


def vanish(broker: Mosquitto, wake_up: WakeUp, settings: MqttSettings) -> None:
    with ExitStack() as stack:
        opened(stack, broker, wake_up, settings)
        raise OSError("cut")


def test_messages_arrive_in_order_and_whole(broker: Mosquitto, wake_up: WakeUp) -> None:
    with ExitStack() as stack:
        reader = opened(stack, broker, wake_up, MqttSettings((("shop/#", 1),)))
        writer = opened(stack, broker, wake_up, MqttSettings())
        payloads = [b"", b"x" * 70_000, "übung".encode(), b"last"]
        for payload in payloads:
            writer.publish(MqttMessage("shop/a", payload, 1))
        found: list[MqttMessage] = []
        while len(found) < len(payloads):
            found += reader.receive(5)
    assert [message.payload for message in found] == payloads
    assert {(message.topic, message.retained) for message in found} == {("shop/a", False)}


def test_a_message_of_before_says_that_it_was_stored(broker: Mosquitto, wake_up: WakeUp) -> None:
    with ExitStack() as stack:
        writer = opened(stack, broker, wake_up, MqttSettings())
        writer.publish(MqttMessage("shop/a", b"old", 1, retained=True))
        reader = opened(stack, broker, wake_up, MqttSettings((("shop/a", 0),)))
        (old,) = reader.receive(5)
        writer.publish(MqttMessage("shop/a", b"new", 1, retained=True))
        (new,) = reader.receive(5)
    assert (old.payload, old.retained) == (b"old", True)
    assert (new.payload, new.retained) == (b"new", False)


def test_the_will_is_published_for_a_client_that_vanishes_and_not_for_one_that_leaves(
    broker: Mosquitto, wake_up: WakeUp
) -> None:
    will = MqttMessage("shop/status", b"gone", 1)
    with ExitStack() as stack:
        reader = opened(stack, broker, wake_up, MqttSettings((("shop/#", 1),)))
        with mqtt_client(("127.0.0.1", broker.port), None, wake_up, MqttSettings(will=will)) as leaves:
            assert leaves is not None
        with pytest.raises(OSError, match="cut"):
            vanish(broker, wake_up, MqttSettings(will=will))
        (said,) = reader.receive(5)
    assert (said.topic, said.payload) == ("shop/status", b"gone")


def test_a_quiet_connection_stays_open_beyond_the_keep_alive(broker: Mosquitto, wake_up: WakeUp) -> None:
    # keep alive is 2 s here, so the broker would close after 3 s without a ping
    with ExitStack() as stack:
        reader = opened(stack, broker, wake_up, MqttSettings((("a", 0),), ping_s=0.2, answer_s=1.0))
        began = time.monotonic()
        while time.monotonic() - began < 4:
            assert reader.receive(0.5) == []


def test_a_client_that_is_busy_for_some_time_is_not_lost(broker: Mosquitto, wake_up: WakeUp) -> None:
    # the answers to its pings wait in the socket
    with ExitStack() as stack:
        reader = opened(stack, broker, wake_up, MqttSettings((("a", 0),), ping_s=0.1, answer_s=0.3))
        for busy_s in (0.0, 0.5, 0.5, 0.0, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05):
            assert not threading.Event().wait(busy_s)
            assert reader.receive(0) == []


@pytest.mark.parametrize("way", ["kill", "freeze"])
def test_a_lost_broker_is_noticed(broker: Mosquitto, wake_up: WakeUp, way: str) -> None:
    with ExitStack() as stack:
        stack.callback(lambda: broker.thaw() if way == "freeze" else None)
        reader = opened(stack, broker, wake_up, MqttSettings((("a", 0),), ping_s=0.2, answer_s=0.3))
        getattr(broker, way)()
        began = time.monotonic()
        with pytest.raises((ConnectionLostError, OSError)):
            reader.receive(30)
        assert time.monotonic() - began < 3


def test_closing_the_driver_ends_a_wait(broker: Mosquitto, wake_up: WakeUp) -> None:
    with ExitStack() as stack:
        reader = opened(stack, broker, wake_up, MqttSettings((("a", 0),)))
        threading.Timer(0.1, wake_up.wake).start()
        began = time.monotonic()
        assert reader.receive(30) == []
        assert time.monotonic() - began < 10
    with mqtt_client(("127.0.0.1", broker.port), None, wake_up, MqttSettings()) as none:
        assert none is None


def test_a_message_that_is_too_large_ends_the_connection(broker: Mosquitto, wake_up: WakeUp) -> None:
    with ExitStack() as stack:
        reader = opened(stack, broker, wake_up, MqttSettings((("a", 0),), max_bytes=1000))
        opened(stack, broker, wake_up, MqttSettings()).publish(MqttMessage("a", bytes(2000), 1))
        with pytest.raises(ConnectionLostError, match="at most 1000"):
            reader.receive(5)


def test_users_and_passwords(tmp_path: Path, wake_up: WakeUp) -> None:
    broker = Mosquitto(tmp_path, {"store": "s3cret"})
    try:
        with ExitStack() as stack:
            opened(stack, broker, wake_up, MqttSettings((("shop/a", 0),), "store", "s3cret"))
        for settings in (MqttSettings((), "store", "wrong"), MqttSettings(())):
            with pytest.raises(ReaderRefusedError, match="this user") as refused, ExitStack() as stack:
                opened(stack, broker, wake_up, settings)
            assert "wrong" not in str(refused.value)
    finally:
        broker.kill()


def test_over_tls(tmp_path: Path, wake_up: WakeUp) -> None:
    made = identity(tmp_path)
    broker = Mosquitto(tmp_path, tls=made)
    try:
        address, settings = ("127.0.0.1", broker.port), MqttSettings((("a", 0),))
        with mqtt_client(address, made.client(), wake_up, settings) as reader:
            assert reader is not None
            reader.publish(MqttMessage("a", b"1", 1))
            assert [message.payload for message in reader.receive(5)] == [b"1"]
        with pytest.raises((ConnectionLostError, OSError)), mqtt_client(address, None, wake_up, settings):
            pass
    finally:
        broker.kill()


@contextmanager
def scripted_broker(*answers: bytes) -> Iterator[tuple[str, int]]:
    """Sends one answer for each packet of one client, whatever the packet is."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            link, _ = listener.accept()
            with link:
                for answer in answers:
                    link.recv(1000)
                    link.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()
        thread.join()


@pytest.mark.parametrize(
    ("answers", "error", "why"),
    [
        ([b"HTTP/1.1 400 Bad Request\r\n\r\n" + bytes(200)], ConnectionLostError, "MQTT"),
        ([b"\x20\x02\x00\x01"], ReaderRefusedError, "does not support MQTT 3.1.1"),
        ([b"\x20\x02\x00\x02"], ReaderRefusedError, "client id"),
        ([b"\x20\x02\x00\x63"], ReaderRefusedError, "code 99"),
        ([b"\x20\x02\x00\x00", b"\x90\x03\x00\x01\x80"], ReaderRefusedError, "to subscribe to shop/a"),
        ([b""], ConnectionLostError, "closed|no answer"),
        ([b"\x20\x02\x00\x00", b""], ConnectionLostError, "closed|no answer"),
    ],
)
def test_a_refusal_says_its_reason(
    wake_up: WakeUp, answers: list[bytes], error: type[Exception], why: str
) -> None:
    with (
        scripted_broker(*answers) as address,
        pytest.raises(error, match=why),
        mqtt_client(address, None, wake_up, MqttSettings((("shop/a", 0),))),
    ):
        pass


def test_client_ids_differ_and_every_broker_accepts_them() -> None:
    made = {client_id() for _ in range(100)}
    assert len(made) == 100
    assert all(name.isalnum() and name.isascii() and len(name) <= 23 for name in made)
