"""Pushes over real TLS to a service that checks them, misbehaves, and may not be in the shop's own network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest

from kiosk.connectors.web_hooks.host_rule import Network
from kiosk.connectors.web_push.https_push import (
    BadEndpointError,
    HttpsPush,
    Outcome,
    PushAddress,
    PushMessage,
    PushPlace,
    after_s,
    checked_endpoint,
)
from kiosk.connectors.web_push.vapid import new_vapid_pem, vapid_key
from tests.kiosk.connectors.web_push.push_service import NOW_S, SILENT, PushService, push_service

CONTACT = "mailto:it@shop.example"
KEY = vapid_key(new_vapid_pem())
MESSAGE = PushMessage(b'{"title": "A request in Room 3"}', "r-1", 120)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[PushService]:
    with push_service(tmp_path) as found:
        yield found


def sender(
    service: PushService, network: Network = Network.THIS_COMPUTER, timeout_s: float = 20.0
) -> HttpsPush:
    return HttpsPush(PushPlace(CONTACT, network, service.ca_file, timeout_s), KEY, lambda: NOW_S)


def test_a_push_is_signed_encrypted_and_opened_by_the_browser_alone(service: PushService) -> None:
    browser = service.browser()
    assert sender(service).send(browser.address(), MESSAGE).outcome is Outcome.TAKEN
    assert service.of(browser) == [{"title": "A request in Room 3"}]
    (push,) = service.pushes
    assert (push.headers["ttl"], push.headers["topic"], push.headers["urgency"]) == ("120", "r-1", "high")
    assert (service.keys, service.wrong) == ({KEY.public}, [])
    assert b"Room 3" not in push.body


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.TAKEN), (202, Outcome.TAKEN), (404, Outcome.GONE), (410, Outcome.GONE), (400, Outcome.REFUSED),
        (401, Outcome.REFUSED), (403, Outcome.REFUSED), (413, Outcome.REFUSED), (301, Outcome.REFUSED),
        (307, Outcome.REFUSED), (429, Outcome.LATER), (500, Outcome.LATER), (503, Outcome.LATER),
    ],
)  # fmt: skip
def test_each_answer_has_one_meaning_and_no_redirect_is_followed(
    service: PushService, status: int, outcome: Outcome
) -> None:
    service.script.append((status, "7"))
    found = sender(service).send(service.browser().address(), MESSAGE)
    assert (found.outcome, found.after_s) == (outcome, 7.0 if outcome is Outcome.LATER else 0.0)
    assert len(service.pushes) == 1


def test_a_silent_service_costs_the_time_of_one_call(service: PushService) -> None:
    service.script.append(SILENT)
    found = sender(service, timeout_s=0.3).send(service.browser().address(), MESSAGE)
    assert found.outcome is Outcome.LATER
    assert service.url not in found.why


def test_a_service_with_an_unknown_certificate_gets_nothing(service: PushService) -> None:
    place = PushPlace(CONTACT, Network.THIS_COMPUTER)
    found = HttpsPush(place, KEY).send(service.browser().address(), MESSAGE)
    assert (found.outcome, service.pushes) == (Outcome.LATER, [])
    assert "certificate" in found.why


@pytest.mark.parametrize("network", [Network.PUBLIC, Network.PRIVATE])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_name_or_number_of_this_computer_is_not_called(
    service: PushService, network: Network, host: str
) -> None:
    browser = service.browser()
    browser.endpoint = browser.endpoint.replace("127.0.0.1", host)
    found = sender(service, network).send(browser.address(), MESSAGE)
    assert found.outcome is not Outcome.TAKEN
    assert ("does not allow" in found.why, service.pushes) == (True, [])


def test_planted_without_the_rule_a_strange_address_is_called(service: PushService) -> None:
    """The same address, with the network that the rule would have to keep out: the push arrives."""
    browser = service.browser()
    sender(service, Network.THIS_COMPUTER).send(browser.address(), MESSAGE)
    assert len(service.pushes) == 1


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/a", "ftp://push.example/a", "https://", "https:///a", "https://user@push.example/a",
        "https://push.example/a#b", "https://10.0.0.5/a", "https://192.168.1.1/a", "https://127.0.0.1/a",
        "https://[::1]/a", "https://169.254.169.254/latest", "https://[::ffff:10.0.0.5]/a", "https://push.example:x/a",
        "https://push.example:99999/a", "https://push.example/a b", "https://push.example/\r\nX: y", "javascript:1",
        "https://push.exämple/a", "https://push.example/" + "a" * 1100, "",
    ],
)  # fmt: skip
def test_addresses_that_are_never_called(endpoint: str) -> None:
    with pytest.raises(BadEndpointError):
        checked_endpoint(endpoint, Network.PUBLIC)


@pytest.mark.parametrize("number", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_other_ways_to_write_a_number_lead_nowhere_either(service: PushService, number: str) -> None:
    browser = service.browser()
    browser.endpoint = browser.endpoint.replace("127.0.0.1", number)
    assert sender(service, Network.PUBLIC).send(browser.address(), MESSAGE).outcome is not Outcome.TAKEN
    assert service.pushes == []


def test_a_connection_that_is_refused_or_says_nonsense_is_tried_later(service: PushService) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as thread:
        endpoint = f"https://127.0.0.1:{server.getsockname()[1]}/a"
        to = replace(service.browser().address(), endpoint=endpoint)

        def nonsense() -> None:
            client, _ = server.accept()
            with client:
                client.sendall(b"HTTP/1.1 what\r\n\r\n")

        talking = thread.submit(nonsense)
        assert sender(service).send(to, MESSAGE).outcome is Outcome.LATER
        talking.result(20)
    assert sender(service).send(to, MESSAGE).outcome is Outcome.LATER


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", 0), ("12", 12), (" 3 ", 3), ("-5", 0), ("9" * 40, 300), ("soon", 0), ("1.5", 0), ("²", 0),
        (formatdate(NOW_S + 30, usegmt=True), 30), (formatdate(NOW_S - 30, usegmt=True), 0),
        ("Fri, 99 Foo 2026 00:00:00 GMT", 0),
    ],
)  # fmt: skip
def test_how_long_a_service_asks_to_wait(header: str, seconds: float) -> None:
    assert after_s(header, NOW_S) == seconds


def test_the_endpoint_and_its_secret_are_in_no_text(service: PushService) -> None:
    address: PushAddress = service.browser().address()
    assert "push/" not in repr(address)
    assert repr(address.keys.auth) not in repr(address)
