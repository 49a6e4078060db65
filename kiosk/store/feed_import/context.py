"""What the kinds of one import share: transactions, losses, limits, and what has changed so far."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from kiosk.store.customers.tombstones import Tombstones
from kiosk.store.feed_import.kind_reading import KindReading
from kiosk.store.feed_import.limits import ImportLimits
from kiosk.store.feed_import.losses import Losses
from kiosk.store.feed_import.mistake_files import MistakeFiles
from kiosk.store.feed_import.price_step import PriceStep
from kiosk.store.feed_import.report import Loss
from kiosk.store.feed_import.slices import Slices


@dataclass(slots=True)
class ImportContext:
    """What the kinds of one import share.

    `changed_styles`, `changed_articles`, `changed_kinds`: what was written since the last `flush`. `at_end`: deletions
    of the catalogue, in the order of the kinds; they are made after everything else, the last kind first.
    """

    slices: Slices
    losses: Losses
    limits: ImportLimits
    now_us: int
    mac: Callable[[str], str]
    listener: Callable[[frozenset[str], frozenset[str], frozenset[str]], None]
    mistake_files: MistakeFiles
    tombstones: Tombstones
    changed_styles: set[str] = field(default_factory=set)
    changed_articles: set[str] = field(default_factory=set)
    changed_kinds: set[str] = field(default_factory=set)
    leaving_styles: set[str] = field(default_factory=set)
    leaving_colours: set[tuple[str, str]] = field(default_factory=set)
    leaving_articles: set[str] = field(default_factory=set)
    style_prices: dict[str, PriceStep] = field(default_factory=dict)
    """Prices of changed styles before and after this import."""
    new_colours: dict[str, set[str]] = field(default_factory=dict)
    """Colours of styles that this import adds or changes."""
    new_articles: set[str] = field(default_factory=set)
    """Articles that this import adds or changes."""
    articles_of_sku: dict[str, str] = field(default_factory=dict)
    """Articles of the shop's own SKUs that this import adds or changes."""
    renamed_articles: set[str] = field(default_factory=set)
    """Articles with a SKU only that have a GTIN now."""
    sku_moved: bool = False
    """Whether a SKU names another article than before, so that stock by SKU must be read again."""
    forgotten_articles: int = 0
    """Number of deleted articles; if they come back, their stock must be read again."""
    catalogue_grew: bool = False
    """Whether there are new styles or colours, which items may wait for."""
    stock_grew: bool = False
    at_end: list[Callable[[], None]] = field(default_factory=list)

    def may_lose(self, reading: KindReading[Any], keys: Collection[str], known: int) -> bool:
        """Whether these rows of a kind may be deleted now; otherwise they are held."""
        cause = reading.cause
        within = cause is Loss.ROWS and self.limits.allows(len(keys), known)
        return self.losses.allows(reading.kind, cause, keys, known, within=within)

    def flush(self) -> None:
        """Reports what was written to the listener, so that caches can follow."""
        if not self.slices.dry and (self.changed_styles or self.changed_articles or self.changed_kinds):
            self.listener(
                frozenset(self.changed_styles),
                frozenset(self.changed_articles),
                frozenset(self.changed_kinds),
            )
        for changed in (self.changed_styles, self.changed_articles, self.changed_kinds):
            changed.clear()
