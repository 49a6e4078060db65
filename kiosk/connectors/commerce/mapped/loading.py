"""Reads the description of a system and finds what cannot be right in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.config import ConfigError, Mistake
from kiosk.config.load import file_text, parse_section
from kiosk.connectors.commerce.mapped.model import ListingFile, SystemFile
from kiosk.connectors.mapping.loading import complete

_NUMBERED = ("page", "offset")


def load_description(file: Path) -> SystemFile:
    """The description. Raises ConfigError with all mistakes."""
    found = parse_section(SystemFile, file_text(file), str(file))
    changes: dict[str, ListingFile] = {}
    mistakes = list(_of_system(found))
    for name, listing in (("catalogue", found.catalogue), ("stock", found.stock)):
        if listing is None:
            continue
        mistakes += _of_listing(name, listing)
        try:
            mapping = complete(listing.mapping, str(file))
        except ConfigError as error:
            mistakes += [Mistake((name, "mapping", *one.place), one.line, one.what) for one in error.mistakes]
            continue
        changes[name] = listing.model_copy(update={"mapping": mapping})
        if name == "catalogue" and not mapping.item:
            mistakes.append(Mistake((name, "mapping"), None, "has no section item"))
        if name == "stock" and (mapping.item or not mapping.stock):
            mistakes.append(Mistake((name, "mapping"), None, "must have the section stock alone"))
        if name == "catalogue" and mapping.stock and found.stock is not None:
            what = "and the list `stock` both state counts; remove one of them"
            mistakes.append(Mistake((name, "mapping", "stock"), None, what))
    if mistakes:
        raise ConfigError(str(file), mistakes)
    return found.model_copy(update=changes)


def _of_system(found: SystemFile) -> Iterator[Mistake]:
    if found.catalogue is None and found.stock is None:
        yield Mistake((), None, "has neither catalogue nor stock")


def _of_listing(name: str, listing: ListingFile) -> Iterator[Mistake]:
    pages = listing.pages
    if "://" in listing.path or "?" in listing.path:
        what = "is a path below the address of the configuration, without `?`; write the query into `query`"
        yield Mistake((name, "path"), None, what)
    if pages.kind == "cursor" and not pages.next:
        yield Mistake((name, "pages", "next"), None, "is missing: the path in the answer to the next cursor")
    if listing.total and pages.kind not in _NUMBERED:
        yield Mistake((name, "total"), None, f"does not belong to pages of the kind {pages.kind}")
