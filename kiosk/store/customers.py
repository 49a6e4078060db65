"""Known shoppers: whose card was laid, and only what that tap has proved. Never logged, dropped with the visit.

A signed link (SUN) of our own cards whose counter has risen proves the card: first name and sizes may be shown. A bare
number can be copied, so it opens nothing that is personal.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update

from hardware.pcsc.errors import ForgedProofError, MalformedProofError, NotSignedError
from hardware.pcsc.keys import KEY_BYTES, ShopKeys, SunKeys
from hardware.pcsc.ntag424 import verify_sun
from kiosk.core.events import Tapped
from kiosk.core.ids import ItemId, ShopperId
from kiosk.core.shopper import Shopper, Tier, WornSize
from kiosk.store.database import Database
from kiosk.store.tables import CREDENTIAL, PURCHASE, SHOPPER

log = logging.getLogger(__name__)
Mac = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Customer:
    """What the shop may use of a shopper who proved who she is: only what she consented to."""

    shopper_id: ShopperId
    first_name: str
    language: str
    sizes: tuple[WornSize, ...]
    history: tuple[ItemId, ...]
    stored_means: str

    def usual(self, category: str, size_system: str = "") -> str:
        """The size usually kept, by the style's system of sizes where that is known, else by category."""
        worn = {w.category: w.size for w in self.sizes}
        return worn.get(size_system) or worn.get(category) or ""

    def proved(self) -> Shopper:
        return Shopper(
            self.shopper_id, Tier.PROVED, self.first_name, self.language, self.sizes, self.stored_means
        )


class Customers:
    """Looks shoppers up by tap. `mac` makes the keyed hash under which card numbers are kept."""

    def __init__(self, database: Database, mac: Mac, keys: SunKeys | None) -> None:
        self._database, self._mac, self._keys = database, mac, keys

    def identify(self, tap: Tapped) -> Shopper | None:
        """Whom a tap makes known; None for a credential that is not of this house, or a proof that does not hold."""
        if tap.link and self._keys is not None:
            try:
                proof = verify_sun(tap.link, self._keys)
            except NotSignedError:
                pass
            except (MalformedProofError, ForgedProofError) as refused:
                log.info("a card was refused: %s", type(refused).__name__)
                return None
            else:
                return self._proved(self._mac(proof.uid), proof.counter)
        return self._static(self._mac(tap.uid))

    def customer(self, shopper_id: ShopperId) -> Customer | None:
        """A shopper by id; only to be asked for one who has proved who she is."""
        with self._database.reading() as connection:
            row = connection.execute(select(SHOPPER).where(SHOPPER.c.shopper_id == shopper_id)).one_or_none()
            if row is None:
                return None
            items = connection.scalars(
                select(PURCHASE.c.item)
                .where(PURCHASE.c.shopper_id == shopper_id)
                .order_by(PURCHASE.c.purchase_id)
            ).all()
        consents = set(json.loads(row.consents))
        sizes = json.loads(row.sizes) if "sizes" in consents else {}
        return Customer(
            shopper_id=shopper_id,
            first_name=row.first_name,
            language=row.language,
            sizes=tuple(WornSize(category, size) for category, size in sizes.items()),
            history=tuple(ItemId(i) for i in items) if "history" in consents else (),
            stored_means=row.stored_means,
        )

    def _proved(self, uid_mac: str, counter: int) -> Shopper | None:
        with self._database.writing() as connection:
            fresh = (CREDENTIAL.c.uid_mac == uid_mac) & (CREDENTIAL.c.counter < counter)
            risen = connection.execute(update(CREDENTIAL).where(fresh).values(counter=counter)).rowcount
            shopper_id = connection.scalar(
                select(CREDENTIAL.c.shopper_id).where(CREDENTIAL.c.uid_mac == uid_mac)
            )
        if not risen or shopper_id is None:
            if shopper_id is not None:
                log.warning(
                    "a signed link was used a second time; a copied link, or a card read elsewhere first"
                )
            return None
        customer = self.customer(ShopperId(shopper_id))
        return customer.proved() if customer else None

    def _static(self, uid_mac: str) -> Shopper | None:
        with self._database.reading() as connection:
            shopper_id = connection.scalar(
                select(CREDENTIAL.c.shopper_id).where(CREDENTIAL.c.uid_mac == uid_mac)
            )
        return None if shopper_id is None else Shopper(ShopperId(shopper_id), Tier.STATIC)


def read_keys(path: Path | None) -> SunKeys | None:
    """The house's card keys from a file with the master key in hex; None, with one clear line, where there are none."""
    if path is None:
        return None
    try:
        master = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        log.warning(
            "no card keys (%s: %s): cards prove nothing until this is mended", path.name, type(error).__name__
        )
        return None
    if len(master) != KEY_BYTES:
        log.warning(
            "no card keys (%s: %d bytes): cards prove nothing until this is mended", path.name, len(master)
        )
        return None
    return ShopKeys(master)
