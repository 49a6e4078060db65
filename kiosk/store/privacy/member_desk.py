"""Export and erasure of one member by two associates: a manager, and a second person who confirms with a PIN."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.core.domain.ids import AssociateId, ShopperId
from kiosk.store.errors import NotFoundError, PinDueError, SecondPersonError, UnauthenticatedError
from kiosk.store.privacy.export import export_file
from kiosk.store.privacy.port import Held, PersonalData
from kiosk.store.privacy.proofs import Proof, Proofs
from kiosk.store.staff.associates import Associate, AssociateAccounts
from kiosk.store.staff.pin_tries import at_the_desk

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Second:
    """The associate who confirms an erasure, with a PIN."""

    associate_id: AssociateId
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MemberDesk:
    """Safe from any thread. `places`: everything that holds data of members; connectors to other systems join here."""

    places: tuple[PersonalData, ...]
    accounts: AssociateAccounts
    proofs: Proofs
    shop: str
    now_us: Callable[[], int]

    def held(self, member: ShopperId) -> tuple[Held, ...]:
        """What is held of a member. Raises SQLAlchemyError."""
        return tuple(one for place in self.places for one in place.held(member))

    def export(self, member: ShopperId, language: str, who: Associate) -> bytes:
        """Everything that is held of a member, as a zip file. Raises NotFoundError, SQLAlchemyError."""
        held = self.held(member)
        if not held:
            raise NotFoundError("nothing is held of this member")
        log.info("%s exported the data of a member", who.associate_id)
        return export_file(held, self.shop, language, self.now_us())

    def erase(self, member: ShopperId, who: Associate, second: Second | None) -> Proof:
        """Erases a member everywhere, also one who is not known here: no feed brings her in from now on.

        Raises SecondPersonError, LockedOutError, SQLAlchemyError, OSError; then it may be repeated.
        """
        confirmed = self._confirmed(who, second)
        erased: Counter[str] = Counter()
        for place in self.places:
            erased.update(place.erase(member))
        afterwards = sum(len(one.rows) for one in self.held(member))
        proof = self.proofs.write(erased, afterwards, (who.associate_id, confirmed), self.now_us())
        log.info("%s and %s erased a member: proof %s", who.associate_id, confirmed, proof.number)
        return proof

    def _confirmed(self, who: Associate, second: Second | None) -> AssociateId:
        if second is None or second.associate_id == who.associate_id:
            raise SecondPersonError("a second associate confirms an erasure with a PIN")
        counted = at_the_desk(who.associate_id, second.associate_id)
        try:
            return self.accounts.verified(counted, second.pin, self.accounts.clock()).associate_id
        except (UnauthenticatedError, PinDueError) as error:
            raise SecondPersonError(f"the second associate: {error}") from error
