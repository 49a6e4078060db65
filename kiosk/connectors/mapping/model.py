"""The form of a mapping file: which columns of an export become which fields of the feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from kiosk.config.types import Section

_Separator = Annotated[str, Field(min_length=1)]


class FieldSource(Section):
    """Where a field comes from; without `column`, `attribute` and `value` it is empty."""

    column: str = ""
    """Column (CSV, workbook), element (XML) or path with full stops (JSON). `{currency}`: the shop's currency."""
    attribute: str | tuple[str, ...] = ()
    """Names of an attribute, in any case, for example colour; see `attributes`."""
    value: str = ""
    """A constant text."""
    form: Literal["text", "html"] = "text"
    """html: tags are removed."""
    split: str = ""
    """Separator of parts; `take` chooses among them."""
    take: Literal["first", "last", "all"] = "first"
    path: str = ""
    """Separator of a path, of which the last part counts, for example >."""
    strip: str = ""
    """Characters that are removed from both ends."""
    words: Mapping[str, str] = Field(default_factory=dict)
    """Texts, in any case, that are replaced; by an empty text: the field is empty."""
    only_words: bool = False
    """Any other text than those in `words` counts as empty."""


Source = str | FieldSource | tuple[str | FieldSource, ...]
"""A column, a `FieldSource`, or several of them, of which the first that is filled in counts."""


class Condition(Section):
    """What a row must have: a filled column, or one of some texts in it (in any case; one part of a comma list)."""

    column: str | tuple[str, ...]
    """A column, or several of which one is enough."""
    one_of: tuple[str, ...] = ()
    """Without it, the column must be filled in."""


class AttributeSource(Section):
    """Names and values of attributes: two columns, or one column with pairs as in `Size: M, Color: Sand`."""

    name: str = ""
    """Column of the name; `{n}` stands for 1, 2, 3 ..."""
    value: str = ""
    """Column of the value."""
    column: str = ""
    """Column with pairs."""
    between: _Separator = ","
    """What separates pairs."""
    sign: _Separator = ":"
    """What separates name and value."""
    names: str = ""
    """Column of the names, where `value` lists values in the same order; both are separated by `between`."""
    name_ends: str = ""
    """Where a listed name ends: `:` takes Color out of `Color:color:0`."""
    value_ends: str = ""
    """Where a listed value ends: `:` takes Blue out of `Blue:0`."""


class Children(Section):
    """A column of a parent row that lists its variants with their attributes, as Magento writes it."""

    column: str
    records: _Separator = "|"
    between: _Separator = ","
    sign: _Separator = "="
    key: str = "sku"
    """The pair that names the variant."""
    of: str = "sku"
    """The column of the variant's row with that name."""


class Parents(Section):
    """Rows that variants inherit from."""

    when: Condition
    """Which rows are parents; they are no articles."""
    ids: Annotated[tuple[str, ...], Field(min_length=1)]
    """Columns by which variants name a parent."""
    of: Source = ""
    """How a variant names its parent."""
    children: Children | None = None


class MappingFile(Section):
    """A mapping. Fields of the feed that are not named stay empty."""

    title: str = ""
    extends: str = ""
    """Name of a preset whose entries hold where this file has none."""
    encoding: str = ""
    """Of files without byte order mark that are not UTF-8, for example cp1252."""
    decimals: Literal["", ".", ","] = ""
    """Decimal mark; without it, the one that the numbers of the file prove."""
    locale: str = ""
    """Locale of the numbers (CLDR), for example de_CH; instead of `decimals`."""
    prices: Literal["decimal", "minor"] = "decimal"
    """minor: prices are whole numbers of the smallest unit (cents)."""
    dates: Literal["", "dmy", "mdy"] = ""
    """Order of day and month in dates such as 5/6/26; ISO 8601 is always read."""
    needs: tuple[str | tuple[str, ...], ...] = ()
    """Columns without which the file is another one; of a list, one is enough."""
    skip: tuple[Condition, ...] = ()
    """Rows that are left out: those for which one of these holds."""
    articles: tuple[Condition, ...] = ()
    """Rows that are articles: those for which all of these hold; the others are left out."""
    parents: Parents | None = None
    inherit: tuple[str, ...] = ()
    """Columns that, empty, are those of the parent row; without `parents`, of the first row with the same style_id."""
    continued: bool = False
    """A row without style_id belongs to that of the row before."""
    attributes: tuple[AttributeSource, ...] = ()
    no_gtin: tuple[str, ...] = ()
    """Texts in the column of the GTIN that say that there is none."""
    style: Mapping[str, Source] = Field(default_factory=dict)
    item: Mapping[str, Source] = Field(default_factory=dict)
    stock: Mapping[str, Source] = Field(default_factory=dict)
    places: Mapping[str, str] = Field(default_factory=dict)
    """Locations of the export and the feed's places: floor, stockroom or other:NAME; a location that is not listed is
    other: and its name."""
    notes: tuple[str, ...] = ()
    """What is said with every file that is read by this mapping."""


STYLE_FIELDS = frozenset(
    {
        "style_id", "name", "category", "story", "material", "care", "origin", "size_system", "season", "line",
        "tax_class", "since", "pictures",
    }
)  # fmt: skip
ITEM_FIELDS = frozenset(
    {
        "gtin", "sku", "colour", "size", "price", "price_before", "sale_price", "sale_from", "sale_to", "currency",
        "tax_class", "pictures", "hex",
    }
)  # fmt: skip
STOCK_FIELDS = frozenset({"gtin", "sku", "place", "count", "counted_at", "reserved", "incoming"})
FIELDS = {"style": STYLE_FIELDS, "item": ITEM_FIELDS, "stock": STOCK_FIELDS}
