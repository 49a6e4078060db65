"""Limits on what an import takes without a yes: how much may be lost, how far a price may move."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """Limits of one import.

    A loss waits for a yes if it is more than `loss_percent` of what is known and more than `small_loss` rows: in a
    shop with ten styles two may leave at once. Of the associates only `small_access_loss` may: one person leaves a
    team of three now and then, two at once are more likely to be a fault of the export.
    """

    loss_percent: int = 20
    small_loss: int = 2
    small_access_loss: int = 1
    price_percent: int = 40

    def allows(self, lost: int, known: int) -> bool:
        """Whether so many of the known rows may be lost without a yes."""
        return lost <= max(self.small_loss, known * self.loss_percent // 100)

    def allows_access_loss(self, lost: int, known: int) -> bool:
        """Whether so many of the associates may lose their access without a yes."""
        return lost <= max(self.small_access_loss, known * self.loss_percent // 100)

    def allows_price(self, before_minor: int, after_minor: int) -> bool:
        """Whether a price may move so far without a yes, up or down. From a price of 0 every other price is allowed."""
        return before_minor == 0 or abs(after_minor - before_minor) * 100 <= before_minor * self.price_percent
