"""The simulated reader as a machine: one thread, its sockets, its clock. Words stand in `reader_dialogue`, tags in
`field`; `reader` is how it is started and commanded."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable

from hardware.errors import LlrpFrameError
from hardware.llrp.constants import ConnectionStatus
from hardware.llrp.frames import Framer
from hardware.sim.radio.control import Command, ControlPort, Reply, execute_command
from hardware.sim.radio.field import Tag, TagField
from hardware.sim.radio.llrp_protocol import ReaderMemory, ReaderModel, ReaderProtocol
from hardware.sim.radio.sockets import ClientConnection, listen

# reads are gathered this long before they are sent, so that 10,000 a second do not mean 10,000 packets
_GATHER_S = 0.004
# a client that leaves so many keep-alives unanswered is taken for gone
_PATIENCE = 6


class LlrpServer:
    """Every method is called in the thread of `run`, the making apart."""

    def __init__(
        self, model: ReaderModel, *, host: str, port: int, control_port: int | None, seed: int
    ) -> None:
        self.model = model
        self.field = TagField(seed)
        self.memory = ReaderMemory()
        self.connections = 0
        self.host = host
        self.ears = selectors.DefaultSelector()
        self._listener: socket.socket | None = listen(host, port)
        self.port: int = self._listener.getsockname()[1]
        self._control = (
            None if control_port is None else ControlPort(self.ears, host, control_port, self.execute_command)
        )
        self._client: ClientConnection | None = None
        self._side: ReaderProtocol | None = None
        self._framer = Framer()
        self._frozen = self._quitting = False
        self._next_keepalive = self._next_report = 0.0
        self._hear_callers()

    @property
    def control_port(self) -> int | None:
        return self._control.port if self._control else None

    def execute_command(self, order: Command) -> Reply:
        """Carries out one order of the control port."""
        return execute_command(self, order)

    def run(self) -> None:
        """Serves until told to quit."""
        try:
            while not self._quitting:
                for key, events in self.ears.select(self._patience()):
                    ready: Callable[[int], None] = key.data
                    ready(events)
                self._work(time.monotonic())
        finally:
            self.put_away()

    def _patience(self) -> float | None:
        if self._frozen or self._side is None:
            return None
        now = time.monotonic()
        due = [now + 1.0]
        if self.memory.keepalive_ms:
            due.append(self._next_keepalive)
        reading = self.field.next_due()
        if reading is not None and self._side.reporting:
            due.append(max(reading, self._next_report))
        return max(0.0, min(due) - now)

    def _work(self, now: float) -> None:
        if self._frozen or self._side is None or self._client is None:
            return
        if self._side.reporting and now >= self._next_report:
            self._next_report = now + _GATHER_S
            seen = self.field.read(now, self._stamp_us(), self._side.antennas)
            if seen:
                self._client.send(self._side.reports(seen))
        if self.memory.keepalive_ms and now >= self._next_keepalive:
            self._next_keepalive = now + self.memory.keepalive_ms / 1000
            if self._side.unacknowledged >= _PATIENCE:
                self._client.close()
            else:
                self._client.send(self._side.keepalive())
        if not self._client.open:
            self._hang_up()

    def _stamp_us(self) -> int:
        if self.model.uptime:
            return time.monotonic_ns() // 1000
        return time.time_ns() // 1000 + self.model.clock_skew_us

    def _hear_callers(self) -> None:
        if self._listener is not None:
            self.ears.register(self._listener, selectors.EVENT_READ, self._called)

    def _called(self, _: int) -> None:
        if self._listener is None:
            return
        try:
            link, _address = self._listener.accept()
        except OSError:
            return
        if self._client is not None:
            other = ClientConnection(self.ears, link, lambda other, _chunk: other.close())
            status = ConnectionStatus.CLIENT_CONNECTION_EXISTS
            other.send(ReaderProtocol(self.model, ReaderMemory()).connection_event(self._stamp_us(), status))
            other.finish()
            return
        self.connections += 1
        self._framer = Framer()
        self._side = ReaderProtocol(self.model, self.memory)
        self._client = ClientConnection(self.ears, link, self._heard)
        self._next_keepalive = time.monotonic() + self.memory.keepalive_ms / 1000
        self._client.send(self._side.connection_event(self._stamp_us()))

    def _heard(self, link: ClientConnection, chunk: bytes) -> None:
        side = self._side
        if side is None or link is not self._client:
            link.close()
            return
        try:
            frames = self._framer.feed(chunk) if chunk else []
            for frame in frames:
                link.send(side.received(frame))
        except LlrpFrameError:
            chunk = b""
        if not chunk or side.closing or not link.open:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._client is not None:
            self._client.finish()
        self._client = self._side = None

    # what the control port can ask for; only ever called in the reader's own thread

    def lay(self, tag: Tag) -> None:
        self.field.place(tag, time.monotonic())

    def pull(self) -> None:
        """The cable is out: connections drop, new ones are refused."""
        if self._listener is not None:
            if self._listener in self.ears.get_map():
                self.ears.unregister(self._listener)
            self._listener.close()
            self._listener = None
        self._hang_up()

    def freeze(self) -> None:
        """Says and hears nothing any more; TCP itself stands."""
        self._frozen = True
        if self._listener is not None and self._listener in self.ears.get_map():
            self.ears.unregister(self._listener)
        if self._client is not None:
            self._client.pause()

    def plug(self) -> None:
        """Well again, after `pull` or `freeze`."""
        if self._listener is None:
            self._listener = listen(self.host, self.port)
            self._hear_callers()
        elif self._frozen:
            self._hear_callers()
        self._frozen = False
        if self._client is not None:
            self._client.resume()

    def restart(self) -> None:
        """Loses its connection and its memory, and is back at once."""
        if self._client is not None and self._side is not None:
            self._client.send(self._side.closing_messages(self._stamp_us()))
        self._hang_up()
        self.memory = ReaderMemory()

    def quit(self) -> None:
        self._quitting = True

    def put_away(self) -> None:
        self.pull()
        if self._control is not None:
            self._control.close()
        self.ears.close()
