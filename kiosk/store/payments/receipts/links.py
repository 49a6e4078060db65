"""The link of a receipt: the address at which a phone opens it, and how long it is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.clock import US
from kiosk.core.domain.payment import Receipt
from kiosk.store.payments.receipts.phone_reach import phone_reach

DAY_US = 24 * 3600 * US


class ReceiptLinks:
    """The links of all receipts, also of those of earlier ledgers: the token and the time are those of the receipt."""

    def __init__(self, base_url: Callable[[], str], now_us: Callable[[], int], days: int) -> None:
        """`days`: how long a link is open from the payment on; 0: without end. `base_url`: the store's address."""
        self._base_url, self._now, self.days = base_url, now_us, days

    def is_expired(self, receipt: Receipt) -> bool:
        """Whether the link is not open any more. A time of payment in the future (a clock was wrong) is open."""
        return bool(self.days) and self._now() - receipt.at_us >= self.days * DAY_US

    def for_phone(self, receipt: Receipt) -> str:
        """The address for a QR code or an e-mail; empty where no phone could open it."""
        base = self._base_url().rstrip("/")
        if self.is_expired(receipt) or not phone_reach(base).reachable:
            return ""
        return f"{base}/r/{token_of(receipt)}"

    def shown(self, receipt: Receipt) -> Receipt:
        """The receipt with the link that a phone can open, or without one."""
        return replace(receipt, link=self.for_phone(receipt))


def token_of(receipt: Receipt) -> str:
    """The unguessable last part of a receipt's link."""
    return receipt.link.rpartition("/")[2]
