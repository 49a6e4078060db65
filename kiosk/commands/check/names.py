"""Checks the names of the feed against the fonts of this computer: which of them a mirror could not show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk import paths
from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.connectors.feeds import open_folder
from kiosk.connectors.feeds.line_types import StyleLine
from kiosk.fonts.readable import PACKAGES, SYSTEM, Fonts, fonts_of

MAX_NAMED: Final = 5


def name_mistakes(
    read: Read[StoreConfig], config: StoreConfig, fonts: Fonts | None = None
) -> Iterator[Mistake]:
    """A note if the feed has texts with letters that no font has. Names of people are counted, not told.

    `fonts`: without them, those of this computer and of the mirror.
    """
    feed = config.catalogue.feed
    if feed is None:
        return
    try:
        opened = open_folder(feed, currency=config.shop.currency)
        styles, shoppers = opened.read("styles", {}), opened.read("shoppers", {})
    except OSError:
        return  # the check of the files says why
    fonts = fonts or fonts_of(paths.assets() / "fonts", *SYSTEM)
    found = {
        key: lacks
        for key, line in (styles.changed if styles else {}).items()
        if (lacks := _lacks(fonts, line))
    }
    people = sum(
        bool(fonts.missing(one.first_name)) for one in (shoppers.changed if shoppers else {}).values()
    )
    if found and styles is not None:
        named = [
            f"{_name(styles.changed[key])} ({' '.join(found[key][:8])})" for key in list(found)[:MAX_NAMED]
        ]
        more = f" and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
        what = f"{len(found)} styles have letters that no font of this computer has: {', '.join(named)}{more}"
        yield read.mistake(("catalogue", "feed"), f"{what}; {_ADVICE}", Severity.NOTE)
    if people:
        what = f"the first names of {people} shoppers have letters that no font of this computer has"
        yield read.mistake(("catalogue", "feed"), f"{what}; {_ADVICE}", Severity.NOTE)


_ADVICE: Final = (
    "mirrors without such a font show empty boxes; run `cheval doctor` at each mirror, and install there: "
    f"{PACKAGES}"
)


def _lacks(fonts: Fonts, line: StyleLine) -> str:
    texts = (
        line.name,
        line.story,
        line.material,
        line.care,
        line.origin,
        *(one.name for one in line.colours),
    )
    return fonts.missing("".join(text for of in texts for _, text in of.by_language))


def _name(line: StyleLine) -> str:
    return line.name.in_language("en")
