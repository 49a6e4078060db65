"""Configuration of receipts: how long their links are open, e-mail, printers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kiosk.config.types import Section


class Receipts(Section):
    """How shoppers get their receipts, in addition to the QR code on the mirror."""

    link_days: Annotated[int, Field(ge=0, le=3650)] = 90
    """Days for which the link of a receipt is open, from the payment on; later it says that it has expired. Associates
    find the sale all the same. 0: without end."""
