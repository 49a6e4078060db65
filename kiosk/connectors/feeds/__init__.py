"""Reads the feed files of a retailer: catalogue, stock, people and looks, with the mistakes found in them."""

from __future__ import annotations

from kiosk.connectors.feeds.feed_file import FeedFile, FeedMistake, FeedNote
from kiosk.connectors.feeds.feed_folder import (
    FEED_KINDS,
    FeedFolder,
    FeedKind,
    FileStamp,
    Progress,
    open_folder,
)
from kiosk.connectors.feeds.folder import FEED_STEMS, FEED_SUFFIXES, Feed, read_folder
from kiosk.connectors.feeds.line_types import (
    AssociateLine,
    ColourLine,
    CredentialLine,
    ItemReference,
    LookLine,
    ShopperLine,
    SkuLine,
    StockLine,
    StyleColour,
    StyleLine,
)

__all__ = [
    "FEED_KINDS",
    "FEED_STEMS",
    "FEED_SUFFIXES",
    "AssociateLine",
    "ColourLine",
    "CredentialLine",
    "Feed",
    "FeedFile",
    "FeedFolder",
    "FeedKind",
    "FeedMistake",
    "FeedNote",
    "FileStamp",
    "ItemReference",
    "LookLine",
    "Progress",
    "ShopperLine",
    "SkuLine",
    "StockLine",
    "StyleColour",
    "StyleLine",
    "open_folder",
    "read_folder",
]
