"""The table of all routes: which callers may ask each. A route that is not in it is refused to everybody.

A line is `METHOD PATH`, as in the OpenAPI document. The gates look into the table at every request (`access.gates`),
and the application is not built with a route that is missing here (`access.declared`).

The reasons for what the roles of the staff may do:

- back of house works in the stockroom and meets no shopper: it sees what is to be brought, bagged and put aside, and
  looks products up. It claims no request, because a claim promises the shopper a person by name who comes to the door,
  and ends when that person is not on the floor.
- an analyst sees the insights, which show no person and no visit, and nothing of the floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kiosk.store.api.access.callers import STAFF, Caller, Callers

Operation = tuple[str, str]
"""Method and path."""

_SERVICE: Final = frozenset({Caller.ASSOCIATE, Caller.MANAGER})
_PRODUCTS: Final = _SERVICE | {Caller.BACK_OF_HOUSE}
_FIGURES: Final = frozenset({Caller.ANALYST, Caller.MANAGER})
_OFFICE: Final = frozenset({Caller.MANAGER, Caller.COMMAND})

_OPEN_ROUTES: Final = """
    GET /api/v1/shop
    GET /api/v1/health
    GET /api/v1/associates
    POST /api/v1/session
    GET /api/v1/pictures/{path}
    GET /r/{token}
    POST /r/{token}
    GET /m
    GET /associate
    GET /associate/{path}
    GET /associate/app.webmanifest
    GET /associate/texts.json
    POST /api/v1/pairing/begin
    POST /api/v1/pairing/finish
    POST /api/v1/devices/join
    GET /api/v1/devices/root
    GET /api/v1/devices/root.crt
"""
_MIRROR_ROUTES: Final = """
    GET /api/v1/rooms/{room}/articles
    PUT /api/v1/rooms/{room}/asides/{aside_id}
    DELETE /api/v1/rooms/{room}/asides/{aside_id}
    PUT /api/v1/rooms/{room}/basket
    POST /api/v1/rooms/{room}/delivery
    PUT /api/v1/rooms/{room}/feels
    PUT /api/v1/rooms/{room}/messages/{message_id}
    POST /api/v1/rooms/{room}/identify
    POST /api/v1/rooms/{room}/looks
    POST /api/v1/rooms/{room}/meetings
    POST /api/v1/rooms/{room}/meetings/{meeting_id}
    POST /api/v1/rooms/{room}/notes
    PUT /api/v1/rooms/{room}/orders/{order_id}
    DELETE /api/v1/rooms/{room}/orders/{order_id}/payment
    PUT /api/v1/rooms/{room}/orders/{order_id}/payment
    PUT /api/v1/rooms/{room}/orders/{order_id}/print
    POST /api/v1/rooms/{room}/pieces
    PUT /api/v1/rooms/{room}/requests/{request_id}
    POST /api/v1/rooms/{room}/requests/{request_id}/withdraw
    POST /api/v1/rooms/{room}/size
    PUT /api/v1/rooms/{room}/status
    GET /api/v1/rooms/{room}/stream
    PUT /api/v1/rooms/{room}/visit
"""
_STAND_ROUTES: Final = """
    POST /api/v1/stands/{room}/meetings
    POST /api/v1/stands/{room}/meetings/{meeting_id}
    GET /api/v1/stands/{room}/orders/{order_id}
    PUT /api/v1/stands/{room}/orders/{order_id}/seen
    PUT /api/v1/stands/{room}/status
    POST /api/v1/stands/{room}/taps
"""
_STAFF_ROUTES: Final = """
    GET /api/v1/session
    DELETE /api/v1/session
    POST /api/v1/session/used
"""
_SERVICE_ROUTES: Final = """
    PUT /api/v1/session/break
    GET /api/v1/push
    PUT /api/v1/push
    DELETE /api/v1/push
    GET /api/v1/pick-list
    GET /api/v1/floor
    GET /api/v1/floor/stream
    POST /api/v1/requests/{request_id}/{move}
    POST /api/v1/alarms/{alarm_id}/seen
    POST /api/v1/stand-notices/{stand}/seen
    GET /api/v1/fleet
    POST /api/v1/messages/{room}
    POST /api/v1/messages/{room}/look
    GET /api/v1/messages/{room}/suggestions
    GET /api/v1/clues/{room}
    POST /api/v1/clues/{room}/answers
    POST /api/v1/clues/{room}/dislikes
    POST /api/v1/clues/{room}/withdraw
    GET /api/v1/client-books/of-room/{room}
    POST /api/v1/client-books/of-room/{room}
    GET /api/v1/client-books/of-room/{room}/record
    PUT /api/v1/client-books/of-room/{room}/{entry_id}
    DELETE /api/v1/client-books/of-room/{room}/{entry_id}
    POST /api/v1/client-books/of-room/{room}/{entry_id}/done
    GET /api/v1/appointments
    POST /api/v1/appointments/card
    POST /api/v1/appointments/members
    PUT /api/v1/appointments/{appointment_id}
    DELETE /api/v1/appointments/{appointment_id}
    PUT /api/v1/appointments/{appointment_id}/pieces
    POST /api/v1/appointments/{appointment_id}/pieces/remove
    GET /api/v1/follow-ups
    POST /api/v1/follow-ups/{entry_id}/done
    GET /api/v1/money
    POST /api/v1/money/{key}/ask
    POST /api/v1/money/{key}/settle
    GET /api/v1/attended
    POST /api/v1/attended/{key}/begin
    POST /api/v1/attended/{key}/result
    GET /api/v1/baskets
    GET /api/v1/baskets/{room}/total
    GET /api/v1/orders/{order_id}
    PUT /api/v1/orders/{order_id}
    DELETE /api/v1/orders/{order_id}
    GET /api/v1/sales
    POST /api/v1/refunds
    GET /api/v1/refunds/{key}
    POST /api/v1/exchanges
    PUT /api/v1/alterations/{request_id}
    PUT /api/v1/parcels/{key}/address
    GET /api/v1/receipt-numbers/{number}
    GET /api/v1/receipts/{order_id}
    POST /api/v1/receipts/{order_id}/mail
    POST /api/v1/receipts/{order_id}/print
"""
_PRODUCT_ROUTES: Final = """
    GET /api/v1/products
    POST /api/v1/bags/{order_id}/done
    GET /api/v1/asides
    POST /api/v1/asides/{aside_id}/{move}
    GET /api/v1/alterations
    POST /api/v1/alterations/{request_id}/done
    GET /api/v1/parcels
    POST /api/v1/parcels/{key}/{move}
"""
_STOCKROOM_ROUTES: Final = """
    GET /api/v1/stockroom
    GET /api/v1/stockroom/stream
"""
_FIGURE_ROUTES: Final = """
    GET /api/v1/insights/items
    GET /api/v1/insights/items.csv
    GET /insights
"""
_TABLE_ROUTES: Final = """
    GET /api/v1/insights/models
    GET /api/v1/insights/tables
    GET /api/v1/insights/tables/{name}.{kind}
    GET /api/v1/insights/trials
"""
_MANAGER_ROUTES: Final = """
    POST /api/v1/client-books/hand-over
    POST /api/v1/members/erase
    POST /api/v1/members/export
"""
_OFFICE_ROUTES: Final = """
    POST /api/v1/insights/trials
    POST /api/v1/insights/trials/{trial_id}/stop
    GET /api/v1/devices
    GET /api/v1/devices/codes
    POST /api/v1/devices/codes
    DELETE /api/v1/devices/{device_id}
    GET /api/v1/feed
    POST /api/v1/feed/accept
    GET /api/v1/feed/import
    POST /api/v1/feed/import
    GET /api/v1/feed/mistakes
    GET /api/v1/integrators
    POST /api/v1/integrators
    DELETE /api/v1/integrators/{name}
    GET /api/v1/web-hooks
    GET /api/v1/web-hooks/{name}/dead-letters
    POST /api/v1/web-hooks/{name}/send-again
    GET /api/v1/ledger/audit
    POST /api/v1/ledger/audit
    GET /api/v1/ledger/histories
    POST /api/v1/ledger/settlement
    GET /api/v1/sales-out
    POST /api/v1/sales-out/{name}/replay
    POST /api/v1/sales-out/{name}/retry
    POST /api/v1/sales-out/{name}/skip
    GET /api/v1/staff
    POST /api/v1/staff
    GET /api/v1/staff/log
    DELETE /api/v1/staff/{staff_id}
    PUT /api/v1/staff/{staff_id}/pin
    PUT /api/v1/staff/{staff_id}/role
    GET /api/v1/terminals
    GET /api/v1/terminals/tests/{order_id}
    DELETE /api/v1/terminals/tests/{order_id}
    POST /api/v1/terminals/{name}/probe
    POST /api/v1/terminals/{name}/test
"""
_COMMAND_ROUTES: Final = """
    GET /api/v1/backup/snapshot
    POST /api/v1/backup/snapshot
"""
_INTEGRATOR_ROUTES: Final = """
    GET /api/v1/events
    GET /api/v1/events/epcis
    GET /api/v1/events/stream
"""


def table_of(groups: Iterable[tuple[Callers, str]]) -> Mapping[Operation, Callers]:
    """The table of groups of lines. Raises ValueError for an operation that is named twice."""
    table: dict[Operation, Callers] = {}
    for callers, lines in groups:
        for line in lines.split("\n"):
            method, _, path = line.strip().partition(" ")
            if not method:
                continue
            if (method, path) in table:
                raise ValueError(f"{method} {path} is in the table of routes twice")
            table[method, path] = callers
    return table


ROUTES: Final = table_of(
    (
        (frozenset({Caller.ANYBODY}), _OPEN_ROUTES),
        (frozenset({Caller.MIRROR}), _MIRROR_ROUTES),
        (frozenset({Caller.STAND}), _STAND_ROUTES),
        (STAFF, _STAFF_ROUTES),
        (_SERVICE, _SERVICE_ROUTES),
        (_PRODUCTS, _PRODUCT_ROUTES),
        (frozenset({Caller.BACK_OF_HOUSE}), _STOCKROOM_ROUTES),
        (_FIGURES, _FIGURE_ROUTES),
        (_FIGURES | {Caller.COMMAND}, _TABLE_ROUTES),
        (frozenset({Caller.MANAGER}), _MANAGER_ROUTES),
        (_OFFICE, _OFFICE_ROUTES),
        (frozenset({Caller.COMMAND}), _COMMAND_ROUTES),
        (frozenset({Caller.MONITOR}), "GET /metrics"),
        (frozenset({Caller.INTEGRATOR}), _INTEGRATOR_ROUTES),
    )
)
"""Who may ask each operation."""
