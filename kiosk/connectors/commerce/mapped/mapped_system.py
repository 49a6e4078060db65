"""A system that a YAML file describes."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kiosk.config import ConfigError
from kiosk.connectors.commerce.errors import AnswerError, CredentialsError, NoConnectorError
from kiosk.connectors.commerce.mapped.entries import count_at, row_of, value_at
from kiosk.connectors.commerce.mapped.loading import load_description
from kiosk.connectors.commerce.mapped.model import Auth, ListingFile
from kiosk.connectors.commerce.place import SystemPlace
from kiosk.connectors.commerce.port import Listing, ListingName, Page
from kiosk.connectors.commerce.web.json_client import Answer, JsonClient
from kiosk.connectors.mapping.model import MappingFile

MAX_PAGES: Final = 20_000
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "none": (), "bearer": ("token",), "basic": ("user", "password"), "header": ("token",),
}  # fmt: skip


class MappedSystem:
    """`CommerceSystem` by a description."""

    def __init__(self, place: SystemPlace) -> None:
        """Contacts nothing. Raises NoConnectorError."""
        if place.description is None:
            raise NoConnectorError("`description` is missing: name the YAML file that describes the system")
        try:
            described = load_description(place.description)
        except ConfigError as error:
            what = "; ".join(map(str, error.mistakes))
            raise NoConnectorError(f"description {place.description}: {what}") from None
        self.title = described.title or place.description.stem
        self._place, self._auth = place, described.auth
        self._headers()
        self._client = JsonClient(place, self._asked_headers)
        given: dict[ListingName, ListingFile | None] = {
            "catalogue": described.catalogue, "stock": described.stock,
        }  # fmt: skip
        self.listings: Mapping[ListingName, Listing] = {
            name: MappedListing(name, listing, self._client)
            for name, listing in given.items()
            if listing is not None
        }

    def cut(self) -> None:
        self._client.cut()

    def close(self) -> None:
        self._client.close()

    def _asked_headers(self) -> Mapping[str, str]:
        """Those of one request. A key file that was damaged meanwhile is a fault of the credentials."""
        try:
            return self._headers()
        except NoConnectorError as error:
            raise CredentialsError(str(error)) from None

    def _headers(self) -> Mapping[str, str]:
        """Raises NoConnectorError."""
        keys = self._place.keys(*needed) if (needed := _NEEDED[self._auth.kind]) else {}
        return {"Accept": "application/json", "User-Agent": "cheval", **_authorization(self._auth, keys)}


def _authorization(auth: Auth, keys: Mapping[str, str]) -> Mapping[str, str]:
    if auth.kind == "bearer":
        return {"Authorization": f"Bearer {keys['token']}"}
    if auth.kind == "basic":
        both = f"{keys['user']}:{keys['password']}".encode()
        return {"Authorization": f"Basic {base64.b64encode(both).decode()}"}
    return {auth.header: keys["token"]} if auth.kind == "header" else {}


@dataclass(frozen=True, slots=True)
class MappedListing:
    """A list by a description."""

    name: ListingName
    listing: ListingFile
    client: JsonClient

    @property
    def steady(self) -> bool:
        return self.listing.pages.kind in ("one", "cursor")

    @property
    def mapping(self) -> MappingFile:
        return self.listing.mapping

    def pages(self) -> Iterator[Page]:
        """Raises CommerceError."""
        kind = self.listing.pages.kind
        asked: set[str] = set()
        path, query = self.listing.path, self._query(0, 0, "")
        read = 0
        for number in range(1, MAX_PAGES + 1):
            answer = self.client.get(path, query)
            entries = self._entries(answer)
            total = count_at(answer.value, self.listing.total) if self.listing.total else None
            yield Page(tuple(row_of(entry, self.listing) for entry in entries), total)
            read += len(entries)
            following = self._following(answer, entries, total is not None and read >= total)
            if not following:
                return
            if following in asked and kind in ("cursor", "link"):
                raise AnswerError(f"{self.name}: it names the same next page again")
            asked.add(following)
            if kind == "link":
                path, query = following, {}
            else:
                query = self._query(number, read, following)
        raise AnswerError(f"{self.name}: it has more than {MAX_PAGES} pages; ask for larger ones")

    def _entries(self, answer: Answer) -> list[Any]:
        found = value_at(answer.value, self.listing.rows)
        if not isinstance(found, list):
            where = f"at `{self.listing.rows}`" if self.listing.rows else "in the answer"
            raise AnswerError(f"{self.name}: there is no list {where}; see `rows` of the description")
        return found

    def _following(self, answer: Answer, entries: list[Any], ended: bool) -> str:
        """What names the next page; empty after the last."""
        pages = self.listing.pages
        if pages.kind == "link":
            return answer.next_url
        if pages.kind == "cursor":
            value = value_at(answer.value, pages.next)
            return str(value) if isinstance(value, str | int) and value is not False else ""
        # a short page is not taken for the last one: some systems give fewer entries than asked for
        return "more" if pages.kind in ("page", "offset") and entries and not ended else ""

    def _query(self, number: int, read: int, cursor: str) -> Mapping[str, str]:
        """Of the page with a number from 0 on, before which `read` entries were read."""
        pages, query = self.listing.pages, dict(self.listing.query)
        if pages.size_parameter:
            query[pages.size_parameter] = str(pages.size)
        name = pages.parameter or pages.kind
        if pages.kind == "page":
            query[name] = str(pages.first + number)
        elif pages.kind == "offset":
            query[name] = str(read)
        elif pages.kind == "cursor" and cursor:
            query[name] = cursor
        return query
