"""Pairs the running mirror by a code that a technician types on its glass."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from kiosk.core.visit.pairing import PairingProblem
from kiosk.mirror.pairing_client import Invitation, PairingError, pair
from kiosk.mirror.store_client import StoreClient
from kiosk.pairing.credentials import write_credentials

log = logging.getLogger(__name__)
PairByCode = Callable[[str], PairingProblem | None]
"""Pairs the mirror by the digits of a code; None if that succeeded."""


def touch_pairing(store: str, room: str, file: Path, client: StoreClient) -> PairByCode:
    """Pairs with the store at an address, writes the credentials into a file, and gives them to the client."""

    def pair_by(code: str) -> PairingProblem | None:
        try:
            found = pair(store, room, Invitation(code))
            write_credentials(file, found)
            client.renew(found.token, found.root)
        except PairingError as error:
            log.warning("this mirror was not paired: %s", error)
            return error.problem
        except (OSError, ValueError) as error:
            log.error("the pairing cannot be kept in %s (%s); it must be writable by this user", file, error)
            return PairingProblem.NOT_SAVED
        log.info("this mirror was paired by a code on its glass")
        return None

    return pair_by
