"""Rules for a PIN that a person of the shop chooses, and PINs made at random.

NIST SP 800-63B, 5.1.1.2: refuse values that are commonly used. A PIN is short because tries are counted
(`pin_tries.py`); a manager's is longer because it opens more.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

from kiosk.store.errors import RefusedError
from kiosk.store.staff.roles import Role

MAX_DIGITS: Final = 12
"""As many as the field of the sign-in page takes."""
MIN_DIGITS: Final = {**dict.fromkeys(Role, 4), Role.MANAGER: 6}
_RUNS: Final = ("01234567890123", "98765432109876")


def check_pin(pin: str, role: Role) -> None:
    """Raises RefusedError with the rule that a PIN breaks; the PIN is not in its words."""
    least = MIN_DIGITS[role]
    if not (pin.isascii() and pin.isdigit() and least <= len(pin) <= MAX_DIGITS):
        raise RefusedError(f"a PIN of this role has {least} to {MAX_DIGITS} digits, and nothing else")
    if len(set(pin)) == 1:
        raise RefusedError("a PIN of one digit only is guessed first; choose another")
    if any(pin in run for run in _RUNS):
        raise RefusedError("a PIN of digits in a row is guessed first; choose another")


def random_pin(role: Role, below: Callable[[int], int] = secrets.randbelow) -> str:
    """A PIN by chance that breaks no rule, of six digits."""
    while True:
        pin = "".join(str(below(10)) for _ in range(6))
        try:
            check_pin(pin, role)
        except RefusedError:
            continue
        return pin
