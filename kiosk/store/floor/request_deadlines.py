"""When a request is offered to everybody or escalated, and when a claim ends by itself. Time without staff does not
count.

A claim is a lease: it ends `GRACE_US` after the promised minutes unless its holder makes a move.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kiosk.clock import US
from kiosk.core.domain.ids import RequestId
from kiosk.core.domain.service_request import RequestState, ServiceRequest
from kiosk.store.floor.staffed_time import StaffedTime

GRACE_US: Final = 2 * 60 * US
OFFER_US: Final = 10 * US
"""For so long only the device of the one who is asked first rings. Then the time until an escalation begins."""
AT_DOOR_US: Final = 20 * 60 * US
"""What stands at the door for so long was taken: a request that its associate forgot to close holds no visit open."""
LEFT_OVER_US: Final = 3 * 3600 * US
"""An open request that nothing has changed for so long, with nobody on the floor, is of a shopper who has left: the
rule where no opening hours say that the day is over."""
_Begun = Callable[[int], int]


class RequestDeadlines:
    """To be used under the writer's lock. Times of the day come with the calls; `time` measures what they mean."""

    def __init__(self, time: StaffedTime, escalate_us: int) -> None:
        self._time, self._escalate_us = time, escalate_us
        self._escalations_us: dict[RequestId, int] = {}
        self._leases_us: dict[RequestId, int] = {}
        self._offers_us: dict[RequestId, int] = {}
        self._unchanged_us: dict[RequestId, int] = {}
        self._doors_us: dict[RequestId, int] = {}

    def changed(self, request: ServiceRequest, promised_minutes: int, now_us: int) -> None:
        """A request has changed now: the deadline of its state begins anew."""
        self._set(request, promised_minutes, lambda _: self._time.read(now_us))

    def restored(self, request: ServiceRequest, promised_minutes: int, now_us: int) -> None:
        """A request was read at the store's start: its deadline began when it changed last."""
        self._set(
            request, promised_minutes, lambda wait: self._time.read_at(request.changed_us, now_us, wait)
        )

    def escalations(self, now_us: int) -> tuple[RequestId, ...]:
        """Requests that are to be escalated now; none while there is no staff."""
        time_us = self._time.read(now_us)
        if not self._time.staffed(now_us):
            return ()
        return tuple(name for name, due_us in self._escalations_us.items() if time_us >= due_us)

    def ended_leases(self, now_us: int) -> tuple[RequestId, ...]:
        """Requests whose claim has ended by time."""
        time_us = self._time.read(now_us)
        return tuple(name for name, due_us in self._leases_us.items() if time_us >= due_us)

    def ended_offers(self, now_us: int) -> tuple[RequestId, ...]:
        """Requests for which everybody is to be asked now."""
        time_us = self._time.read(now_us)
        return tuple(name for name, due_us in self._offers_us.items() if time_us >= due_us)

    def ended_doors(self, now_us: int) -> tuple[RequestId, ...]:
        """Requests that are at the door for `AT_DOOR_US`; not those for which a paid piece is still to be changed."""
        time_us = self._time.read(now_us)
        return tuple(name for name, due_us in self._doors_us.items() if time_us >= due_us)

    def left_over(self, now_us: int) -> tuple[RequestId, ...]:
        """Open requests that nothing has changed for `LEFT_OVER_US`, or since a start that long ago."""
        time_us = self._time.read(now_us)
        return tuple(n for n, since_us in self._unchanged_us.items() if time_us - since_us >= LEFT_OVER_US)

    def staffed(self, now_us: int) -> bool:
        """Whether the shop is open, or was until a while ago."""
        return self._time.staffed(now_us)

    def postpone(self, request_id: RequestId, now_us: int) -> None:
        """An escalation changed nothing; the next one is due as after another."""
        self._escalations_us[request_id] = self._time.read(now_us) + self._escalate_us

    def _set(self, request: ServiceRequest, promised_minutes: int, begun_us: _Begun) -> None:
        name = request.request_id
        first_us = self._escalations_us.pop(name, None)
        self._leases_us.pop(name, None)
        self._offers_us.pop(name, None)
        self._unchanged_us.pop(name, None)
        self._doors_us.pop(name, None)
        if request.state.open:
            self._unchanged_us[name] = begun_us(0)  # after a start anew: who is on the floor is not known yet
        if request.is_offer:
            self._offers_us[name] = begun_us(OFFER_US) + OFFER_US
        if request.state is RequestState.RECEIVED:
            due_us = begun_us(self._escalate_us) + self._escalate_us
            # asking one and then everybody does not put the first escalation off
            self._escalations_us[name] = due_us if first_us is None or request.escalated else first_us
        elif request.state is RequestState.CLAIMED:
            lease_us = promised_minutes * 60 * US + GRACE_US
            self._leases_us[name] = begun_us(lease_us) + lease_us
        elif request.state is RequestState.AT_THE_DOOR and request.instead_of is None:
            self._doors_us[name] = begun_us(AT_DOOR_US) + AT_DOOR_US
