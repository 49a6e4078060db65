"""The second one of two sizes that are asked for together, because the advice does not say which one fits."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.ids import ArticleId


@dataclass(frozen=True, slots=True)
class SecondSize:
    """Of a request: another size of the same garment in the same colour. `lies`: "floor" or "stockroom"."""

    article: ArticleId
    size: str
    lies: str
