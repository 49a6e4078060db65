"""Reads a Vendure shop by its Admin API.

Vendure answers faults with HTTP 200 and `errors`, whose `extensions.code` says which. A session is a token in a header
of the answer to `login`; it ends when it was not used for long or the server has forgotten it, and a new one is made
once for each request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from kiosk.config import ConfigError
from kiosk.config.load import file_text, parse_section
from kiosk.connectors.commerce.errors import AnswerError, CredentialsError, NoConnectorError
from kiosk.connectors.commerce.place import SystemPlace
from kiosk.connectors.commerce.port import Listing, ListingName, Page, SystemRow
from kiosk.connectors.commerce.vendure.vendure_file import VendureFile
from kiosk.connectors.commerce.web.json_client import JsonClient
from kiosk.connectors.mapping import load_mapping
from kiosk.connectors.mapping.loading import complete, with_entries_of
from kiosk.connectors.mapping.model import MappingFile

HERE: Final = Path(__file__).parent
MAX_PAGES: Final = 20_000
API: Final = "admin-api"
SESSION: Final = "vendure-auth-token"
_FIELDS: Final = "# custom fields"
_SET_UP: Final = "; is it Vendure 3, and does the custom field exist?"
_DENIED: Final = frozenset({"FORBIDDEN", "UNAUTHORIZED"})


def query_text(name: str, gtin: str | None = None) -> str:
    """A query of this connector. `gtin`: the custom field that is asked for too."""
    text = (HERE / "queries" / f"{name}.graphql").read_text("utf-8")
    return text.replace(_FIELDS, f"customFields {{ {gtin} }}" if gtin else "")


class VendureSystem:
    """`CommerceSystem` of a Vendure shop."""

    def __init__(self, place: SystemPlace) -> None:
        """Contacts nothing. Raises NoConnectorError."""
        try:
            given = _file(place)
            mapping, stock = _mappings(given)
        except ConfigError as error:
            what = "; ".join(map(str, error.mistakes))
            raise NoConnectorError(f"description {place.description}: {what}") from None
        self.title = given.title
        self._place, self._session = place, ""
        self._keys()
        self._client = JsonClient(place, self._headers)
        self._query = {"languageCode": given.language} if given.language else {}
        self.listings: Mapping[ListingName, Listing] = {
            "catalogue": VendureListing("catalogue", mapping, given, self.ask, _variants(given)),
            "stock": VendureListing("stock", stock, given, self.ask, _levels(given)),
        }

    def ask(self, query: str, variables: Mapping[str, Any]) -> Any:
        """`data` of an answer, in a session. Raises CommerceError."""
        if not self._session:
            self._log_in()
        try:
            return self._asked(query, variables)
        except CredentialsError:
            self._log_in()
            return self._asked(query, variables)

    def cut(self) -> None:
        self._client.cut()

    def close(self) -> None:
        self._client.close()

    def _log_in(self) -> None:
        self._session = ""
        keys = self._keys()
        variables = {"username": keys["user"], "password": keys["password"]}
        body = {"query": query_text("login"), "variables": variables}
        answer = self._client.post(API, body, repeated=False)
        data = _data(answer.value)
        if not isinstance(data, dict) or (data.get("login") or {}).get("__typename") != "CurrentUser":
            raise CredentialsError("it does not accept `user` and `password`")
        self._session = answer.headers.get(SESSION, "")
        if not self._session:
            raise AnswerError(
                "it gives no session token; set `tokenMethod` of its `authOptions` to 'bearer' or ['bearer', 'cookie']"
            )

    def _asked(self, query: str, variables: Mapping[str, Any]) -> Any:
        body = {"query": query, "variables": dict(variables)}
        try:
            return _data(self._client.post(API, body, self._query, repeated=True).value)
        except AnswerError as error:
            if error.status != HTTPStatus.BAD_REQUEST:
                raise
            raise AnswerError(f"it refuses the query{_SET_UP}") from None

    def _headers(self) -> Mapping[str, str]:
        headers = {"Accept": "application/json", "User-Agent": "cheval"}
        if self._session:
            headers["Authorization"] = f"Bearer {self._session}"
        if channel := self._checked_keys().get("channel"):
            headers["vendure-token"] = channel
        return headers

    def _checked_keys(self) -> Mapping[str, str]:
        try:
            return self._keys()
        except NoConnectorError as error:
            raise CredentialsError(str(error)) from None

    def _keys(self) -> Mapping[str, str]:
        """Raises NoConnectorError."""
        return self._place.keys("user", "password", optional=("channel",))


@dataclass(frozen=True, slots=True)
class VendureListing:
    """Products, of which each gives several records."""

    name: ListingName
    mapping: MappingFile
    given: VendureFile
    ask: Callable[[str, Mapping[str, Any]], Any]
    records: Callable[[Mapping[str, Any]], tuple[Any, ...]]

    @property
    def steady(self) -> bool:
        return False

    def pages(self) -> Iterator[Page]:
        """Raises CommerceError."""
        query = query_text("products" if self.name == "catalogue" else "stock", self.given.gtin)
        read = 0
        for _ in range(MAX_PAGES):
            options = {
                "skip": read, "take": self.given.page_size, "sort": {"id": "ASC"},
                "filter": {"enabled": {"eq": True}},
            }  # fmt: skip
            found = self.ask(query, {"options": options})
            products = found.get("products") if isinstance(found, dict) else None
            items = products.get("items") if isinstance(products, dict) else None
            if not isinstance(items, list) or not isinstance(products, dict):
                raise AnswerError(f"{self.name}: there are no products in the answer")
            total = products.get("totalItems")
            yield Page(tuple(map(self._row, items)), total if type(total) is int else None)
            read += len(items)
            if not items or (type(total) is int and read >= total):
                return
        raise AnswerError(f"{self.name}: it has more than {MAX_PAGES} pages")

    def _row(self, product: Any) -> SystemRow:
        if not isinstance(product, dict):
            return SystemRow(repr(product)[:200], (product,))
        return SystemRow(str(product.get("id"))[:200], self.records(product))


def _variants(given: VendureFile) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    def records(product: Mapping[str, Any]) -> tuple[Any, ...]:
        parent = {name: product.get(name) for name in ("id", "name", "slug", "description")}
        parent["picture"] = _at(product, "featuredAsset", "preview")
        parent["facets"] = _named(product.get("facetValues"), "facet")
        parent["collections"] = next((one.get("name") for one in _objects(product.get("collections"))), None)
        return tuple(
            {
                "gtin": _gtin(one, given), "sku": one.get("sku"), "currencyCode": one.get("currencyCode"),
                "amount": _amount(one.get("priceWithTax" if given.prices == "with-tax" else "price"), given.precision),
                "options": _named(one.get("options"), "group"), "picture": _at(one, "featuredAsset", "preview"),
                "parent": parent,
            }
            for one in _sold(product)
        )  # fmt: skip

    return records


def _levels(given: VendureFile) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    def records(product: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(
            {
                "gtin": _gtin(one, given), "sku": one.get("sku"),
                "location": _at(level, "stockLocation", "name"), "free": _free(level),
            }
            for one in _sold(product)
            for level in _objects(one.get("stockLevels"))
        )  # fmt: skip

    return records


def _amount(value: Any, precision: int) -> Any:
    """A decimal number. A value that is no whole number stays, so that its row is refused."""
    return Decimal(value).scaleb(-precision) if type(value) is int else {"no amount": value}


def _free(level: Mapping[str, Any]) -> Any:
    """What can be sold. A value that is no number stays, so that its row is refused."""
    on_hand, allocated = level.get("stockOnHand"), level.get("stockAllocated")
    return on_hand - allocated if type(on_hand) is int and type(allocated) is int else on_hand


def _sold(product: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (one for one in _objects(product.get("variants")) if one.get("enabled") is not False)


def _objects(found: Any) -> Iterator[Mapping[str, Any]]:
    return (one for one in found if isinstance(one, dict)) if isinstance(found, list) else iter(())


def _at(found: Any, *path: str) -> Any:
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _named(found: Any, of: str) -> dict[str, Any]:
    """The names of options or facet values by name and code of their group. Codes are often `STYLE-size`."""
    made: dict[str, Any] = {}
    for by in ("name", "code"):
        for one in _objects(found):
            if isinstance(group := _at(one, of, by), str):
                made.setdefault(group.casefold().replace(".", "_"), one.get("name"))
    return made


def _gtin(variant: Mapping[str, Any], given: VendureFile) -> Any:
    return _at(variant, "customFields", given.gtin) if given.gtin else None


def _file(place: SystemPlace) -> VendureFile:
    """Raises ConfigError."""
    if place.description is None:
        return VendureFile()
    return parse_section(VendureFile, file_text(place.description), str(place.description))


def _mappings(given: VendureFile) -> tuple[MappingFile, MappingFile]:
    """Raises ConfigError."""
    more = MappingFile(style=given.style, item=given.item)
    usual = load_mapping(str(HERE / "vendure.yaml"))
    stock = load_mapping(str(HERE / "vendure_stock.yaml"))
    return (
        complete(with_entries_of(usual, more), "style and item"),
        stock.model_copy(update={"places": given.places}),
    )


def _data(value: Any) -> Any:
    """`data` of an answer (GraphQL, October 2021, 7.1). Raises CommerceError."""
    errors = value.get("errors") if isinstance(value, dict) else None
    for error in _objects(errors):
        if _at(error, "extensions", "code") in _DENIED:
            raise CredentialsError("it does not accept the session, or the user may not read products")
    if errors or not isinstance(value, dict) or not isinstance(value.get("data"), dict):
        code = next((_at(one, "extensions", "code") for one in _objects(errors)), None)
        named = (
            f" ({code})"
            if isinstance(code, str) and code.isascii() and code.replace("_", "").isalnum()
            else ""
        )
        raise AnswerError(f"it refuses the query{named}{_SET_UP}")
    return value["data"]
