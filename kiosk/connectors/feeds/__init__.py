"""Reads the feed files of a retailer: catalogue, stock, people and looks, with the mistakes found in them."""

from __future__ import annotations

from kiosk.connectors.feeds import limits
from kiosk.connectors.feeds.columns import FeedKind
from kiosk.connectors.feeds.feed_file import FeedFile, FeedMistake, FeedNote
from kiosk.connectors.feeds.feed_folder import FeedFolder, open_folder
from kiosk.connectors.feeds.file_names import FEED_KINDS, FEED_SUFFIXES, REPORT_NAME, FileStamp
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
from kiosk.connectors.feeds.mistake_list import MAX_KEPT, MistakeList
from kiosk.connectors.feeds.schema import feed_schema
from kiosk.connectors.feeds.text_files.text_file import Progress

__all__ = [
    "FEED_KINDS",
    "FEED_SUFFIXES",
    "MAX_KEPT",
    "REPORT_NAME",
    "AssociateLine",
    "ColourLine",
    "CredentialLine",
    "FeedFile",
    "FeedFolder",
    "FeedKind",
    "FeedMistake",
    "FeedNote",
    "FileStamp",
    "ItemReference",
    "LookLine",
    "MistakeList",
    "Progress",
    "ShopperLine",
    "SkuLine",
    "StockLine",
    "StyleColour",
    "StyleLine",
    "feed_schema",
    "limits",
    "open_folder",
]
