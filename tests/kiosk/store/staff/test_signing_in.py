"""Associates' PINs, sessions and cookies: protection against guessing and against other sites."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Event, Lock
from typing import Literal

import pytest
import requests
from argon2 import PasswordHasher
from sqlalchemy import select, update

from kiosk.clock import US
from kiosk.config.limits import SignInLimits
from kiosk.core.domain.ids import AssociateId
from kiosk.store.api.connections.sign_in_tries import SignInTries
from kiosk.store.db.tables import ASSOCIATE
from kiosk.store.errors import LockedOutError, UnauthenticatedError
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import AssociateAccounts, end_access
from kiosk.store.staff.pin_checks import PinChecks
from kiosk.store.staff.pin_tries import Counted, at_the_desk
from kiosk.store.staff.token_hash import token_hash
from tests.kiosk.store.http_clients import HttpClient, associate, read_stream
from tests.kiosk.store.sample_shop import PIN, START_US, ManualClock
from tests.optional_values import present


def test_five_wrong_pins_lock_the_name_for_longer_each_time(url: str, clock: ManualClock) -> None:
    door = HttpClient(url)

    def tries(pin: str) -> int:
        return door.ask("POST", "/api/v1/session", {"associate_id": "a-ines", "pin": pin})[0]

    assert [tries("0000") for _ in range(5)] == [401] * 5
    assert tries(PIN) == 429, "the right PIN does not count either"
    clock.pass_s(31)
    assert tries("0000") == 401
    clock.pass_s(31)
    assert tries(PIN) == 429, "the second lock is longer"
    clock.pass_s(31)
    assert tries(PIN) == 200
    assert tries("0000") == 401, "and the lock is removed"
    door.close()


def test_a_repeated_import_removes_no_lock(store: Store, url: str, settings: StoreSettings) -> None:
    door = HttpClient(url)
    for _ in range(5):
        door.ask("POST", "/api/v1/session", {"associate_id": "a-ines", "pin": "0000"})
    store.resources.import_feed(present(settings.feeds), START_US)
    assert door.ask("POST", "/api/v1/session", {"associate_id": "a-ines", "pin": PIN})[0] == 429
    door.close()


def test_an_unknown_name_is_answered_as_a_wrong_pin(url: str) -> None:
    door = HttpClient(url)
    known = door.ask("POST", "/api/v1/session", {"associate_id": "a-ines", "pin": "0000"})
    unknown = door.ask("POST", "/api/v1/session", {"associate_id": "a-nobody", "pin": "0000"})
    assert known == unknown
    door.close()


def test_pins_and_tokens_are_kept_as_hashes_only(store: Store, url: str, settings: StoreSettings) -> None:
    with associate(url, "a-ines", PIN) as ines:
        kept = b"".join(p.read_bytes() for p in settings.state.glob("store.db*"))
        assert ines.token.encode() not in kept
    with store.resources.database.reading() as connection:
        from sqlalchemy import select

        from kiosk.store.db.tables import ASSOCIATE

        hashes = connection.scalars(select(ASSOCIATE.c.pin_hash)).all()
    assert all(h.startswith("$argon2id$") for h in hashes)


def test_the_hash_of_a_pin_has_the_recommended_cost(tmp_path: Path) -> None:
    from kiosk.store.db.database import Database

    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    hasher = AssociateAccounts(database, 1).checks.hasher
    # OWASP Password Storage Cheat Sheet: argon2id with at least 19 MiB, 2 passes, 1 lane.
    assert (hasher.memory_cost, hasher.time_cost, hasher.parallelism) == (19_456, 2, 1)
    database.close()


def test_signing_out_ends_session_and_streams(url: str) -> None:
    with associate(url, "a-ines", PIN) as ines, read_stream(ines, "/api/v1/floor/stream") as floor:
        floor.named("Floor")
        assert ines.ask("DELETE", "/api/v1/session")[0] == 204
        assert floor.ended
        assert ines.ask("GET", "/api/v1/floor")[0] == 401


def test_a_session_ends_with_the_working_day(url: str, clock: ManualClock) -> None:
    with associate(url, "a-ines", PIN) as ines:
        clock.pass_s(12 * 3600 - 1)
        assert ines.ask("GET", "/api/v1/floor")[0] == 200
        clock.pass_s(2)
        assert ines.ask("GET", "/api/v1/floor")[0] == 401


def test_the_cookie_is_hidden_from_scripts_and_useless_from_another_site(url: str) -> None:
    door = requests.Session()
    answer = door.post(f"{url}/api/v1/session", json={"associate_id": "a-ines", "pin": PIN}, timeout=10)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    address = f"{url}/api/v1/requests/none/claim"
    assert door.post(address, json={}, timeout=10).status_code == 404
    assert (
        door.post(address, json={}, headers={"Sec-Fetch-Site": "cross-site"}, timeout=10).status_code == 403
    )
    assert (
        door.post(address, json={}, headers={"Origin": "https://evil.example"}, timeout=10).status_code == 403
    )
    assert door.post(address, json={}, headers={"Origin": url}, timeout=10).status_code == 404
    door.close()


def posted(url: str, session: requests.Session, pin: str, name: str = "a-ines") -> int:
    body = {"associate_id": name, "pin": pin}
    return session.post(f"{url}/api/v1/session", json=body, timeout=20).status_code


def test_strangers_lock_out_no_device_that_has_signed_in_before(url: str, clock: ManualClock) -> None:
    tablet, stranger = requests.Session(), requests.Session()
    assert posted(url, tablet, PIN) == 200
    for name in ("a-ines", "m-mei"):
        assert [posted(url, stranger, "0000", name) for _ in range(6)] == [401] * 5 + [429]
    assert posted(url, stranger, PIN) == 429
    assert posted(url, tablet, PIN) == 200
    assert posted(url, tablet, "920713", "m-mei") == 429, "on this device Mei is a stranger"
    assert [posted(url, tablet, "0000") for _ in range(6)] == [401] * 5 + [429], "it has a count of its own"
    clock.pass_s(31)
    assert posted(url, tablet, PIN) == 200
    assert posted(url, tablet, "920713", "m-mei") == 200
    assert posted(url, tablet, PIN) == 200, "a shared tablet knows both"


def test_a_device_is_a_secret_of_the_store(url: str, store: Store) -> None:
    body, planted = {"associate_id": "a-ines", "pin": PIN}, "chosen-by-somebody-else"
    headers = {"Cookie": f"cheval_device={planted}"}
    answer = requests.post(f"{url}/api/v1/session", json=body, headers=headers, timeout=20)
    accounts, ines = store.resources.associates, AssociateId("a-ines")
    device = present(answer.cookies.get("cheval_device"))
    assert not accounts.knows(planted)
    assert accounts.knows(device, ines)
    assert not accounts.knows("desk/a-ines")
    kept = b"".join(p.read_bytes() for p in store.settings.state.glob("store.db*"))
    assert device.encode() not in kept
    with store.resources.database.writing() as connection:
        end_access(connection, ["a-ines"])
    assert not accounts.knows(device)


def test_of_many_tries_at_the_same_time_five_count(store: Store, url: str, clock: ManualClock) -> None:
    accounts = store.resources.associates
    together = Barrier(12)

    def tried(counted: Counted) -> str:
        together.wait(20)
        try:
            accounts.verified(counted, "0000", clock())
        except (UnauthenticatedError, LockedOutError) as error:
            return type(error).__name__
        return "in"

    for counted in (Counted(AssociateId("a-ines")), at_the_desk(AssociateId("m-mei"), AssociateId("a-ines"))):
        with ThreadPoolExecutor(12) as threads:
            found = Counter(threads.map(tried, [counted] * 12))
        assert found == {"UnauthenticatedError": 5, "LockedOutError": 7}


def test_planted_a_count_after_the_check_is_passed_by_many_at_once(store: Store, clock: ManualClock) -> None:
    """The same with the count taken as before: read first, written after the PIN was checked."""
    together = Barrier(12)
    ines = Counted(AssociateId("a-ines"))

    def tried(_number: int) -> int:
        with store.resources.database.reading() as connection:
            seen = connection.execute(
                select(ASSOCIATE.c.failures).where(ASSOCIATE.c.associate_id == "a-ines")
            )
            failures = int(seen.scalar_one())
        together.wait(20)
        with store.resources.database.writing(5) as connection:
            connection.execute(update(ASSOCIATE).values(failures=failures + 1))
        return failures

    with ThreadPoolExecutor(12) as threads:
        assert set(threads.map(tried, range(12))) == {0}, "all of them saw no failure"
    with store.resources.database.writing() as connection:
        ines.take(connection, clock())


def test_an_associate_who_asks_for_a_second_pin_has_a_count_that_strangers_do_not_fill(
    store: Store, url: str, clock: ManualClock
) -> None:
    stranger = requests.Session()
    for _ in range(6):
        posted(url, stranger, "0000", "m-mei")
    accounts, mei = store.resources.associates, AssociateId("m-mei")
    desk = at_the_desk(AssociateId("a-ines"), mei)
    assert accounts.verified(desk, "920713", clock()).associate_id == mei
    for _ in range(5):
        with pytest.raises(UnauthenticatedError):
            accounts.verified(desk, "0000", clock())
    with pytest.raises(LockedOutError):
        accounts.verified(desk, "920713", clock())


def test_few_pins_are_checked_at_once_and_few_wait() -> None:
    class Slow(PasswordHasher):
        """Counts the checks in progress; each waits until it may go on."""

        def __init__(self) -> None:
            super().__init__(time_cost=1, memory_cost=8, parallelism=1)
            self.now, self.most, self.go_on, self.lock = 0, 0, Event(), Lock()

        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 the library's name
            with self.lock:
                self.now += 1
                self.most = max(self.most, self.now)
            self.go_on.wait(20)
            with self.lock:
                self.now -= 1
            return super().verify(hash, password)

    slow = Slow()
    checks = PinChecks(SignInLimits(at_once=2, waiting=4), slow)
    hashed = slow.hash("1")
    with ThreadPoolExecutor(20) as threads:
        asked = [threads.submit(checks.matches, hashed, "1") for _ in range(20)]
        while sum(a.done() for a in asked) < 14:
            slow.go_on.wait(0.01)
        slow.go_on.set()
        refused = [a for a in asked if a.exception() is not None]
    assert len(refused) == 14
    assert all(isinstance(a.exception(), LockedOutError) for a in refused)
    assert slow.most == 2


def test_strangers_have_a_rate_by_address_and_in_total() -> None:
    tries = SignInTries(SignInLimits(per_address_minute=3, per_minute=10), lambda: 0)

    def allowed(address: str) -> int:
        count = 0
        for _ in range(20):
            with suppress(LockedOutError):
                tries.count(address)
                count += 1
        return count

    assert [allowed("10.0.0.1"), allowed("10.0.0.2"), allowed("10.0.0.3"), allowed("10.0.0.4")] == [
        3,
        3,
        3,
        1,
    ]
    assert allowed("127.0.0.1") == 10


def test_a_session_begun_by_a_clock_that_was_ahead_ends_for_requests_and_streams(store: Store) -> None:
    accounts, year_us = store.resources.associates, 365 * 86_400 * US
    token, _ = accounts.sign_in(AssociateId("a-ines"), PIN, START_US + year_us)
    mac = token_hash(token)
    assert accounts.alive(frozenset({mac}), START_US + year_us) == {mac}
    assert accounts.by_session(token, START_US) is None
    assert accounts.alive(frozenset({mac}), START_US) == frozenset()
