"""Whether web hooks for events deliver, for the health report and the alarms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.clock import US

LATE_US: Final = 300 * US
"""Failed tries count as a fault when the oldest event that waits is older than this: a receiver may be restarted."""


@dataclass(frozen=True, slots=True)
class HookHealth:
    """A web hook of the configuration.

    `usable`: its key file and address can be used; if not, nothing is sent. `gone`: it has answered 410. `tries`:
    failed tries of the oldest event that waits; `oldest_us`: when that happened, microseconds since 1970, None if none
    waits. `dead`: events that were given up.
    """

    name: str
    usable: bool = True
    gone: bool = False
    tries: int = 0
    oldest_us: int | None = None
    dead: int = 0

    def failing(self, now_us: int) -> bool:
        """Whether somebody must act."""
        late = self.tries > 0 and self.oldest_us is not None and now_us - self.oldest_us >= LATE_US
        return not self.usable or self.gone or self.dead > 0 or late
