"""Addresses of Impinj readers that post to this computer, with a simulated reader."""

from __future__ import annotations

import http.client
import re
from base64 import b64encode
from contextlib import ExitStack, suppress
from pathlib import Path

from hardware.ports import NoteKind, ReaderDown, ReaderNote, TagReads
from tests.hardware.drivers.impinj_scene import (
    EPC,
    event,
    free_port,
    hook_uri,
    reader_of,
    reads,
    secret,
    started,
)
from tests.hardware.network.tls_front import Identity


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
    assert (notes[0].kind, "wrong path, user or password" in notes[0].text) == (NoteKind.REPORTS, True)


def test_a_loss_names_refused_requests(cleanup: ExitStack, tmp_path: Path) -> None:
    port = free_port()
    password = secret(tmp_path, "hook", "s3cret")
    facts = started(
        cleanup,
        f"impinj+hook://shelf-reader?listen=127.0.0.1:{port}&control=no&hook_password_file={password}&silence_s=3",
    )
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    while client.sock is None:
        with suppress(ConnectionRefusedError):
            client.connect()
    client.request("GET", "/")
    assert client.getresponse().status == 401
    client.close()
    (down,) = facts.wait_count(ReaderDown)
    assert "wrong path, user or password" in down.why


def test_a_reader_with_the_older_api_has_no_web_hooks(
    cleanup: ExitStack, tmp_path: Path, certificate: Identity
) -> None:
    sim = reader_of(cleanup, certificate.server(), webhooks=False)
    password = secret(tmp_path, "readers", "impinj")
    facts = started(cleanup, hook_uri(sim, certificate, password))
    (down,) = facts.wait_count(ReaderDown)
    assert "no web hooks (API 1.7)" in down.why
