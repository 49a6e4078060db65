"""How people behave on a simulated Saturday. All numbers of the simulation are in this file, each with its source.

"Assumed" means that no published figure was at hand; the number is meant to be on the unfavourable side.
"""

from __future__ import annotations

from typing import Final

from kiosk.core.domain.service_request import RequestKind

OPEN_H: Final = 10
"""Hours from opening at 10 to closing at 20."""
HOUR_SHARES: Final = (3, 5, 8, 10, 12, 15, 16, 14, 10, 7)
"""Percent of the day's requests in each hour. Assumed: one peak from 15 to 18, twice the mean."""
KINDS: Final = (
    (RequestKind.SIZE, 0.60), (RequestKind.HELP, 0.20), (RequestKind.DRINK, 0.12), (RequestKind.ALTERATION, 0.08),
)  # fmt: skip
"""Assumed."""
WALK_M_S: Final = 1.2
"""Slower than the 1.25 m/s (older) and 1.51 m/s (younger) of pedestrians in Knoblauch, Pietrucha and Nitzburg,
Transportation Research Record 1538 (1996), since the way leads round rails and people."""
ROOM_STEPS_M: Final = (1.5, 3.0)
"""From one room to the next where no plan is given; the day is played with each, and the first is judged. Both are
assumed, no measured shop was at hand. 1.5 m: a turning circle of 1.52 m in each room (ADA Standards 2010, 304.3.1)
without its walls, or rooms 3 m wide on both sides of a corridor. 3 m: such rooms on one side, 20 of them 57 m long."""
AISLE_M: Final = 1.5
"""Walked besides the way between two rooms to a shopper who wants nothing fetched. Assumed."""
STOCK_M: Final = 25.0
"""From the first room to the goods, one way, where no plan is given. Assumed."""
IN_STOCKROOM: Final = 0.5
"""Share of the pieces that lie in the stockroom, where the plan has rails; the others are on any rail. Assumed."""
SEARCH_S: Final = {RequestKind.SIZE: 35.0, RequestKind.PIECE: 35.0, RequestKind.DRINK: 40.0}
"""Median time to find a piece, or to prepare a drink. Assumed; log-normal with `SPREAD`."""
SERVE_S: Final = {
    RequestKind.SIZE: 20.0, RequestKind.PIECE: 20.0, RequestKind.DRINK: 15.0, RequestKind.HELP: 150.0,
    RequestKind.ALTERATION: 240.0,
}  # fmt: skip
"""Median time at the room. Assumed; log-normal with `SPREAD`."""
NOTICE_S: Final = 8.0
"""Median time from a ring to the touch of a free associate. Assumed; log-normal with `SPREAD`."""
SPREAD: Final = 0.5
"""Standard deviation of the logarithm. Assumed."""
IGNORES: Final = 0.25
"""Share of rings that a free associate does not react to. Assumed."""
IGNORES_AT_GOODS: Final = 0.35
"""Share of rings that an associate does not react to who walks to the goods or searches. Assumed: more than a free
one, since her hands are full. She searches for each piece by itself, as long as if it were the only one."""
WALKS_OFF: Final = 0.03
"""Share of claims after which an associate turns to somebody else and forgets the request. Assumed."""
WALKS_OFF_S: Final = 600.0
SIGNS_OUT: Final = 0.01
"""Share of claims after which an associate signs out. Assumed."""
SIGNED_OUT_S: Final = 900.0
LOSES_NETWORK: Final = 0.01
"""Share of claims after which the device has no network for a while: its touches do not arrive. Assumed."""
NO_NETWORK_S: Final = 180.0
TABLET_DIES: Final = 0.005
"""Share of claims after which the device is dead. Assumed."""
DEAD_S: Final = 1200.0
NOTICED_LOST_S: Final = 22.0
"""Until the store's connection to such a device is lost: `TCP_USER_TIMEOUT` and a heartbeat."""
BREAK_S: Final = 1800.0
"""One break for each associate, one after the other from noon on. Half an hour: German working hours act (ArbZG),
section 4."""
