"""Bodies in the form of another system: a JSON file says how a document of each kind is written.

{"sale": {"number": "{receipt}", "total": "{gross|decimal}", "rows": {"each": "lines", "item": {"sku": "{article}"}}}}

A text that is one place in braces becomes the value itself; places within a text become text. `each` makes a list of
the items of a list; in it, places are those of the item, then of the document. A kind that is not in the file is not
given.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from kiosk.connectors.sales_out.amounts import decimal_text
from kiosk.connectors.sales_out.port import Document, NoDestinationError
from kiosk.connectors.sales_out.schema import KINDS, document_schema
from kiosk.core.domain.tax import percent_of_ppm

MAX_BYTES: Final = 65_536
MAX_DEPTH: Final = 16
_PLACE: Final = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")
_EACH: Final = frozenset({"each", "item"})
_SCHEMA: Final = document_schema()["properties"]
LISTS: Final = {
    name: frozenset(each["items"]["properties"]) for name, each in _SCHEMA.items() if "items" in each
}
"""The lists of a document, each with the places of its items."""
PLACES: Final = frozenset(_SCHEMA) - LISTS.keys()
Values = Mapping[str, Any]


def _decimal(value: Any, document: Values) -> str:
    return decimal_text(int(value), document["currency"]) if document["currency"] else str(value)


def _percent(value: Any, _: Values) -> str:
    return percent_of_ppm(int(value))


FORMS: Final[Mapping[str, Callable[[Any, Values], str]]] = {"decimal": _decimal, "percent": _percent}
"""How a value is written: minor units as a decimal number, millionths as percent; both as text."""
_OF_FORM: Final = {
    "decimal": frozenset({"gross", "tax", "net", "listed", "price"}),
    "percent": frozenset({"rate_ppm"}),
}


class Template:
    """The bodies of each kind of document. Makes the same body of the same document."""

    def __init__(self, file: Path) -> None:
        """Raises NoDestinationError with what is wrong with the file."""
        try:
            found = json.loads(_content(file))
        except OSError as error:
            raise NoDestinationError(f"{file}: {error.strerror or error}") from None
        except (ValueError, RecursionError):
            raise NoDestinationError(f"{file}: is not JSON") from None
        if not isinstance(found, dict) or not found:
            raise NoDestinationError(
                f"{file}: write an object with the body of each kind: {', '.join(KINDS)}"
            )
        for kind, body in found.items():
            if kind not in KINDS:
                raise NoDestinationError(f"{file}: there is no kind `{kind}`; there are {', '.join(KINDS)}")
            if what := _mistake(body, PLACES, MAX_DEPTH):
                raise NoDestinationError(f"{file}: {kind}: {what}")
        self._bodies: dict[str, Any] = found

    def body(self, document: Document) -> bytes | None:
        """The body of a document; None for a kind that is not given."""
        if document.kind not in self._bodies:
            return None
        values = json.loads(document.body)
        made = _filled(self._bodies[document.kind], values, values)
        return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def _content(file: Path) -> bytes:
    """The content of a regular file of at most `MAX_BYTES`. Raises OSError."""
    number = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(number, "rb") as opened:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(errno.EINVAL, "is no file", str(file))
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise OSError(errno.EFBIG, f"is larger than {MAX_BYTES} bytes", str(file))
    return content


def _mistake(part: Any, places: frozenset[str], depth: int) -> str:
    """What is wrong with a part of a body; empty if nothing is."""
    if depth == 0:
        return "is too deep"
    if isinstance(part, str):
        return next((what for found in _PLACE.finditer(part) if (what := _wrong_place(found, places))), "")
    if isinstance(part, list):
        return next((what for each in part if (what := _mistake(each, places, depth - 1))), "")
    if not isinstance(part, dict):
        return ""
    if part.keys() != _EACH:
        return next((what for each in part.values() if (what := _mistake(each, places, depth - 1))), "")
    if part["each"] not in LISTS:
        return f"there is no list `{part['each']}`; there are {', '.join(LISTS)}"
    return _mistake(part["item"], places | LISTS[part["each"]], depth - 1)


def _wrong_place(found: re.Match[str], places: frozenset[str]) -> str:
    name, form = found[1], found[2]
    if name not in places:
        return f"there is no `{name}` here; there are {', '.join(sorted(places))}"
    if form is not None and name not in _OF_FORM.get(form, frozenset()):
        return f"`{name}` cannot be written as `{form}`"
    return ""


def _filled(part: Any, values: Values, document: Values) -> Any:
    if isinstance(part, str):
        return _filled_text(part, values, document)
    if isinstance(part, list):
        return [_filled(each, values, document) for each in part]
    if not isinstance(part, dict):
        return part
    if part.keys() == _EACH:
        return [_filled(part["item"], {**document, **item}, document) for item in document[part["each"]]]
    return {name: _filled(each, values, document) for name, each in part.items()}


def _filled_text(text: str, values: Values, document: Values) -> Any:
    """A place that a document does not have, for instance `sku` of an article with a GTIN, is null, or empty text."""

    def value(found: re.Match[str]) -> Any:
        plain = values.get(found[1])
        return plain if found[2] is None or plain is None else FORMS[found[2]](plain, document)

    whole = _PLACE.fullmatch(text)
    if whole is not None:
        return value(whole)
    return _PLACE.sub(lambda found: "" if (made := value(found)) is None else str(made), text)
