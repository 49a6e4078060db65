"""Messages to systemd over its socket: ready, alive, stopping (sd_notify(3)). Without systemd nothing is sent."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from typing import Final

READY: Final = "READY=1"
STOPPING: Final = "STOPPING=1"
ALIVE: Final = "WATCHDOG=1"
_MICROSECONDS: Final = 1_000_000
_SEND_TIMEOUT_S: Final = 0.5


class ServiceManager:
    """The service manager that started this process. Safe from any thread; a message that cannot be sent is dropped.

    `address`: path of its datagram socket, or `@name` of an abstract one; empty for none. `watchdog_s`: it ends the
    process if no ALIVE arrives for so many seconds; 0 if it does not.
    """

    def __init__(self, address: str = "", watchdog_s: float = 0.0) -> None:
        self._address, self.watchdog_s = address, watchdog_s

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> ServiceManager:
        """The one that the environment names. WATCHDOG_PID is not compared: the mirror is a child of its compositor."""
        limit = environment.get("WATCHDOG_USEC", "")
        watchdog_s = int(limit) / _MICROSECONDS if limit.isascii() and limit.isdigit() else 0.0
        return cls(environment.get("NOTIFY_SOCKET", ""), watchdog_s)

    @property
    def report_every_s(self) -> float:
        """Interval of the reports: a quarter of the watchdog's limit; 0 for none."""
        return self.watchdog_s / 4

    def notify(self, message: str) -> None:
        """Send READY, STOPPING or ALIVE."""
        if not self._address:
            return
        # an abstract address begins with a zero byte
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as link:
                link.settimeout(_SEND_TIMEOUT_S)
                link.sendto(message.encode("ascii"), address)
        except OSError:
            # systemd itself is being replaced, or there is none any more; the next report follows
            return


class ProgressReport:
    """Reports ALIVE while a counter goes up.

    `count` gives the number of completed rounds of a loop. A loop that hangs completes none, so nothing is reported,
    and the service manager replaces the process.
    """

    def __init__(self, manager: ServiceManager, count: Callable[[], int]) -> None:
        self._manager, self._count = manager, count
        self._reported = -1

    def look(self) -> None:
        """Report if the loop has gone on since the last call."""
        count = self._count()
        if count != self._reported:
            self._reported = count
            self._manager.notify(ALIVE)
