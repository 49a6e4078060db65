"""Which connections are admitted, and which give way: random programs against a plain count of the same rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config.limits import ConnectionLimits
from kiosk.store.api.connections.notices import EVERY_S, Notices
from kiosk.store.api.connections.registry import (
    LATELY_US,
    MAX_LATELY,
    Connection,
    Registry,
    _giving_way_of,
    _Group,
)

LIMITS = ConnectionLimits(unknown=12, unknown_per_address=4, per_caller=4, new_per_address_s=10_000)
TOTAL = 20
STEP = st.one_of(
    st.tuples(st.just("admit"), st.sampled_from(["127.0.0.1", "10.0.0.1", "10.0.0.2", "2001:db8::1", "x"])),
    st.tuples(st.sampled_from(["answering", "waits", "release", "room/1", "room/2"]), st.integers(0, 40)),
)


class Shop:
    """A registry, the connections that are open by its word, and the ones that it has ended."""

    def __init__(self, registry: Callable[..., Registry] = Registry) -> None:
        self.now_us = 0
        notices = Notices(lambda: self.now_us / 1e6)
        self.registry = registry(LIMITS, TOTAL, notices, lambda: self.now_us)
        self.open: list[Connection] = []
        self.busy: set[Connection] = set()
        self.dropped: list[Connection] = []
        self.unjust: list[Connection] = []
        """Requests that were ended for an address that had as many connections."""
        self._newcomer = ""

    def admit(self, address: str) -> Connection | None:
        found: list[Connection] = []
        self.now_us += 1000
        self._newcomer = address
        admitted = self.registry.admit(address, lambda: self._dropped(found[0]))
        if admitted is not None:
            found.append(admitted)
            self.open.append(admitted)
        return admitted

    def do(self, what: str, number: int) -> None:
        if not self.open:
            return
        connection = self.open[number % len(self.open)]
        if what == "answering":
            self.busy.add(connection)
            self.registry.answering(connection)
        elif what == "waits":
            self.busy.discard(connection)
            self.registry.waits(connection)
        elif what == "release":
            self._closed(connection)
            self.registry.release(connection)
            self.registry.release(connection)
        else:
            self.registry.known(connection, what)

    def check(self) -> None:
        unknown = [c for c in self.open if not c.caller]
        of_address = Counter(c.address for c in unknown if c.address != "127.0.0.1")
        assert len(self.registry) == len(self.open) <= TOTAL
        assert len(unknown) <= LIMITS.unknown
        assert max(of_address.values(), default=0) <= LIMITS.unknown_per_address
        assert max(Counter(c.caller for c in self.open if c.caller).values(), default=0) <= LIMITS.per_caller
        assert self.unjust == []

    def _dropped(self, connection: Connection) -> None:
        self.dropped.append(connection)
        if connection in self.busy and not connection.caller:
            has = Counter(c.address for c in self.open if not c.caller)
            if has[connection.address] <= has[self._newcomer] + 1:
                self.unjust.append(connection)
        self._closed(connection)

    def _closed(self, connection: Connection) -> None:
        self.busy.discard(connection)
        self.open.remove(connection)


def play(steps: list[tuple[str, str | int]], registry: Callable[..., Registry] = Registry) -> None:
    shop = Shop(registry)
    for what, more in steps:
        if isinstance(more, str):
            waiting = [c for c in shop.open if c not in shop.busy and not c.caller]
            room = len(shop.open) < TOTAL and len([c for c in shop.open if not c.caller]) < LIMITS.unknown
            of_it = [c for c in shop.open if c.address == more and not c.caller]
            admitted = shop.admit(more)
            if more == "127.0.0.1" and (room or waiting):
                assert admitted is not None
            if more == "10.0.0.1" and (room and len(of_it) < LIMITS.unknown_per_address):
                assert admitted is not None
        else:
            shop.do(what, more)
        shop.check()


@given(st.lists(STEP, max_size=60))
def test_every_limit_holds_after_every_step(steps: list[tuple[str, str | int]]) -> None:
    play(steps)


def test_planted_a_registry_that_forgets_to_count_is_caught() -> None:
    class Forgetful(Registry):
        def release(self, connection: Connection) -> None:
            connection.groups = ()

    steps: list[tuple[str, str | int]] = [("admit", "127.0.0.1"), ("release", 0)] * 2
    play(steps)
    with pytest.raises(AssertionError):
        play(steps, Forgetful)


def test_planted_a_registry_that_ends_any_request_for_a_stranger_is_caught() -> None:
    class Unjust(Registry):
        def _room_among_unknown(self, own: object) -> bool:
            del own
            return not self._unknown.full or self._replaced(next(iter(self._unknown.all)))

    steps: list[tuple[str, str | int]] = [("admit", f"10.0.0.{n}") for n in range(12)]
    steps += [("answering", n) for n in range(12)]
    play([*steps, ("admit", "10.0.1.1")])
    with pytest.raises(AssertionError):
        play([*steps, ("admit", "10.0.1.1")], Unjust)


def test_the_one_that_waits_longest_gives_way_and_none_with_a_request() -> None:
    shop = Shop()
    first, second, third, fourth = (shop.admit("10.0.0.1") for _ in range(4))
    shop.do("answering", 0)
    fifth = shop.admit("10.0.0.1")
    assert fifth is not None
    assert shop.dropped == [second]
    for number in range(4):
        shop.do("answering", number)
    assert shop.admit("10.0.0.1") is None
    assert shop.admit("10.0.0.2") is not None, "another address has places of its own"
    assert shop.open[:4] == [first, third, fourth, fifth]


def test_a_new_address_gets_in_while_strangers_have_requests_in_every_place() -> None:
    shop = Shop()
    for number in range(12):
        assert shop.admit(f"10.0.0.{number % 3}") is not None
        shop.do("answering", number)
    oldest = shop.open[0]
    assert shop.admit("10.0.0.9") is not None
    assert shop.dropped == [oldest]
    assert shop.admit("10.0.0.1") is None, "an address that has as many does not"


def full_of_requests(registry: Callable[..., Registry] = Registry) -> tuple[Shop, Connection]:
    """Every place is taken by requests of strangers, but for a phone that has just opened its connection."""
    shop = Shop(registry)
    for number, address in enumerate([f"10.0.0.{n}" for n in (1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3)]):
        assert shop.admit(address) is not None
        shop.do("answering", number)
    phone = shop.admit("10.0.0.9")
    assert phone is not None
    return shop, phone


def test_a_connection_that_was_just_opened_does_not_give_way_to_an_address_that_has_more() -> None:
    shop, phone = full_of_requests()
    assert shop.admit("10.0.0.3") is None
    first = shop.open[0]
    assert shop.admit("10.0.0.4") is not None
    assert shop.dropped == [first], "an address that has many requests gives way to one that has none"
    assert phone in shop.open
    assert shop.admit("127.0.0.1") is not None, "this computer always gets in"


def test_planted_whoever_waits_gives_way_is_caught() -> None:
    class Simple(Registry):
        def _giving_way(self, own: object) -> Connection | None:
            del own
            return next(iter(self._unknown.waiting), None)

    shop, phone = full_of_requests(Simple)
    assert shop.admit("10.0.0.3") is not None
    assert shop.dropped == [phone]


def test_known_callers_stay_while_strangers_take_every_place() -> None:
    shop = Shop()
    for number in range(8):
        assert shop.admit("10.0.0.1" if number < 4 else "10.0.0.2") is not None
        shop.do(f"room/{number // 4}", number)
    known = list(shop.open)
    for number in range(300):
        shop.admit(f"10.1.0.{number % 250}")
    assert shop.open[:8] == known
    assert not set(known) & set(shop.dropped)
    assert len(shop.open) == TOTAL


class Uniform(Registry):
    """Planted: addresses of known callers are like all others."""

    def _giving_way(self, own: _Group) -> Connection | None:
        return _giving_way_of(list(self._of_address.values()), own)


@pytest.mark.parametrize(("registry", "kept"), [(Registry, True), (Uniform, False)], ids=["right", "planted"])
def test_a_mirrors_new_connections_stay_while_many_addresses_open_one_each(
    registry: Callable[..., Registry], kept: bool
) -> None:
    """A mirror opens several at once, and is unknown in each until its handshake has ended."""
    shop = Shop(registry)
    assert shop.admit("10.0.0.1") is not None
    shop.do("room/1", 0)
    new = [shop.admit("10.0.0.1") for _ in range(3)]
    for number in range(300):
        assert shop.admit(f"10.1.0.{number % 250}") is not None, "strangers still get in"
    assert set(new).isdisjoint(shop.dropped) is kept


def test_an_address_whose_known_caller_has_gone_is_one_of_many() -> None:
    shop = Shop()
    for what, number in (("room/1", 0), ("room/2", 0), ("release", 0)):
        if not shop.open:
            assert shop.admit("10.0.0.1") is not None
        shop.do(what, number)
    new = {shop.admit("10.0.0.1") for _ in range(3)}
    for number in range(300):
        shop.admit(f"10.1.0.{number % 250}")
    assert new & set(shop.dropped)


def test_a_caller_with_too_many_loses_its_own_oldest() -> None:
    shop = Shop()
    for number in range(5):
        shop.admit("10.0.0.1")
        shop.do("answering", number)
        shop.do("room/1", min(number, 4))
    assert [c.caller for c in shop.open] == ["room/1"] * 4
    assert len(shop.dropped) == 1


def test_new_connections_of_an_address_have_a_rate_but_not_those_of_this_computer() -> None:
    now_us = 0
    limits = ConnectionLimits(new_per_address_s=10)
    registry = Registry(limits, 1000, Notices(lambda: 0.0), lambda: now_us)

    def tries(address: str) -> int:
        found = [registry.admit(address, lambda: None) for _ in range(100)]
        for connection in found:
            if connection is not None:
                registry.release(connection)
        return sum(connection is not None for connection in found)

    assert [tries("10.0.0.1"), tries("10.0.0.2"), tries("::1"), tries("127.0.0.1")] == [40, 40, 100, 100]
    assert [tries("2001:db8::1"), tries("2001:db8::2"), tries("2001:db8:0:1::")] == [40, 0, 40]
    now_us = 1_000_000
    assert tries("10.0.0.1") == 10


def test_a_thousand_of_one_kind_are_one_line_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    shop = Shop()
    for _ in range(1000):
        shop.admit("10.0.0.1")
    assert len(caplog.records) == 1
    shop.now_us += int(EVERY_S * 1e6)
    shop.admit("10.0.0.1")
    assert len(caplog.records) == 2
    assert "996 since the last line" in caplog.records[1].getMessage()


def test_a_stranger_beside_a_known_caller_is_told_apart_from_others() -> None:
    shop = Shop()
    first, beside, other = (shop.admit(address) for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"))
    assert first is not None
    assert beside is not None
    assert other is not None
    assert not shop.registry.is_beside_a_known_caller(beside)
    shop.registry.known(first, "room/1")
    assert shop.registry.is_beside_a_known_caller(beside)
    assert not shop.registry.is_beside_a_known_caller(other)
    shop.registry.release(first)
    assert not shop.registry.is_beside_a_known_caller(beside)
    assert shop.registry.was_known(beside)
    assert not shop.registry.was_known(other)
    shop.now_us += LATELY_US
    assert not shop.registry.was_known(beside), "a day later"
    for number in range(2 * MAX_LATELY):
        shop.registry._note_known(str(number))
    assert len(shop.registry._known_us) == MAX_LATELY
