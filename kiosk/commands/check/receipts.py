"""Checks how receipts reach shoppers: the address of their links."""

from __future__ import annotations

from collections.abc import Iterator

from hardware.network.host_names import host_and_port
from kiosk.commands.check.places import url_mistake
from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.connectors.messages.port import NoMailDriverError
from kiosk.connectors.messages.smtp import MailAccount, SmtpSender
from kiosk.connectors.printers.addresses import parse_printer
from kiosk.connectors.printers.port import NoPrinterDriverError
from kiosk.pictures.slips.letters import NOTO_CJK
from kiosk.store.payments.receipts.phone_reach import PhoneAddress, PhoneReach, phone_reach


def receipt_address(config: StoreConfig) -> PhoneAddress:
    """Which phones can open the links of receipts."""
    own = f"{config.listen.scheme}://{host_and_port(config.listen.host, config.listen.port)}"
    return phone_reach(config.listen.public_url or own)


def receipt_mistakes(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    """Mistakes of printers' addresses, and notes about links where the shop takes payments."""
    yield from _printers(read, config)
    yield from _mail(read, config)
    found = receipt_address(config)
    if not config.payments.terminals or found.reach is PhoneReach.ANYWHERE:
        return
    shown = (
        "the mirror shows a QR code of the receipt"
        if found.reachable
        else "the mirror shows no QR code of receipts"
    )
    place = ("listen", "public_url") if config.listen.public_url else ("listen",)
    yield read.mistake(place, f"{shown}: {found.why}", Severity.NOTE)


def _mail(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    mail = config.receipts.mail
    if mail is None:
        return
    place = ("receipts", "mail", "uri")
    try:
        SmtpSender(MailAccount(mail.uri, mail.sender, mail.user or "", mail.key_file, mail.ca_file))
    except NoMailDriverError as error:
        yield read.mistake(place, str(error))
        return
    if what := url_mistake(mail.uri):
        yield read.mistake(place, what)


def _printers(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    known: dict[str, str] = {}
    for position, printer in enumerate(config.receipts.printers):
        place = ("receipts", "printers", position, "uri")
        try:
            address = parse_printer(printer.uri)
        except NoPrinterDriverError as error:
            yield read.mistake(place, str(error))
            continue
        if address.scheme == "escpos+tcp" and (what := url_mistake(printer.uri)):
            yield read.mistake(place, what)
        first = known.setdefault(f"{address.place}:{address.port}".lower(), printer.name)
        if first != printer.name:
            yield read.mistake(place, f"is the printer `{first}` already; remove one entry", Severity.REFUSED)
    if config.receipts.printers and {"ja", "zh"} & set(config.shop.languages) and not NOTO_CJK.is_file():
        what = "Chinese and Japanese names may have letters that our fonts lack; install the package fonts-noto-cjk"
        yield read.mistake(("receipts", "printers"), what, Severity.NOTE)
