"""Driver of Zebra readers that post their events to this computer (`zebra+hook://`).

The retailer maps the reader's Tag Data Interface, and the Management Events Interface if wanted, to an endpoint of the
type HTTP POST with basic authentication (IoT Connector, schema "HTTP Post"). The reader posts a batch every 2 s unless
its reporting interval is set to 0.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from hardware.network.http.hook_listener import HookLimits, HookListener
from hardware.network.http.hook_requests import HookAccess
from hardware.zebra.errors import WrongAccessError
from hardware.zebra.pushed_reader import ControlledReader, Next, PushedReader, PushSettings
from hardware.zebra.settings import MAX_MESSAGE_BYTES

_WRONG_ACCESS: Final = "path, user and password must be those of the reader's HTTP POST endpoint"


@dataclass(frozen=True, slots=True)
class HookPlace:
    """Where the reader posts to: the driver listens on `listen`, with `tls` over HTTPS, and accepts requests to `path`
    with this user and password only."""

    listen: tuple[str, int]
    path: str
    user: str
    password: str = field(repr=False)
    tls: ssl.SSLContext | None = None
    limits: HookLimits = field(default_factory=HookLimits)


class ZebraHookReader(PushedReader):
    """A `TagReader` over a web hook."""

    def __init__(
        self, name: str, place: HookPlace, push: PushSettings, reader: ControlledReader | None = None
    ) -> None:
        super().__init__(name, push, reader)
        self._place = place
        self._refused = False

    @contextmanager
    def _messages(self) -> Iterator[Next | None]:
        place = self._place
        access = replace(
            HookAccess.basic(place.path, place.user, place.password), max_body_bytes=MAX_MESSAGE_BYTES
        )
        listener = HookListener(place.listen, access, self._wake_up, place.tls, place.limits)
        bodies: list[bytes] = []

        def on_post(body: bytes) -> int:
            # a body that is not understood would be sent again without end: it is accepted, and noted
            bodies.append(body)
            return 200

        def on_refused(status: int) -> None:
            self._refused = self._refused or status in (401, 404)

        def next_bodies(seconds: float) -> list[bytes]:
            listener.serve(seconds, on_post, on_refused)
            taken = bodies.copy()
            bodies.clear()
            return taken

        try:
            yield None if self._stop.is_set() else next_bodies
        finally:
            listener.close()

    def _refusal(self) -> WrongAccessError | None:
        refused, self._refused = self._refused, False
        return WrongAccessError(f"requests were refused: {_WRONG_ACCESS}") if refused else None
