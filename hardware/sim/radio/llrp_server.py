"""Server loop of the simulated LLRP reader: one thread with sockets and clock.

The protocol is in `llrp_protocol`, the tags in `field`; `llrp_reader` starts and controls the reader.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from collections.abc import Callable

from hardware.errors import LlrpFrameError
from hardware.llrp.encoding.constants import ConnectionStatus, MessageType
from hardware.llrp.encoding.frames import Framer, LlrpFrame
from hardware.sim.radio.control import Command, ControlPort, Reply, execute_command
from hardware.sim.radio.field import Tag, TagField
from hardware.sim.radio.llrp_model import ReaderMemory, ReaderModel, RospecState
from hardware.sim.radio.llrp_protocol import ReaderProtocol
from hardware.sim.radio.sockets import ClientConnection, listen

# reads are collected this long before they are sent, so that 10,000 reads per second are not 10,000 packets
_REPORT_INTERVAL_S = 0.004


class LlrpServer:
    """One simulated reader. All methods except the constructor are called in the thread of `run`."""

    def __init__(
        self, model: ReaderModel, *, host: str, port: int, control_port: int | None, seed: int
    ) -> None:
        self.model = model
        self.field = TagField(seed)
        self.memory = ReaderMemory.of(model)
        self.connections = 0
        self.host = host
        self.selector = selectors.DefaultSelector()
        self._listener: socket.socket | None = listen(host, port)
        self.port: int = self._listener.getsockname()[1]
        self._control = (
            None
            if control_port is None
            else ControlPort(self.selector, host, control_port, self.execute_command)
        )
        self._client: ClientConnection | None = None
        self._protocol: ReaderProtocol | None = None
        self._framer = Framer()
        # frames that are not yet answered, and when the answer to the first one is ready
        self._frames: deque[LlrpFrame] = deque()
        self._answer_at: float | None = None
        # when a client whose cable was cut is forgotten
        self._dead_until: float | None = None
        self._frozen = self._is_cut = self._quitting = False
        self._next_keepalive = self._next_report = 0.0
        self._listen()

    @property
    def control_port(self) -> int | None:
        return self._control.port if self._control else None

    def execute_command(self, command: Command) -> Reply:
        """Executes one command of the control port."""
        return execute_command(self, command)

    def run(self) -> None:
        """Serves until the command `quit`."""
        try:
            while not self._quitting:
                for key, events in self.selector.select(self._timeout_s()):
                    ready: Callable[[int], None] = key.data
                    ready(events)
                self._send_due(time.monotonic())
        finally:
            self.release()

    def _timeout_s(self) -> float | None:
        if (self._frozen and not self._is_cut) or self._protocol is None:
            return None
        now = time.monotonic()
        due = [now + 3600.0]
        if self._answer_at is not None and not self._is_unreachable():
            due.append(self._answer_at)
        if self._dead_until is not None:
            due.append(self._dead_until)
        if self.memory.keepalive_ms:
            due.append(self._next_keepalive)
        if self._protocol.reporting and not self._frozen:
            at = self.field.next_due()
            if at is not None:
                due.append(max(at, self._next_report))
        return max(0.0, min(due) - now)

    def _send_due(self, now: float) -> None:
        if self._frozen and not self._is_cut:
            return
        self._answer_due(now)
        if self._protocol is not None and self._client is not None:
            self._report_due(now, self._protocol, self._client)
        if self._protocol is not None and self._client is not None:
            self._keepalive_due(now, self._protocol, self._client)

    def _report_due(self, now: float, protocol: ReaderProtocol, client: ClientConnection) -> None:
        if protocol.reporting and now >= self._next_report and not self._is_unreachable():
            self._next_report = now + _REPORT_INTERVAL_S
            tags = self.field.read(now, self._stamp_us(), protocol.antennas, protocol.silencing_session)
            if tags:
                client.send(protocol.reports(tags))
        if not client.open or (self._dead_until is not None and now >= self._dead_until):
            self._disconnect()

    def _keepalive_due(self, now: float, protocol: ReaderProtocol, client: ClientConnection) -> None:
        """Sends a keep-alive. Impinj's link monitor closes the connection after so many unanswered ones."""
        if not self.memory.keepalive_ms or now < self._next_keepalive:
            return
        self._next_keepalive = now + self.memory.keepalive_ms / 1000
        if self.memory.link_monitor and protocol.unacknowledged >= self.memory.link_monitor:
            self._disconnect()
            return
        raw = protocol.keepalive()
        if not self._is_unreachable():
            client.send(raw)

    def _is_unreachable(self) -> bool:
        return self._frozen or self._dead_until is not None

    def _answer_due(self, now: float) -> None:
        """Answers the received frames in turn, each after the time that the reader needs for it."""
        while self._frames and self._protocol is not None and self._client is not None:
            if self._answer_at is None:
                self._answer_at = now + self._protocol.delay_s(self._frames[0])
            if now < self._answer_at or self._is_unreachable():
                return
            self._answer_at = None
            try:
                self._client.send(self._protocol.received(self._frames.popleft()))
            except LlrpFrameError:
                self._disconnect()
                return
            if self._protocol.closing or not self._client.open:
                self._disconnect()

    def _stamp_us(self) -> int:
        if self.model.uptime:
            return time.monotonic_ns() // 1000
        return time.time_ns() // 1000 + self.model.clock_skew_us

    def _listen(self) -> None:
        if self._listener is not None:
            self.selector.register(self._listener, selectors.EVENT_READ, self._accept)

    def _accept(self, _: int) -> None:
        if self._listener is None:
            return
        try:
            link, _address = self._listener.accept()
        except OSError:
            return
        if self._client is not None:
            other = ClientConnection(self.selector, link, lambda other, _chunk: other.close())
            status = ConnectionStatus.CLIENT_CONNECTION_EXISTS
            protocol = ReaderProtocol(self.model, ReaderMemory.of(self.model))
            other.send(protocol.connection_event(self._stamp_us(), status))
            other.finish()
            return
        self.connections += 1
        self._framer = Framer()
        self._protocol = ReaderProtocol(self.model, self.memory)
        self._client = ClientConnection(self.selector, link, self._on_received)
        self._next_keepalive = time.monotonic() + self.memory.keepalive_ms / 1000
        self._client.send(self._protocol.connection_event(self._stamp_us()))

    def _on_received(self, link: ClientConnection, chunk: bytes) -> None:
        protocol = self._protocol
        if protocol is None or link is not self._client:
            link.close()
            return
        try:
            for frame in self._framer.feed(chunk) if chunk else []:
                if frame.message_type == MessageType.KEEPALIVE_ACK:
                    # never behind a slow answer
                    protocol.received(frame)
                else:
                    self._frames.append(frame)
        except LlrpFrameError:
            chunk = b""
        self._answer_due(time.monotonic())
        if not chunk:
            self._disconnect()

    def _disconnect(self) -> None:
        if self._client is not None:
            self._client.finish()
        self._client = self._protocol = self._answer_at = self._dead_until = None
        self._frames.clear()

    # commands of the control port

    def place_tag(self, tag: Tag) -> None:
        self.field.place(tag, time.monotonic())

    def pull(self) -> None:
        """Closes all connections and refuses new ones."""
        if self._listener is not None:
            if self._listener in self.selector.get_map():
                self.selector.unregister(self._listener)
            self._listener.close()
            self._listener = None
        self._disconnect()

    def freeze(self) -> None:
        """Keeps connections open, but sends and receives nothing."""
        self._frozen = True
        if self._listener is not None and self._listener in self.selector.get_map():
            self.selector.unregister(self._listener)
        if self._client is not None:
            self._client.pause()

    def cut(self) -> None:
        """Like a cable that is cut: nothing passes, and the reader does not notice that its client is gone."""
        self.freeze()
        self._is_cut = True

    def set_antenna(self, port: int, *, connected: bool) -> None:
        """Connects or disconnects the antenna of a port; the reader sends an event."""
        if connected:
            self.memory.disconnected.discard(port)
        else:
            self.memory.disconnected.add(port)
        self._send_event(antenna=(port, connected))

    def report_fault(self, text: str) -> None:
        """Sends an event about a fault of the reader."""
        self._send_event(exception=text)

    def stop_inventory(self) -> None:
        """Stops all ROSpecs, as a person can on a reader's own page; the reader sends an event for each."""
        for number, state in self.memory.states.items():
            if state is RospecState.ACTIVE:
                self.memory.states[number] = RospecState.INACTIVE
                self._send_event(ended_rospec=number)

    def _send_event(
        self,
        *,
        antenna: tuple[int, bool] | None = None,
        exception: str | None = None,
        ended_rospec: int | None = None,
    ) -> None:
        if self._client is not None and self._protocol is not None and not self._is_unreachable():
            event = self._protocol.event(
                self._stamp_us(), antenna=antenna, exception=exception, ended_rospec=ended_rospec
            )
            self._client.send(event)

    def plug(self) -> None:
        """Ends `pull`, `freeze` or `cut`. After `cut` the reader still keeps its client, which is gone."""
        if self._listener is None:
            self._listener = listen(self.host, self.port)
            self._listen()
        elif self._frozen:
            self._listen()
        self._frozen = False
        if self._is_cut:
            self._is_cut = False
            if self._client is not None:
                self._dead_until = time.monotonic() + self.model.keeps_dead_client_s
        elif self._client is not None:
            self._client.resume()

    def restart(self) -> None:
        """Closes its connection and deletes ROSpecs and configuration; accepts connections at once."""
        if self._client is not None and self._protocol is not None:
            self._client.send(self._protocol.connection_close_event(self._stamp_us()))
        self._disconnect()
        self.memory = ReaderMemory.of(self.model)

    def quit(self) -> None:
        self._quitting = True

    def release(self) -> None:
        self.pull()
        if self._control is not None:
            self._control.close()
        self.selector.close()
