"""By what means an order is paid."""

from __future__ import annotations

from enum import Enum, unique


@unique
class PaymentMeans(Enum):
    """Bank card at the certified terminal, or the means stored for a shopper who proved who she is."""

    TERMINAL = "terminal"
    STORED = "stored"
