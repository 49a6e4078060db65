"""Reads the feed files of a retailer: catalogue, stock, people and looks, with the mistakes found in them."""

from __future__ import annotations

from kiosk.connectors.feeds.folder import FEED_STEMS, FEED_SUFFIXES, Feed, read_folder
from kiosk.connectors.feeds.line_types import (
    AssociateLine,
    ColourLine,
    CredentialLine,
    LookLine,
    ShopperLine,
    SkuLine,
    StockLine,
    StyleLine,
)
from kiosk.connectors.feeds.records import FeedMistake

__all__ = [
    "FEED_STEMS",
    "FEED_SUFFIXES",
    "AssociateLine",
    "ColourLine",
    "CredentialLine",
    "Feed",
    "FeedMistake",
    "LookLine",
    "ShopperLine",
    "SkuLine",
    "StockLine",
    "StyleLine",
    "read_folder",
]
