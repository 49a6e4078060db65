"""Shoppers' requests to the associates: received, claimed, answered, escalated, and kept in the database.

Every change is written before it is published, so a restart of the store loses no request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Final

from kiosk.clock import US, Clocks
from kiosk.core.domain.floor.services import AnsweredBy
from kiosk.core.domain.hours.opening_hours import ALWAYS_OPEN, ShopHours
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId
from kiosk.core.domain.service_request import (
    ActionRefusedError,
    AssociateReply,
    Reached,
    RequestAction,
    RequestState,
    ServiceRequest,
    apply_action,
    offered,
    offered_to_all,
)
from kiosk.store.db.database import Database
from kiosk.store.errors import ForbiddenError, NotFoundError, RefusedError
from kiosk.store.floor.answer_times import AnswerTime
from kiosk.store.floor.applied_actions import AppliedActions, KeyedAction
from kiosk.store.floor.dispatch import Escalation, NobodyOnTheFloor
from kiosk.store.floor.offers.first_asked import Everybody, FirstAsked
from kiosk.store.floor.offers.service_offer import ServiceOffer
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.request_deadlines import RequestDeadlines
from kiosk.store.floor.request_rows import RequestRows, StoredRequest
from kiosk.store.floor.staffed_time import AFTER_CLOSING_US, StaffedTime

MAX_WAIT_US: Final = 24 * 3600 * US
"""No request waits longer for its answer."""


class RequestDesk:
    """All requests of the shop and the actions on them. To be used under the writer's lock; times come with the calls.

    It keeps `open_requests` up to date. `on_change` is called with a request after each change was written.
    `escalate_us`: how long a request may stay unclaimed before it is escalated; time without staff does not count
    (`hours`). `clocks`: the store's; without them that is measured by the times of the calls. `zone`: of the hours for
    which answers are measured. `escalation`: whom an escalation asks; `first_asked`: whom a new request asks before
    everybody. `services`: what the shop offers.
    """

    def __init__(
        self, database: Database, open_requests: OpenRequests, on_change: Callable[[ServiceRequest], None],
        escalate_us: int, clocks: Clocks | None = None, hours: ShopHours = ALWAYS_OPEN, *,
        zone: tzinfo = UTC, escalation: Escalation | None = None, first_asked: FirstAsked | None = None,
        services: ServiceOffer | None = None,
    ) -> None:  # fmt: skip
        self._rows, self.open_requests, self._on_change = RequestRows(database), open_requests, on_change
        self._clocks, self._zone = clocks, zone
        self._deadlines = RequestDeadlines(StaffedTime(hours, clocks), escalate_us)
        self._escalation, self.first_asked = escalation or NobodyOnTheFloor(), first_asked or Everybody()
        self._services = services or ServiceOffer()
        self._stored: dict[RequestId, StoredRequest] = {}
        self._arrived_us: dict[RequestId, int] = {}
        """When open requests arrived, by the steady clock."""
        self._applied = AppliedActions(database)
        self._load()

    def receive(self, request: ServiceRequest, now_us: int) -> ServiceRequest:
        """Takes a request; one that is known already is returned in its present state.

        Raises RefusedError if the id belongs to another room, and for a service that the shop does not offer.
        """
        known = self._find(request.request_id)
        if known is not None:
            if known.room != request.room:
                raise RefusedError("this request id belongs to another room")
            return known
        fresh = replace(
            self._services.taken(request), state=RequestState.SENDING, associate_id=None, by="", answer=None,
            minutes=0, escalated=0, lost_by="", reached=Reached.TEAM, asked_id=None, asked="",
            rung=0, revision=0, received_us=now_us,
        )  # fmt: skip
        fresh = replace(fresh, usual=self._minutes(fresh, now_us))
        received = apply_action(fresh, RequestAction.RECEIVE, now_us)
        if self._services.answered_by(received) is AnsweredBy.MANAGER:
            return self._receive_for_managers(received)
        asked = self.first_asked.first_for(received)
        return self._save(offered(received, asked) if asked else received)

    def _receive_for_managers(self, received: ServiceRequest) -> ServiceRequest:
        """A manager is asked alone until it is escalated; where none is on the floor, everybody is asked."""
        asked = self._escalation.next_for(received)
        if asked.reached is not Reached.MANAGER:
            return self._save(received)
        saved = self._save(offered(received, asked, alone=True))
        self._escalation.asked(saved)
        return saved

    def withdraw(self, request_id: RequestId, room: RoomId, now_us: int) -> ServiceRequest:
        """Cancels a request for its shopper; one that is closed already stays as it is.

        Raises NotFoundError, or ForbiddenError if it is another room's.
        """
        request = self._get(request_id)
        if request.room != room:
            raise ForbiddenError("this request belongs to another room")
        if not request.state.open:
            return request
        return self._save(apply_action(request, RequestAction.CANCEL, now_us))

    def apply(
        self, request_id: RequestId, action: RequestAction, now_us: int, associate_id: AssociateId, by: str,
        answer: AssociateReply | None = None, minutes: int = 0, key: str = "",
    ) -> ServiceRequest:  # fmt: skip
        """An associate's action on a request; `by` is the first name, `minutes` 0 for those of the answer, or else the
        measured ones.

        With a `key` it is done once, however often it is sent, also over a restart. Raises NotFoundError, or
        RefusedError if the request's state or its present holder does not allow it.
        """
        request = self._get(request_id)
        keyed = KeyedAction(associate_id, key, request_id, action) if key else None
        if (keyed and self._applied.known(keyed)) or _is_repeated(request, action, associate_id):
            return request
        promised = minutes or (answer.promised_minutes if answer else 0)
        if action in (RequestAction.CLAIM, RequestAction.TAKE_OVER):
            by_list = self.first_asked.minutes(request, associate_id)
            promised = promised or max(by_list, self._minutes(request, now_us))
        try:
            after = apply_action(
                request, action, now_us, associate_id=associate_id, by=by, answer=answer, minutes=promised
            )
        except ActionRefusedError as refused:
            holder = f"; {request.by} has it" if request.by and request.state.open else ""
            raise RefusedError(f"the request is {request.state.value}{holder}") from refused
        answers = action in (RequestAction.ARRIVE, RequestAction.FINISH)
        return self._save(after, answers=answers, keyed=keyed)

    def cancel_over(self, is_over: Callable[[ServiceRequest], bool], now_us: int) -> None:
        """Cancels the open requests whose visit has ended."""
        for request in self.open_requests.all():
            if is_over(request):
                self._save(apply_action(request, RequestAction.CANCEL, now_us))

    def release_of(self, gone: Callable[[AssociateId], bool], now_us: int) -> None:
        """The claims of associates who are gone end: what they had waits for another one again."""
        for request in self.open_requests.all():
            if request.associate_id and gone(request.associate_id):
                self._save(apply_action(request, RequestAction.RELEASE, now_us))

    def tick(self, now_us: int) -> None:
        """Ends claims that were not kept, asks others for what nobody has claimed in time, closes what is left
        over from the day."""
        self.end_leases(now_us)
        self.end_offers(now_us)
        self.escalate(now_us)
        self.close_after_hours(now_us)

    def end_leases(self, now_us: int) -> None:
        """Ends the claims whose promised time is over, and what has been at the door for long."""
        for request_id in self._deadlines.ended_leases(now_us):
            self._save(apply_action(self._get(request_id), RequestAction.RELEASE, now_us))
        for request_id in self._deadlines.ended_doors(now_us):
            self._save(apply_action(self._get(request_id), RequestAction.FINISH, now_us))

    def end_offers(self, now_us: int) -> None:
        """Asks everybody for the requests that the one who was asked first has not claimed, or cannot any more."""
        due = self._deadlines.ended_offers(now_us)
        for request in self.open_requests.all():
            if request.request_id in due or (request.is_offer and self._escalation.has_left(request)):
                self._save(offered_to_all(request, now_us))

    def escalate(self, now_us: int) -> None:
        """Asks the next associate for each request that no associate has claimed in time."""
        due = self._deadlines.escalations(now_us)
        for request in self.open_requests.all():
            if request.request_id in due or self._must_ask_now(request):
                self._escalate(request, now_us)

    def close_after_hours(self, now_us: int) -> None:
        """Nobody is on the floor: what nothing has changed for half an hour in a closed shop, or for `LEFT_OVER_US` in
        any, is of a shopper who has left, and would keep her visit until somebody comes."""
        if not self._escalation.is_deserted():
            return
        closed, left_over = not self._deadlines.staffed(now_us), self._deadlines.left_over(now_us)
        for request in self.open_requests.all():
            long_closed = closed and now_us - request.changed_us >= AFTER_CLOSING_US
            if long_closed or request.request_id in left_over:
                self._save(apply_action(request, RequestAction.CANCEL, now_us))

    def delete_before(self, before_us: int) -> int:
        """Deletes closed requests that last changed before this time, and old keys; returns how many requests."""
        return self._rows.delete_before(before_us)

    def _must_ask_now(self, request: ServiceRequest) -> bool:
        """It waits for somebody who has left, or for nobody while somebody has come."""
        if request.state is not RequestState.RECEIVED:
            return False
        nobody = request.reached is Reached.NOBODY
        return self._escalation.has_left(request) or (nobody and self._escalation.has_somebody_new(request))

    def _escalate(self, request: ServiceRequest, now_us: int) -> None:
        asked = self._escalation.next_for(request)
        after = apply_action(request, RequestAction.ESCALATE, now_us, asked=asked)
        if replace(after, changed_us=request.changed_us) == request:
            self._deadlines.postpone(request.request_id, now_us)
        else:
            self._escalation.asked(self._save(after))

    def _save(
        self, request: ServiceRequest, *, answers: bool = False, keyed: KeyedAction | None = None
    ) -> ServiceRequest:
        """Writes a changed request, with the key of the action, then publishes it. `answers`: the piece or the
        associate is at the door now."""
        now_us, request = request.changed_us, replace(request, revision=request.revision + 1)
        known = self._stored.get(request.request_id)
        stored = StoredRequest(request, now_us) if known is None else replace(known, request=request)
        measured = answers and stored.answered_us is None
        if measured:
            stored = replace(stored, answered_us=self._answered_at(stored, now_us))
        self._rows.save(stored, keyed)
        self._keep(stored)
        self._deadlines.changed(request, self._promised(request), now_us)
        if measured:
            self._measured(request.kind_key, stored.arrived_us, stored.answered_us or now_us)
        self._on_change(request)
        return request

    def _answered_at(self, stored: StoredRequest, now_us: int) -> int:
        """When it is answered, now: its arrival and the time since then, also where the clock was set meanwhile."""
        arrived_us = self._arrived_us.get(stored.request.request_id)
        if self._clocks is None or arrived_us is None:
            return now_us  # without clocks, or answered with its arrival
        return stored.arrived_us + self._clocks.steady_us() - arrived_us

    def _keep(self, stored: StoredRequest) -> None:
        self.open_requests.update(stored.request)
        if stored.request.state.open:
            name = stored.request.request_id
            self._stored[name] = stored
            if self._clocks is not None and name not in self._arrived_us:
                self._arrived_us[name] = self._clocks.steady_of(stored.arrived_us, MAX_WAIT_US)
        else:
            self._stored.pop(stored.request.request_id, None)
            self._arrived_us.pop(stored.request.request_id, None)

    def _get(self, request_id: RequestId) -> ServiceRequest:
        request = self._find(request_id)
        if request is None:
            raise NotFoundError("there is no such request")
        return request

    def _find(self, request_id: RequestId) -> ServiceRequest | None:
        return self.open_requests.get(request_id) or self._rows.find(request_id)

    def _load(self) -> None:
        """Reads the open requests and the last answer times after a start; without clocks no time has passed."""
        for answered in self._rows.answered():
            self._measured(answered.kind, answered.arrived_us, answered.answered_us)
        for stored in self._rows.open():
            self._keep(stored)
            request = stored.request
            self._escalation.asked(request)
            now_us = self._clocks.now_us() if self._clocks is not None else request.changed_us
            self._deadlines.restored(request, self._promised(request), now_us)

    def _promised(self, request: ServiceRequest) -> int:
        return request.minutes or self._minutes(request, request.changed_us)

    def _minutes(self, request: ServiceRequest, at_us: int) -> int:
        return self.open_requests.answer_times.minutes(request.kind_key, self._hour(at_us))

    def _measured(self, kind: str | None, arrived_us: int, answered_us: int) -> None:
        time = AnswerTime(answered_us - arrived_us, kind, self._hour(arrived_us))
        self.open_requests.answer_times.add(time)

    def _hour(self, at_us: int) -> int:
        return datetime.fromtimestamp(at_us / US, self._zone).hour


_REACHED = {
    RequestAction.CLAIM: RequestState.CLAIMED,
    RequestAction.TAKE_OVER: RequestState.CLAIMED,
    RequestAction.ARRIVE: RequestState.AT_THE_DOOR,
    RequestAction.FINISH: RequestState.DONE,
    RequestAction.DECLINE: RequestState.DECLINED,
}


def _is_repeated(request: ServiceRequest, action: RequestAction, associate_id: AssociateId) -> bool:
    """Whether the same associate did this already: a second tap on a button is no mistake."""
    return request.associate_id == associate_id and _REACHED.get(action) is request.state
