"""A retailer's files -> values the store can take in: every mistake with its line, nothing lost that was good."""

from __future__ import annotations

from kiosk.connectors.feeds.folder import Feed, read_folder
from kiosk.connectors.feeds.lines import FeedProblem
from kiosk.connectors.feeds.values import (
    AssociateLine,
    ColourLine,
    CredentialLine,
    LookLine,
    ShopperLine,
    SkuLine,
    StockLine,
    StyleLine,
)

__all__ = [
    "AssociateLine",
    "ColourLine",
    "CredentialLine",
    "Feed",
    "FeedProblem",
    "LookLine",
    "ShopperLine",
    "SkuLine",
    "StockLine",
    "StyleLine",
    "read_folder",
]
