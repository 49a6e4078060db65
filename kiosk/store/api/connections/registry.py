"""Counts open connections, and decides which are admitted and which make room for others. No input or output.

Unknown callers are counted in all and by address, known ones (a mirror, a session) by caller. Where a limit is reached,
a new connection takes the place of the one that has waited longest for a request, of the address that has most. If none
of that address waits, it takes that of a request of it, if the address has more than the new one's; else that of one
that waits, of an address with as many as the new one's or more (for this computer: any). So strangers keep nobody out
who comes from another address, whatever they do with their connections; known callers lose none to them. Nor do new
connections from an address that has a known caller: a mirror opens several at once, and is unknown in each of them
until its TLS handshake has ended and its first request has arrived.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kiosk.clock import US
from kiosk.config.limits import ConnectionLimits
from kiosk.store.api.connections.notices import Limit, Notices
from kiosk.store.api.rate_limit import Rate, RateLimiter, origin_of

BURST_S: Final = 4
"""New connections of one address at once, in seconds of its rate."""
_NO_LIMIT: Final = Rate(burst=1e9, per_s=1e9)
LATELY_US: Final = 24 * 3600 * US
MAX_LATELY: Final = 1024
THIS_COMPUTER: Final = frozenset({"127.0.0.1", "::1"})


@dataclass(slots=True, eq=False)
class Connection:
    """An open connection. `drop` ends it at once; `caller` is empty while the caller is unknown.

    `address`: for IPv6 its /64 network.
    """

    address: str
    drop: Callable[[], None]
    caller: str = ""
    groups: tuple[_Group, ...] = ()


@dataclass(slots=True, eq=False)
class _Group:
    """Connections that are counted together, the oldest first; `waiting`: those without a request in progress."""

    limit: int
    local: bool = False
    """Those of this computer."""
    all: dict[Connection, None] = field(default_factory=dict)
    waiting: dict[Connection, None] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        return len(self.all) >= self.limit


class Registry:
    """All connections of a server. `total`: the limit in all. `now_us`: a monotonic clock. To be used on one thread."""

    def __init__(
        self, limits: ConnectionLimits, total: int, notices: Notices, now_us: Callable[[], int]
    ) -> None:
        self._limits, self._notices = limits, notices
        self._all, self._unknown = _Group(total), _Group(min(limits.unknown, total))
        self._of_address: dict[str, _Group] = {}
        self._of_caller: dict[str, _Group] = {}
        self._known_at: Counter[str] = Counter()
        self._known_us: OrderedDict[str, int] = OrderedDict()
        self._now = now_us
        per_s = limits.new_per_address_s
        self._rate = RateLimiter(Rate(burst=BURST_S * per_s, per_s=per_s), _NO_LIMIT, now_us)

    def __len__(self) -> int:
        return len(self._all.all)

    def admit(self, address: str, drop: Callable[[], None]) -> Connection | None:
        """A new connection, which waits for its first request; None if it is refused."""
        given, address = address, origin_of(address)
        local = address in THIS_COMPUTER
        if not local and not self._rate.allows(given):
            self._notices.note(Limit.TOO_FAST, address)
            return None
        limit = self._limits.unknown if local else self._limits.unknown_per_address
        own = self._of_address.setdefault(address, _Group(limit, local))
        if not (self._room_in(own) and self._room_among_unknown(own) and self._room_in_all(own)):
            self._forget_empty(address)
            self._notices.note(Limit.NO_ROOM, address)
            return None
        connection = Connection(address, drop)
        self._join(connection, (self._all, self._unknown, self._of_address.setdefault(address, own)))
        return connection

    def answering(self, connection: Connection) -> None:
        """A whole request of it has arrived."""
        for group in connection.groups:
            group.waiting.pop(connection, None)

    def waits(self, connection: Connection) -> None:
        """Its request is answered."""
        for group in connection.groups:
            group.waiting[connection] = None

    def known(self, connection: Connection, caller: str) -> None:
        """Its request was accepted as one of this caller."""
        if connection.caller == caller or not connection.groups:
            return
        waited = connection in self._all.waiting
        self.release(connection)
        connection.caller = caller
        group = self._of_caller.setdefault(caller, _Group(self._limits.per_caller))
        if group.full:
            self._end(next(iter(group.waiting or group.all)), Limit.CALLER)
            group = self._of_caller.setdefault(caller, group)
        self._join(connection, (self._all, group))
        self._known_at[connection.address] += 1
        self._note_known(connection.address)
        if not waited:
            self.answering(connection)

    def is_beside_a_known_caller(self, connection: Connection) -> bool:
        """Whether a caller is known on another connection from its address: a mirror loads pictures on new ones."""
        return connection.address in self._known_at

    def was_known(self, connection: Connection) -> bool:
        """Whether a caller is or was known from its address within a day."""
        address = connection.address
        known_us = self._known_us.get(address)
        return address in self._known_at or (known_us is not None and self._now() - known_us < LATELY_US)

    def release(self, connection: Connection) -> None:
        """It is closed, or will be; may be called twice."""
        if connection.groups and connection.caller:
            self._note_known(connection.address)
            self._known_at[connection.address] -= 1
            if not self._known_at[connection.address]:
                del self._known_at[connection.address]
        for group in connection.groups:
            group.all.pop(connection, None)
            group.waiting.pop(connection, None)
        connection.groups = ()
        self._forget_empty(connection.address)
        self._forget_empty_caller(connection.caller)

    def _note_known(self, address: str) -> None:
        self._known_us[address] = self._now()
        self._known_us.move_to_end(address)
        if len(self._known_us) > MAX_LATELY:
            self._known_us.popitem(last=False)

    def _room_in(self, group: _Group) -> bool:
        """Whether a group has a place, after closing the connection in it that has waited longest if it needs to."""
        return not group.full or self._replaced(next(iter(group.waiting), None))

    def _room_among_unknown(self, own: _Group) -> bool:
        return not self._unknown.full or self._replaced(self._giving_way(own))

    def _room_in_all(self, own: _Group) -> bool:
        if not self._all.full:
            return True
        # strangers give way first
        return self._replaced(self._giving_way(own)) or self._room_in(self._all)

    def _giving_way(self, own: _Group) -> Connection | None:
        """The connection of a stranger that gives way to one of the address of `own`; None if it is refused."""
        strangers = [group for address, group in self._of_address.items() if address not in self._known_at]
        found = _giving_way_of(strangers, own)
        if found is None and (own.local or own not in strangers):
            return _giving_way_of(list(self._of_address.values()), own)
        return found

    def _replaced(self, connection: Connection | None) -> bool:
        if connection is None:
            return False
        self._end(connection, Limit.REPLACED)
        return True

    def _end(self, connection: Connection, why: Limit) -> None:
        self.release(connection)
        self._notices.note(why, connection.address)
        connection.drop()

    @staticmethod
    def _join(connection: Connection, groups: tuple[_Group, ...]) -> None:
        connection.groups = groups
        for group in groups:
            group.all[connection] = None
            group.waiting[connection] = None

    def _forget_empty(self, address: str) -> None:
        if address in self._of_address and not self._of_address[address].all:
            del self._of_address[address]

    def _forget_empty_caller(self, caller: str) -> None:
        if caller in self._of_caller and not self._of_caller[caller].all:
            del self._of_caller[caller]


def _size(group: _Group) -> int:
    return len(group.all)


def _giving_way_of(groups: list[_Group], own: _Group) -> Connection | None:
    """The connection of these addresses that gives way to one of the address of `own`; None if none does."""
    most = max(groups, key=_size, default=own)
    if most.waiting:
        return next(iter(most.waiting))
    if len(most.all) > len(own.all) + 1:
        return next(iter(most.all))
    waiting = [group for group in groups if group.waiting and (own.local or len(group.all) >= len(own.all))]
    return next(iter(max(waiting, key=_size).waiting)) if waiting else None
