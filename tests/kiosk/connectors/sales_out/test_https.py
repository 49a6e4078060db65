"""Documents by HTTPS: signed, with their id as idempotency key, on one connection; what each answer means."""

from __future__ import annotations

import hashlib
import hmac
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk.connectors.ca_files import trusting
from kiosk.connectors.sales_out.back_off import LONGEST_S, MAX_ASKED_S, wait_s
from kiosk.connectors.sales_out.https import HttpsDestination
from kiosk.connectors.sales_out.port import (
    DestinationLostError,
    Document,
    DocumentRefusedError,
    NoDestinationError,
)
from kiosk.connectors.web_hooks.checked_call import CheckedConnection
from kiosk.connectors.web_hooks.https_hook import HookPlace
from tests.kiosk.connectors.sales_out.erp import BREAKS, KEY, TAKES_AND_BREAKS, Erp, erp


def document(number: int) -> Document:
    return Document(
        f"sale.o{number}.{number:06d}", "sale", number, b'{"id":"sale.o%d.%06d"}' % (number, number)
    )


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Erp]:
    with erp(tmp_path / "erp") as found:
        yield found


@pytest.fixture
def destination(at: Erp) -> Iterator[HttpsDestination]:
    found = HttpsDestination(at.place(), lambda: 1_790_000_000.0)
    yield found
    found.close()


def test_documents_arrive_signed_in_order_on_one_connection(at: Erp, destination: HttpsDestination) -> None:
    for number in range(1, 21):
        destination.take([document(number)])
    assert list(at.taken) == [document(n).document_id for n in range(1, 21)]
    assert at.connections == 1, "planted: a connection for each document has 20 handshakes"
    headers, body = at.calls[0]
    mac = hmac.digest(KEY.encode(), b"1790000000." + body, hashlib.sha256).hex()
    assert headers["Cheval-Signature"] == f"t=1790000000,v1={mac}"
    assert headers["Cheval-Id"] == headers["Idempotency-Key"] == "sale.o1.000001"


def test_head_and_body_wait_for_no_acknowledgement(at: Erp) -> None:
    """Otherwise each document of a lasting connection takes 40 ms more: 5,000 took 248 s instead of 26 s."""
    place = at.place()
    connection = CheckedConnection(urlsplit(at.url), place.network, 10.0, trusting(place.ca_file))
    connection.connect()
    try:
        assert connection.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
    finally:
        connection.close()


@pytest.mark.parametrize("status", [200, 202, 204, 409])
def test_taken_now_or_before(at: Erp, destination: HttpsDestination, status: int) -> None:
    at.script.append(status)
    destination.take([document(1)])
    assert len(at.calls) == 1


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 410, 413, 422])
def test_what_is_refused_waits_for_a_person(at: Erp, destination: HttpsDestination, status: int) -> None:
    at.script.append(status)
    with pytest.raises(DocumentRefusedError, match=f"the receiver answers {status}"):
        destination.take([document(1)])


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_what_passes_is_tried_again(at: Erp, destination: HttpsDestination, status: int) -> None:
    at.script.append(status)
    at.retry_after = "7"
    with pytest.raises(DestinationLostError, match=f"the receiver answers {status}") as raised:
        destination.take([document(1)])
    assert raised.value.wait_s == 7


@pytest.mark.parametrize(
    ("header", "wanted_s"),
    [("", 0), ("soon", 0), ("-5", 0), ("120", 120), ("Mon, 21 Sep 2026 14:14:20 GMT", 60), ("9" * 400, 999_999_999)],
)  # fmt: skip
def test_what_the_receiver_asks_for(
    at: Erp, destination: HttpsDestination, header: str, wanted_s: float
) -> None:
    at.script.append(503)
    at.retry_after = header
    with pytest.raises(DestinationLostError) as raised:
        destination.take([document(1)])
    assert raised.value.wait_s == wanted_s


def test_a_connection_that_the_receiver_has_closed_is_opened_again(
    at: Erp, destination: HttpsDestination
) -> None:
    destination.take([document(1)])
    at.script.append(BREAKS)
    destination.take([document(2)])
    assert (list(at.taken), at.connections) == (["sale.o1.000001", "sale.o2.000002"], 2)


def test_an_answer_that_was_lost_brings_the_document_again(at: Erp, destination: HttpsDestination) -> None:
    at.script.append(TAKES_AND_BREAKS)
    with pytest.raises(DestinationLostError):
        destination.take([document(1)])
    destination.take([document(1)])
    assert (len(at.calls), list(at.taken)) == (2, ["sale.o1.000001"])
    assert at.calls[0][1] == at.calls[1][1]


def test_a_slow_receiver_is_left_in_time(at: Erp) -> None:
    at.pause_s = 20.0
    destination = HttpsDestination(at.place(timeout_s=0.3))
    with pytest.raises(DestinationLostError, match="does not answer in time"):
        destination.take([document(1)])
    destination.close()
    at.ended.set()


def test_nobody_listens_while_a_receiver_is_started_again(at: Erp, free_port: Callable[[], int]) -> None:
    away = replace(at.place(), url=f"https://127.0.0.1:{free_port()}/sales")
    destination = HttpsDestination(away)
    with pytest.raises(DestinationLostError, match="refuses the connection"):
        destination.take([document(1)])
    destination.close()


def test_a_configuration_that_cannot_be_used(at: Erp, tmp_path: Path) -> None:
    with pytest.raises(NoDestinationError):
        HttpsDestination(HookPlace("https://127.0.0.1/", tmp_path / "none.key"))
    with pytest.raises(NoDestinationError, match="without TLS"):
        HttpsDestination(HookPlace("http://127.0.0.1/", at.key_file))


def test_waits_grow_to_a_limit_and_jitter_leaves_out_at_most_half() -> None:
    waits = [wait_s(tries, 0.0) for tries in range(1, 9)]
    assert waits == [0.5, 1, 2, 4, 8, 15, 15, 15]
    assert [wait_s(n, 1.0) for n in range(1, 9)] == [w / 2 for w in waits]
    assert wait_s(10**6, 0.0) == LONGEST_S
    assert (wait_s(1, 1.0, 60.0), wait_s(1, 0.0, 1e9)) == (60.0, MAX_ASKED_S)
