"""The staff's desk and the accounts of a database, for tests."""

from __future__ import annotations

from kiosk.config.limits import SignInLimits
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.errors import PinDueError, UnauthenticatedError
from kiosk.store.staff.associates import AssociateAccounts
from kiosk.store.staff.pin_checks import PinChecks
from kiosk.store.staff.staff_desk import StaffDesk
from tests.kiosk.store.sample_shop import CHEAP, START_US

OWN_PIN, OTHER_PIN = "739204", "480217"


def desk_of(database: Database) -> StaffDesk:
    return StaffDesk(database, PinChecks(SignInLimits(), CHEAP), lambda: START_US)


def accounts_of(database: Database) -> AssociateAccounts:
    return AssociateAccounts(database, 10**12, CHEAP)


def signs_in(accounts: AssociateAccounts, who: str, pin: str) -> bool:
    try:
        accounts.sign_in(AssociateId(who), pin, START_US)
    except UnauthenticatedError:
        return False
    except PinDueError:
        return True
    return True
