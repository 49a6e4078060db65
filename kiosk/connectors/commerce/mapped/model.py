"""The form of the file that describes a system: what is asked for, how pages follow each other, what values mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from kiosk.config.types import Section, shaped
from kiosk.connectors.mapping.model import MappingFile

HeaderName = Annotated[str, shaped(r"[A-Za-z][A-Za-z0-9-]{0,63}", "the name of a header")]


class Auth(Section):
    """How the store proves to the system who it is. Keys stand in `key_file` of the configuration."""

    kind: Literal["none", "bearer", "basic", "header"] = "none"
    """`bearer`: `Authorization: Bearer TOKEN` with the key `token`; `basic`: with `user` and `password`; `header`: the
    key `token` in the header `header`."""
    header: HeaderName = "X-Api-Key"


class Pages(Section):
    """How the pages of a list follow each other."""

    kind: Literal["one", "page", "offset", "cursor", "link"] = "one"
    """`one`: there is one page. `page`: a number of the page in the query. `offset`: the number of entries before.
    `cursor`: what the answer states at `next`. `link`: the header Link with rel="next"."""
    parameter: str = ""
    """Name of the number or cursor in the query. Default: page, offset, cursor."""
    first: Annotated[int, Field(ge=0, le=1)] = 1
    """Number of the first page."""
    size: Annotated[int, Field(ge=1, le=10_000)] = 100
    """Entries of a page."""
    size_parameter: str = ""
    """Name of the size in the query. Default: it is not sent."""
    next: str = ""
    """Path in the answer to the next cursor; missing or empty there, the page was the last."""


class ListSource(Section):
    """A list of objects inside an entry, for example options or pictures, made into what a mapping can name."""

    at: str
    """Path of the list; the result stands there too."""
    value: str
    """Path in an object of the list to its value."""
    name: str = ""
    """Path to its name: then the result has a field for each name, so that a column `options.colour` is the value of
    the option Colour. Default: the result is the list of the values."""


class ListingFile(Section):
    """A list of the system."""

    path: str
    """Below the address of the configuration."""
    query: Mapping[str, str] = Field(default_factory=dict)
    rows: str = ""
    """Path in the answer to the list, with full stops. Default: the answer is the list."""
    key: str = ""
    """Path in an entry to what identifies it. Default: all of it."""
    each: str = ""
    """Path in an entry to a list of which each object is a record, for example its variants; the entry's own fields are
    then called `parent.NAME`. Default: the entry is the record."""
    lists: tuple[ListSource, ...] = ()
    """Lists inside an entry, or inside a record where `each` is written."""
    pages: Pages = Pages()
    total: str = ""
    """Path in the answer to the number of all entries, for numbered pages."""
    mapping: MappingFile
    """What the fields of a record mean, as in the files of `cheval import --mapping`; columns are paths."""


class SystemFile(Section):
    """The description of a system."""

    title: str = ""
    auth: Auth = Auth()
    catalogue: ListingFile | None = None
    """Styles and articles, also with stock."""
    stock: ListingFile | None = None
    """Stock alone, if the catalogue has none."""
