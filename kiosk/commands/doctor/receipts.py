"""Checks how receipts reach shoppers: the links that phones open, printers, e-mail."""

from __future__ import annotations

from kiosk.commands.check.receipts import receipt_address
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.config import StoreConfig
from kiosk.config.receipts import Mail
from kiosk.connectors.messages.port import MailError, NoMailDriverError
from kiosk.connectors.messages.smtp import MailAccount, SmtpSender
from kiosk.connectors.printers.drivers import open_printer
from kiosk.connectors.printers.port import NoPrinterDriverError, PrinterNotReadyError, PrinterTrouble
from kiosk.store.payments.receipts.phone_reach import PhoneReach

_ABOUT = "receipts' links"


def links(config: StoreConfig) -> Finding:
    """Which phones can open the QR code of a receipt."""
    found = receipt_address(config)
    if found.reach is PhoneReach.ANYWHERE:
        return good(_ABOUT, f"phones open them at {config.listen.public_url}")
    if found.reach is PhoneReach.SHOP_NETWORK:
        advice = "Offer shoppers the shop's Wi-Fi, or put a reverse proxy with a certificate in front of the store."
        return note(_ABOUT, found.why, advice)
    advice = (
        "The mirror shows the receipt's number instead of a QR code. Set listen.public_url to an https address that"
        " leads to the store's /r, with a certificate that phones trust."
    )
    return note(_ABOUT, f"no phone opens them: {found.why}", advice)


def issuer(config: StoreConfig) -> Finding:
    """Whether receipts state who gives them."""
    about, stated = "receipts' issuer", config.receipts.issuer
    wanted = {"address": stated and stated.address, "tax number": stated and stated.tax_numbers}
    missing = [name for name, lines in wanted.items() if not lines]
    if missing:
        advice = (
            "Most laws want both on a receipt, unless the shop's own till gives one: set `receipts.issuer`."
        )
        return note(about, f"receipts state no {' and no '.join(missing)}", advice)
    return good(about, f"receipts state company or shop, address and tax numbers of {config.shop.name}")


_ADVICE = {
    PrinterTrouble.UNREACHABLE: "Switch it on; check its cable and its address in `receipts.printers`.",
    PrinterTrouble.SILENT: "Switch it off and on. If it never answers questions, add ?status=no to its address.",
    PrinterTrouble.OFFLINE: "See its own display and lights, and press its feed button.",
    PrinterTrouble.PAPER_OUT: "Put in a new roll.",
    PrinterTrouble.COVER_OPEN: "Close its cover.",
}


def mail(configured: Mail) -> Finding:
    """Whether the mail server takes the sign-in; no message is sent."""
    about = "e-mail"
    try:
        SmtpSender(
            MailAccount(
                configured.uri,
                configured.sender,
                configured.user or "",
                configured.key_file,
                configured.ca_file,
            )
        ).probe()
    except NoMailDriverError as error:
        return bad(about, str(error), "Correct `receipts.mail` in the store's file.")
    except MailError as error:
        advice = (
            "Check host, port, `user`, the password in `key_file`, and `ca_file`. Receipts wait for a day."
        )
        return bad(about, f"{configured.uri}: {error}", advice)
    return good(about, f"{configured.uri} takes messages of {configured.sender}")


def printer(name: str, uri: str) -> Finding:
    """Whether a printer is ready; nothing is printed."""
    about = f"printer {name}"
    try:
        open_printer(uri).probe()
    except NoPrinterDriverError as error:
        return bad(about, str(error), "Correct `receipts.printers` in the store's file.")
    except PrinterNotReadyError as error:
        return bad(about, f"{uri}: {error}", _ADVICE[error.trouble])
    return good(about, f"ready at {uri}")
