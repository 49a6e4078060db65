"""Checks how receipts reach shoppers: the links that phones open."""

from __future__ import annotations

from kiosk.commands.check.receipts import receipt_address
from kiosk.commands.doctor.finding import Finding, good, note
from kiosk.config import StoreConfig
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
        " leads to the store's /r, or to the store's address in the shop's network."
    )
    return note(_ABOUT, f"no phone opens them: {found.why}", advice)
