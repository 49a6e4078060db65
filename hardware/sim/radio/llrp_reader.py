"""Simulated LLRP reader as an object: runs in a thread or in the caller, controlled by method calls or control port."""

from __future__ import annotations

import queue
import selectors
import socket
import threading

from hardware.sim.radio.control import Command, Reply
from hardware.sim.radio.llrp_model import ReaderModel
from hardware.sim.radio.llrp_server import LlrpServer


class SimLlrpReader(LlrpServer):
    """One simulated reader. `start` runs it in a thread, `run` in the caller's; `do` may be called from any thread."""

    def __init__(
        self,
        model: ReaderModel | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        control_port: int | None = None,
        seed: int = 0,
    ) -> None:
        super().__init__(model or ReaderModel(), host=host, port=port, control_port=control_port, seed=seed)
        self._commands: queue.SimpleQueue[tuple[Command, queue.SimpleQueue[Reply]]] = queue.SimpleQueue()
        self._wake_receiver, self._wake_sender = socket.socketpair()
        self._thread: threading.Thread | None = None
        self.selector.register(self._wake_receiver, selectors.EVENT_READ, self._execute_queued)

    @property
    def uri(self) -> str:
        return f"llrp://{self.host}:{self.port}"

    def start(self) -> SimLlrpReader:
        """Runs the reader in a thread of its own until `close`."""
        self._thread = threading.Thread(target=self.run, name=f"sim reader {self.port}", daemon=True)
        self._thread.start()
        return self

    def __enter__(self) -> SimLlrpReader:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def do(self, command: Command, timeout_s: float = 5.0) -> Reply:
        """Executes one command of the control port. Raises queue.Empty after the time-out."""
        reply: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self._commands.put((command, reply))
        self._wake_sender.send(b"!")
        return reply.get(timeout=timeout_s)

    def place(
        self, epc: str, antenna: int = 1, rssi_dbm: float = -55.0, rate_hz: float | None = None
    ) -> None:
        command: Command = {"do": "place", "epc": epc, "antenna": antenna, "rssi_dbm": rssi_dbm}
        self.do(command | ({"rate_hz": rate_hz} if rate_hz else {}))

    def close(self) -> None:
        """Ends the thread and closes all sockets."""
        if self._thread is None:
            self.release()
        elif self._thread.is_alive():
            self.do({"do": "quit"})
            self._thread.join()

    def _execute_queued(self, _: int) -> None:
        self._wake_receiver.recv(64)
        while not self._commands.empty():
            command, reply = self._commands.get()
            reply.put(self.execute_command(command))

    def release(self) -> None:
        super().release()
        self._wake_receiver.close()
        self._wake_sender.close()
