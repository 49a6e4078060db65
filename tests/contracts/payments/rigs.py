"""The drivers under test, each with what starts its doubles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from tests.contracts.payments.adyen_rig import AdyenDoubles
from tests.contracts.payments.attended_rig import AttendedRigs
from tests.contracts.payments.rig import TerminalRig
from tests.contracts.payments.sim_rig import SimLoop
from tests.contracts.payments.stripe_rig import StripeLoops


class RigMaker(Protocol):
    """Starts terminals of one driver's double."""

    def rig(self, card_wait_s: float) -> TerminalRig:
        """A new terminal. `card_wait_s`: the store's wait for a card, for replies that come after it."""
        ...

    def close(self) -> None:
        """Ends what all its terminals share."""
        ...


RIGS: Mapping[str, Callable[[], RigMaker]] = {
    "sim": SimLoop,
    "attended": AttendedRigs,
    "nexo": lambda: AdyenDoubles(cloud=False),
    "adyen": lambda: AdyenDoubles(cloud=True),
    "stripe": StripeLoops,
}
