"""The associates' part of receipts: find one by its number, print it, send it by e-mail, see how that went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import segno

from kiosk.connectors.messages.port import BadAddressError, mail_address
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import Receipt
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.payments.order_book import Sale
from kiosk.store.payments.receipts.links import ReceiptLinks, token_of
from kiosk.store.payments.receipts.sales import ReceiptSales
from kiosk.store.receipts.outbox import MailOutbox
from kiosk.store.receipts.outbox_table import OutboxEntry
from kiosk.store.receipts.print_desk import Print, PrintDesk

MAX_NUMBER_DIGITS = 12


@dataclass(frozen=True, slots=True)
class ReceiptWays:
    """A receipt and the ways in which it can be given.

    `receipt.link` and `code` (a QR code as a data URI, SVG) are empty where no phone could open the link. `printers`:
    names. `mails`: whether e-mail is configured. `prints` and `sent`: how it went lately. `cancelled`: the sale was
    taken back.
    """

    receipt: Receipt
    code: str
    printers: tuple[str, ...]
    mails: bool
    prints: tuple[Print, ...]
    sent: tuple[OutboxEntry, ...]
    cancelled: bool = False


class ReceiptDesk:
    """Receipts for associates, and for shoppers by their link. Safe to use from any thread."""

    def __init__(
        self, sales: ReceiptSales, links: ReceiptLinks, printing: PrintDesk, mail: MailOutbox | None,
        numbered: Callable[[int], Receipt | None],
    ) -> None:  # fmt: skip
        self.links, self.printing, self.mail = links, printing, mail
        self._sales, self._numbered = sales, numbered
        self.sale = sales.by_token

    def find(self, number: str) -> ReceiptWays:
        """The receipt with that number. Raises NotFoundError."""
        known = number.isascii() and number.isdigit() and len(number) <= MAX_NUMBER_DIGITS
        receipt = self._numbered(int(number)) if known else None
        if receipt is None:
            raise NotFoundError("there is no receipt with this number")
        return self._ways(self._sales.by_token(token_of(receipt)))

    def ways(self, order_id: OrderId) -> ReceiptWays:
        """The receipt of a paid order; the last one, if it was paid again. Raises NotFoundError."""
        return self._ways(self._sales.of_order(order_id))

    def _ways(self, sale: Sale | None) -> ReceiptWays:
        if sale is None:
            raise NotFoundError("the order of this receipt cannot be read")
        receipt, order_id = self.links.shown(sale.receipt), sale.order.order_id
        prints = (self.printing.state_of(order_id, name) for name in self.printing.names)
        return ReceiptWays(
            receipt=receipt,
            code=segno.make(receipt.link, error="m").svg_data_uri(scale=4, border=2) if receipt.link else "",
            printers=self.printing.names,
            mails=self.mail is not None,
            prints=tuple(found for found in prints if found is not None),
            sent=self.mail.of_order(order_id) if self.mail is not None else (),
            cancelled=sale.taken_back is not None,
        )

    def send(self, order_id: OrderId, address: str, language: str) -> None:
        """Sends the receipt to an address that somebody typed.

        Raises NotFoundError, RefusedError without a mail server, BadAddressError, TooManyMailsError.
        """
        if self.mail is None:
            raise RefusedError("no mail server is configured")
        self.mail.add(order_id, mail_address(address), language)

    def is_address(self, typed: str) -> bool:
        """Whether a text is an e-mail address."""
        try:
            mail_address(typed)
        except BadAddressError:
            return False
        return True
