"""How often a pairing code may be tried: by one address, and by all together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import US
from kiosk.pairing.exchange import CODE_DIGITS, mirrors_side, proofs
from kiosk.store.errors import NotFoundError
from kiosk.store.staff.pairing_codes import (
    MAX_FURTHER,
    MAX_TRIES,
    MAX_TRIES_IN_ALL,
    MAX_TRIES_OF_STRANGERS,
    OpenCode,
    PairingCodes,
    target_of,
)
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

    assert strangers_try(one_try, 20) < MAX_TRIES_OF_STRANGERS, "some are left for a new mirror"
    one_try("10.1.0.2")
    assert strangers_try(one_try, 99) < MAX_TRIES_OF_STRANGERS, "nor does this end the exchange of the mirror"
    assert desk.finish("1", bytes(16), proofs(exchange.key(answer.share, b"root")).of_mirror)


def test_all_addresses_together_have_few_tries_of_a_code(tmp_path: Path) -> None:
    codes, after_restart = PairingCodes(tmp_path), PairingCodes(tmp_path)
    codes.begin(target_of("1"), US)

    def one_try(address: str) -> None:
        after_restart.take_try(target_of("1"), US, address)

    def known_try(address: str) -> None:
        codes.take_try(target_of("1"), US, address, known=True)

    assert strangers_try(lambda address: codes.take_try(target_of("1"), US, address), 4) == 4 * MAX_TRIES
    assert not present(codes.state(target_of("1"), US)).tried_out
    assert strangers_try(one_try, 99) == MAX_TRIES_OF_STRANGERS - 4 * MAX_TRIES
    assert present(codes.state(target_of("1"), US)).tried_out, "the manager is told"
    assert strangers_try(known_try, 99) == MAX_TRIES_IN_ALL - MAX_TRIES_OF_STRANGERS
    assert MAX_TRIES_IN_ALL / 10**CODE_DIGITS <= 1e-6
    anew = codes.begin(target_of("1"), US)
    assert (anew.tries_left("10.0.0.1"), anew.tried_out) == (MAX_TRIES, False), "a new code is counted anew"


@given(st.lists(st.tuples(st.integers(0, 29), st.booleans()), max_size=300))
def test_no_order_of_tries_gives_more_than_the_limits(tries: list[tuple[int, bool]]) -> None:
    code = OpenCode("mirror-1", "12345678", US)
    for number, known in tries:
        if code.tries_left(str(number), known=known) > 0:
            code = code.tried(str(number), known=known)
    everybody = (*code.tried_by, *code.known_by)
    assert len(everybody) <= MAX_TRIES_IN_ALL
    assert len(code.tried_by) <= MAX_TRIES_OF_STRANGERS
    assert max(Counter(everybody).values(), default=0) <= MAX_TRIES


@given(st.lists(st.integers(1, 20), max_size=300))
def test_twenty_addresses_leave_tries_for_a_new_mirror(tries: list[int]) -> None:
    code = OpenCode("mirror-1", "12345678", US)
    for number in (*tries, *range(1, 21), *range(1, 21)):
        if code.tries_left(str(number)) > 0:
            code = code.tried(str(number), known=False)
    assert code.tries_left("mirror") > 0


def test_planted_without_the_rule_for_further_tries_none_are_left() -> None:
    code = OpenCode("mirror-1", "12345678", US, tuple(str(n % 20) for n in range(20 * MAX_TRIES)))
    assert len(code.tried_by) > MAX_FURTHER
    assert code.tries_left("mirror") <= 0


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
