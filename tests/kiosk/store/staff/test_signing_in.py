"""Associates' PINs, sessions and cookies: protection against guessing and against other sites."""

from __future__ import annotations

from pathlib import Path

import requests

from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import AssociateAccounts
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
    hasher = AssociateAccounts(database, 1)._hasher
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
