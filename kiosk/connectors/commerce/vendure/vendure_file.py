"""The form of the file that says what is particular in a Vendure shop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from kiosk.config.types import Section, shaped
from kiosk.connectors.mapping.model import Source


class VendureFile(Section):
    """What the store must know of a Vendure shop besides its address."""

    title: str = "Vendure"
    gtin: Annotated[str, shaped(r"[_A-Za-z][_0-9A-Za-z]{0,63}", "the name of a custom field")] | None = None
    """Custom field of the variants with their GTIN. Default: articles have their SKU alone."""
    language: Annotated[str, shaped(r"[a-z]{2}(_[A-Za-z]+)?", "a language code such as en")] | None = None
    """Language of names and texts. Default: that of the channel."""
    prices: Literal["with-tax", "without-tax"] = "with-tax"
    precision: Annotated[int, Field(ge=0, le=4)] = 2
    """Decimals of its integer amounts (`MoneyStrategy`): 2 in every currency, unless the shop has another strategy."""
    page_size: Annotated[int, Field(ge=1, le=1000)] = 100
    """Products of a page."""
    style: Mapping[str, Source] = Field(default_factory=dict)
    """Other sources of fields of a style than the usual ones, as in a mapping."""
    item: Mapping[str, Source] = Field(default_factory=dict)
    """Other sources of fields of an article."""
    places: Mapping[str, str] = Field(default_factory=dict)
    """Stock locations and the feed's places: floor, stockroom or other:NAME."""
