"""The rules of display: which of the ranked suggestions make the list that a shopper sees.

Whatever ranks, a list keeps these: one colour of a style, at most two of a category, within the room's price band.
A dearer piece is at most one band up and of every three at most one, as long as there is anything else; no list is
only dearer. What a stylist put beside the room may cost what it costs; what lies far below waits until nothing nearer
is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.core.domain.advice import LookReason, Suggestion
from kiosk.core.domain.garment import Garment

MAX_PER_CATEGORY = 2
"""Four scarves are no look."""
MAX_BANDS_ABOVE, MAX_BANDS_BELOW = 1, 2
"""Bands that a suggestion may lie above and below the room's middle one."""
DEARER_ONE_IN = 3
"""One in so many may be dearer."""
Band = Callable[[Garment], int]


class DisplayList:
    """A list as it fills. `band` gives the price band of a garment."""

    def __init__(self, room: Sequence[Garment], wanted: int, band: Band) -> None:
        self.shown: list[Suggestion] = []
        self._wanted, self._band = wanted, band
        known = sorted(band(garment) for garment in room)
        self._middle = known[len(known) // 2] if known else None
        self._dearer_left = wanted // DEARER_ONE_IN
        self._early: list[Suggestion] = []
        """Dearer ones that came before the first that is not: without one they are not shown."""
        self._waiting: list[Suggestion] = []

    @property
    def left(self) -> int:
        """How many places are empty."""
        return self._wanted - len(self.shown)

    def offer(self, suggestion: Suggestion) -> None:
        """Shows it, lets it wait for its price, or passes it over."""
        if not self._fits(suggestion):
            return
        above = self._above(suggestion)
        if suggestion.reason is LookReason.STYLIST or self._middle is None:
            self.shown.append(suggestion)
        elif above > MAX_BANDS_ABOVE or above < -MAX_BANDS_BELOW:
            self._waiting.append(suggestion)
        elif above <= 0:
            self._anchor(suggestion)
        elif not self._anchored:
            self._early.append(suggestion)
        elif self._dearer_left:
            self._dearer_left -= 1
            self.shown.append(suggestion)
        else:
            self._waiting.append(suggestion)

    def fill(self) -> None:
        """Fills what is empty with what waited: the cheaper ones first, then dearer ones within their one band, as
        long as they do not outweigh the others."""
        for suggestion in self._waiting:
            if self._above(suggestion) < 0 and self._fits(suggestion):
                self._anchor(suggestion)
        for suggestion in self._waiting:
            within = (
                0 < self._above(suggestion) <= MAX_BANDS_ABOVE
                and self._dearer() < len(self.shown) - self._dearer()
            )
            if within and self._fits(suggestion):
                self.shown.append(suggestion)
        if not self._anchored:
            # a room below all that is left to show: an empty glass helps nobody, so the nearest prices are shown
            for suggestion in sorted([*self._early, *self._waiting], key=self._above):
                if self._fits(suggestion):
                    self.shown.append(suggestion)

    def _anchor(self, suggestion: Suggestion) -> None:
        """Shows a piece that is no dearer than the room, behind the dearer ones that waited for one."""
        at = len(self.shown)
        self.shown.append(suggestion)
        early, self._early = self._early, []
        for dearer in early:
            if self._dearer_left and self._fits(dearer):
                self._dearer_left -= 1
                self.shown.insert(at, dearer)
                at += 1
            else:
                self._waiting.append(dearer)

    @property
    def _anchored(self) -> bool:
        return any(self._above(shown) <= 0 for shown in self.shown)

    def _above(self, suggestion: Suggestion) -> int:
        return 0 if self._middle is None else self._band(suggestion.garment) - self._middle

    def _dearer(self) -> int:
        return sum(self._above(s) > 0 and s.reason is not LookReason.STYLIST for s in self.shown)

    def _fits(self, suggestion: Suggestion) -> bool:
        garment = suggestion.garment
        same = sum(shown.garment.category == garment.category for shown in self.shown)
        style = any(shown.garment.style_id == garment.style_id for shown in self.shown)
        return bool(self.left) and same < MAX_PER_CATEGORY and not style
