"""Checks how receipts reach shoppers: the address of their links."""

from __future__ import annotations

from collections.abc import Iterator

from hardware.network.host_names import host_and_port
from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.store.payments.receipts.phone_reach import PhoneAddress, PhoneReach, phone_reach


def receipt_address(config: StoreConfig) -> PhoneAddress:
    """Which phones can open the links of receipts."""
    own = f"http://{host_and_port(config.listen.host, config.listen.port)}"
    return phone_reach(config.listen.public_url or own)


def receipt_mistakes(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    """Notes about receipts, where the shop takes payments."""
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
