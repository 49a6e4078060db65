"""Configuration of receipts: how long their links are open, e-mail, printers."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from kiosk.config.types import Key, KeyPlace, Place, Section, uri, with_port

PRINTER_SCHEMES = ("escpos+tcp", "escpos+file", "escpos+usb")


def _one_line(given: str) -> str:
    if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in given):
        raise ValueError("contains a line break or another control character; write an entry for each line")
    if not given.strip():
        raise ValueError("is empty; write a text")
    return given.strip()


PrintedLine = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_one_line)]
"""One line of a receipt; a long one is wrapped on paper."""


class Issuer(Section):
    """Who gives the receipts, as the law wants it on them: on page, paper and e-mail, beside `shop.name`. What is not
    stated is not shown."""

    company: PrintedLine | None = None
    """The company's legal name, where `shop.name` is not all of it."""
    address: Annotated[tuple[PrintedLine, ...], Field(max_length=6)] = ()
    """The shop's address, a line each."""
    tax_numbers: Annotated[tuple[PrintedLine, ...], Field(max_length=4)] = ()
    """Tax numbers as they are printed, with what they are: `VAT ID ATU12345678`. In quotes where it is digits alone."""


class Printer(Section):
    """A receipt printer that understands ESC/POS."""

    name: Key
    uri: Annotated[str, uri(*PRINTER_SCHEMES)]
    """`escpos+tcp://HOST:9100`, `escpos+file:///dev/usb/lp0`, `escpos+usb://VENDOR:PRODUCT`. Options: `?width=80` or 58
    (mm of the paper), `columns=42` (not 48 letters on 80 mm), `mode=image` (no letters of the printer), `status=no` (it
    answers no questions), `cut=no`."""


class Mail(Section):
    """The shop's mail server. With it, receipts are sent by e-mail, at the desk and from the receipt's page."""

    uri: Annotated[str, uri("smtps", "smtp"), with_port]
    """`smtps://HOST` (TLS, port 465) or `smtp://HOST` (STARTTLS, port 587). Without encryption only this computer."""
    sender: Annotated[str, Field(min_length=3, max_length=254)]
    """Address of the sender; the name beside it is `shop.name`."""
    user: Annotated[str, Field(min_length=1, max_length=254)] | None = None
    """User name at the server. Default: no sign-in."""
    key_file: KeyPlace | None = None
    """File with `password: VALUE`, mode 0600."""
    ca_file: Place | None = None
    """Certificates (PEM) of which the server must show one. Default: those of the system."""


class Receipts(Section):
    """How shoppers get their receipts, in addition to the QR code on the mirror."""

    link_days: Annotated[int, Field(ge=0, le=3650)] = 90
    """Days for which the link of a receipt is open, from the payment on; later it says that it has expired. Associates
    find the sale all the same. 0: without end."""
    issuer: Issuer | None = None
    """Company, address and tax numbers of the shop. Without it receipts state `shop.name` alone."""
    mail: Mail | None = None
    """E-mail. Without it receipts are not sent."""
    printers: tuple[Printer, ...] = ()
    """Associates print at each of them; a shopper at that of her room (`rooms`, `printer`)."""
