"""Driver for Impinj readers that post their events to this computer (`impinj+hook://`).

The driver controls the reader as `hardware.impinj.reader` does and writes the configuration of its web hook, with a new
random password at each start. The reader posts a batch at least every 0.2 s, an empty one if it has no events, so a
lost reader is detected within 3 s. For a reader that the retailer configures, `silence_s` must be longer than its own
interval (eventBatchLingerMilliseconds).
Source: Impinj IoT device interface, OpenAPI document 1.7.0: EventWebhookConfiguration, WebhookStatus.
"""

from __future__ import annotations

import secrets
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from hardware.clock import now_us
from hardware.errors import ConnectionLostError, HardwareError, ReaderRefusedError
from hardware.impinj.control import API, Prepared, ReaderAddress, ReaderControl
from hardware.impinj.driver import ImpinjDriver, notes_of
from hardware.impinj.event_flow import EventFlow
from hardware.impinj.preset import PresetNote
from hardware.json_fields import as_object
from hardware.network.connection import open_connection
from hardware.network.host_names import host_and_port
from hardware.network.http.hook_listener import HookLimits, HookListener
from hardware.network.http.hook_requests import HookAccess
from hardware.network.http.rest_client import raise_for_status
from hardware.ports import NoteKind
from hardware.printable_text import printable
from hardware.supervision.network_reader import Post
from hardware.supervision.supervise import Backoff, error_reason
from hardware.watches.field_watch import FieldWatch

_PATH: Final = "/events"
_USER: Final = "reader"
# the reader posts this often, with events or without
_LINGER_MS: Final = 200
_BATCH: Final = 1000
# the smallest that the API allows: what is older than some seconds is not wanted
_READER_BUFFER: Final = 1000
_RETRY_S: Final = 1
_SERVE_S: Final = 0.25
# a reader is shown as lost until its first request; so long that is not said
_FIRST_S: Final = 4.0
# without an event for this time the reader's status is requested
_CHECK_S: Final = 2.0
_REFUSED: Final = (
    "requests with a wrong path, user or password were refused; check those of the reader, or whether another device "
    "posts to this port"
)


@dataclass(frozen=True, slots=True)
class HookSettings:
    """How the events are received. Times in seconds.

    The driver listens on `listen`, with `tls` over HTTPS. `url` is that place as the reader reaches it (without a
    path: with ours), "" for the address from which the driver reaches the reader. `verify` False lets the reader
    accept any certificate of ours. Only with `user` and `password` may events be posted; both are written to a
    controlled reader. A reader that posts nothing for `silence_s` is lost.
    """

    listen: tuple[str, int]
    tls: ssl.SSLContext | None = None
    url: str = ""
    verify: bool = True
    user: str = _USER
    password: str = field(default="", repr=False)
    silence_s: float = 3.0
    limits: HookLimits = field(default_factory=HookLimits)
    backoff: Backoff = field(default_factory=Backoff)


class ImpinjHookReader(ImpinjDriver):
    """A `TagReader` over a web hook; `reader` None: the retailer configures the reader."""

    def __init__(self, name: str, hook: HookSettings, reader: ReaderAddress | None) -> None:
        super().__init__(name, hook.backoff, reader.settings.antennas if reader is not None else ())
        self._hook = hook
        self._reader = reader
        self._listener: HookListener | None = None
        # whether this connection has refused a request
        self._has_refused = False
        self._password = hook.password or secrets.token_urlsafe(24)
        self._control = None if reader is None else ReaderControl(reader, self._wake_up)

    def _receive(self, post: FieldWatch, on_up: Callable[[], None]) -> None:
        hook = self._hook
        if self._listener is None:
            # stays open from one attempt to the next, so that no request of the reader is refused meanwhile
            access = HookAccess.basic(_PATH, hook.user, self._password)
            self._listener = HookListener(hook.listen, access, self._wake_up, hook.tls, hook.limits)
        flow = EventFlow(self._name)
        self._has_refused = False
        prepared = self._prepare(self._listener.port)
        self._follow(self._listener, flow, prepared, post, on_up)

    def _release(self) -> None:
        if self._listener is not None:
            self._listener.close()
        super()._release()

    def _prepare(self, port: int) -> Prepared | None:
        if self._control is None or self._reader is None:
            return None
        prepared = self._control.prepare()
        url = _with_path(self._hook.url) if self._hook.url else self._own_url(self._reader, port)
        answer = self._control.rest.send("GET", f"{API}/webhooks/event")
        if answer.status == 404:
            raise ReaderRefusedError(
                "its firmware has no web hooks (API 1.7); use impinj+https:// or impinj+mqtt://"
            )
        raise_for_status(answer, "to show its web hook")
        stored = answer.json()
        self._control.change("PUT", "/webhooks/event", self._configuration(url))
        before = str(as_object(stored.get("serverConfiguration")).get("url", ""))
        if not stored.get("active") or before == url:
            return prepared
        text = f"it posted to {printable(before)}, which was replaced by this computer"
        return prepared.with_note(PresetNote(NoteKind.SETTING, text))

    def _configuration(self, url: str) -> dict[str, Any]:
        """The web hook of the reader (EventWebhookConfiguration)."""
        server: dict[str, Any] = {
            "url": url,
            "authentication": {"username": self._hook.user, "password": self._password},
        }
        if self._hook.tls is not None:
            server["tls"] = {"verifyServer": self._hook.verify}
        return {
            "active": True,
            "serverConfiguration": server,
            "retry": {"enabled": True, "retryInitialSeconds": _RETRY_S, "retryMaxSeconds": _RETRY_S},
            "eventBatchLimit": _BATCH,
            "eventBatchLingerMilliseconds": _LINGER_MS,
            "eventBufferSize": _READER_BUFFER,
        }

    def _own_url(self, reader: ReaderAddress, port: int) -> str:
        """Our address on the reader's network: that of a connection to the reader."""
        with open_connection(
            (reader.host, reader.port), self._wake_up, reader.settings.connect_s, reader.tls
        ) as connection:
            host = "127.0.0.1" if connection is None else connection.local_host
        return f"http{'s' if self._hook.tls is not None else ''}://{host_and_port(host, port)}{_PATH}"

    def _follow(
        self,
        listener: HookListener,
        flow: EventFlow,
        prepared: Prepared | None,
        post: Post,
        on_up: Callable[[], None],
    ) -> None:
        facts = [] if prepared is None else notes_of(flow, prepared)
        bodies: list[bytes] = []
        refused: list[int] = []
        up = False
        last_post = last_event = time.monotonic()

        def on_post(body: bytes) -> int:
            # a body that is not understood would be sent again without end: it is accepted and noted
            bodies.append(body)
            return 200

        while not self._stop.is_set():
            listener.serve(_SERVE_S, on_post, refused.append)
            now, at_us, seen = time.monotonic(), now_us(), flow.seen
            if bodies:
                last_post = now
                if not up:
                    up = True
                    on_up()
            facts += flow.take_raw(bodies, at_us)
            bodies.clear()
            if 401 in refused or 404 in refused:
                facts += flow.lost(_REFUSED, at_us)
                self._has_refused = True
            refused.clear()
            for fact in facts if up else ():
                post(fact)
            facts = [] if up else facts
            self._check_stopped(self._control, flow)
            last_event = now if flow.seen > seen else last_event
            allowed_s = self._hook.silence_s if up else min(self._hook.silence_s, _FIRST_S)
            if now - last_post > allowed_s and not self._stop.is_set():
                raise ConnectionLostError(self._why_silent(flow, allowed_s))
            last_event = self._checked(flow, now, last_event)

    def _checked(self, flow: EventFlow, now: float, last_event: float) -> float:
        """Raises ConnectionLostError if by its status the reader does not read."""
        if self._stop.is_set():
            return last_event
        if self._control is None or self._reader is None or now - last_event < _CHECK_S:
            return last_event
        self._status(self._control, flow)
        return time.monotonic()

    def _why_silent(self, flow: EventFlow, silent_s: float) -> str:
        """The state of the reader's web hook, if the reader answers."""
        plain = f"no request for {silent_s:g} s"
        if self._has_refused:
            plain += f"; {_REFUSED}"
        if self._control is None:
            return f"{plain}; check the reader's power, its web hook (address, linger time) and the firewall"
        try:
            hook = as_object(self._status(self._control, flow).get("eventWebhookStatus"))
        except (HardwareError, OSError) as error:
            return f"{plain}; {error_reason(error)}"
        status, code = hook.get("status"), hook.get("httpStatusCode")
        if status == "network-error":
            return f"{plain}: the reader cannot reach this computer; check url=, the firewall and the certificate"
        if status is None:
            return plain
        return f"{plain}: its web hook is {printable(f'{status} {code}' if code else str(status))}"


def _with_path(url: str) -> str:
    """The address, with our path if it has none. Behind a proxy the path may be another."""
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    return url if path else f"{scheme}://{host}{_PATH}"
