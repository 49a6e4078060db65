"""What a column of a feed is, and which kinds of lines there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from kiosk.connectors.feeds.values.value_types import ValueType

T_co = TypeVar("T_co", covariant=True)
FeedKind = Literal["styles", "items", "stock", "shoppers", "associates", "looks", "promotions"]


@dataclass(frozen=True, slots=True)
class Column(Generic[T_co]):
    """A column (CSV) or field (JSON): its name, type and meaning.

    `required`: a line without it is a mistake. `repeats`: few values for many lines, so that a text is read once.
    """

    name: str
    type: ValueType[T_co]
    what: str
    required: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A list of objects; in CSV numbered columns: `colours.0.code`, `colours.0.name`, `colours.1.code`."""

    name: str
    columns: tuple[Column[Any], ...]
    max_entries: int
    what: str
    required: bool = False


AnyColumn = Column[Any] | ListColumn
