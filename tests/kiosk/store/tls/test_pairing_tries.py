"""How often a pairing code may be tried: by one address, and by all together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from pathlib import Path

from kiosk.clock import US
from kiosk.pairing.exchange import CODE_DIGITS, mirrors_side, proofs
from kiosk.store.errors import NotFoundError
from kiosk.store.staff.pairing_codes import MAX_TRIES, MAX_TRIES_IN_ALL, PairingCodes, target_of
from kiosk.store.staff.pairing_desk import PairingDesk
from tests.optional_values import present


def test_parallel_tries_are_no_more_than_five(tmp_path: Path) -> None:
    desk = PairingDesk(tmp_path, "root", lambda: US)
    desk.begin_code(target_of("1"))

    def one(number: int) -> bool:
        session = number.to_bytes(16, "big")
        try:
            desk.begin("1", session, mirrors_side("00000000", "1", session).share, "10.0.0.9")
        except NotFoundError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(one, range(64))) == MAX_TRIES


def strangers_try(one_try: Callable[[str], object], addresses: int) -> int:
    """How many tries strangers have, each of whom tries until it is refused."""
    tries = 0
    for number in range(addresses):
        with suppress(NotFoundError):
            for _ in range(2 * MAX_TRIES):
                one_try(f"10.0.{number}.1")
                tries += 1
    return tries


def test_strangers_use_up_their_own_tries_and_the_mirror_pairs(tmp_path: Path) -> None:
    desk = PairingDesk(tmp_path, "root", lambda: US)
    exchange = mirrors_side(desk.begin_code(target_of("1")).code, "1", bytes(16))
    answer = desk.begin("1", bytes(16), exchange.share, "10.1.0.1")
    sessions = count(1)

    def one_try(address: str) -> None:
        session = next(sessions).to_bytes(16, "big")
        desk.begin("1", session, mirrors_side("00000000", "1", session).share, address)

    assert strangers_try(one_try, 8) == 8 * MAX_TRIES, "these do not end the exchange of the mirror either"
    assert desk.finish("1", bytes(16), proofs(exchange.key(answer.share, b"root")).of_mirror)


def test_all_addresses_together_have_few_tries_of_a_code(tmp_path: Path) -> None:
    codes, after_restart = PairingCodes(tmp_path), PairingCodes(tmp_path)
    codes.begin(target_of("1"), US)

    def one_try(address: str) -> None:
        after_restart.take_try(target_of("1"), US, address)

    assert strangers_try(lambda address: codes.take_try(target_of("1"), US, address), 12) == 12 * MAX_TRIES
    assert strangers_try(one_try, 30) == MAX_TRIES_IN_ALL - 12 * MAX_TRIES
    assert MAX_TRIES_IN_ALL / 10**CODE_DIGITS <= 1e-6
    assert codes.begin(target_of("1"), US).tries_left("10.0.0.1") == MAX_TRIES, "a new code is counted anew"


def test_a_code_file_of_the_version_before_is_no_open_code(tmp_path: Path) -> None:
    codes = PairingCodes(tmp_path)
    codes.begin(target_of("1"), US)
    file = tmp_path / "pairing" / "mirror-1.json"
    file.write_text(
        '{"code": "12345678", "begun_us": 1000000, "tries_left": 5, "name": ""}', encoding="utf-8"
    )
    assert codes.state(target_of("1"), US) is None


def test_planted_a_counter_that_reads_first_gives_more_tries(tmp_path: Path) -> None:
    codes = PairingCodes(tmp_path)
    codes.begin(target_of("1"), US)
    seen = [present(codes.state(target_of("1"), US)) for _ in range(64)]
    assert sum(opened.tries_left("10.0.0.9") > 0 for opened in seen) > MAX_TRIES
