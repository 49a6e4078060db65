"""A sample shop that serves TLS on loopback, for tests."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.clock import now_us
from kiosk.pairing.store_tls import opener_of
from kiosk.store.api.server import HttpServer
from kiosk.store.compose_http import http_of
from kiosk.store.lifecycle import Store
from kiosk.store.settings import TlsSettings
from kiosk.store.tls.serving import ServingCertificates
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, sample_store, settings_in
from tests.optional_values import present


@dataclass(frozen=True, slots=True)
class TlsShop:
    """A store that answers over TLS at `url`, and its manual clock."""

    store: Store
    url: str
    clock: ManualClock

    @property
    def certificates(self) -> ServingCertificates:
        return present(self.store.certificates)

    @property
    def root(self) -> str:
        return self.certificates.root.pem

    @property
    def state(self) -> Path:
        return self.store.settings.state

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])


@contextmanager
def tls_shop(folder: Path, tls: TlsSettings | None = None, host: str = "127.0.0.1") -> Iterator[TlsShop]:
    """The shop; no thread of its own runs but that of its HTTP server."""
    # peers compare dates with the computer's clock
    clock = ManualClock(now_us())
    settings = replace(settings_in(folder), tls=tls or TlsSettings(), host=host)
    with sample_store(settings, clock, InProcessTerminal()) as store:
        server = HttpServer(http_of(store), host, 0, tls=present(store.certificates).context)
        server.open()
        assert server.wait_until_open()
        try:
            yield TlsShop(store, server.url, clock)
        finally:
            store.hub.close()
            # after this answer the server has seen the end of every connection before it
            opener_of(present(store.certificates).root.pem).open(
                f"{server.url}/api/v1/shop", timeout=10
            ).close()
            server.close(5)


def openssl(*words: str) -> subprocess.CompletedProcess[str]:
    """Runs OpenSSL, the peer that is not ours."""
    return subprocess.run(
        ["openssl", *words], input="Q\n", capture_output=True, text=True, timeout=30, check=False
    )
