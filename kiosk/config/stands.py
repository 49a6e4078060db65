"""Section `stands` of the store's configuration: card readers at one garment, where a tap buys that garment."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from kiosk.config.types import Key, Section, text
from kiosk.core.domain.ids import ArticleId, parse_article


def _article(given: str) -> ArticleId:
    try:
        return parse_article(given if given.startswith("sku:") else given.rjust(14, "0"))
    except ValueError as error:
        raise ValueError(
            f"`{given}` is not an article; write its GTIN in quotes, or `sku:` and the shop's own SKU"
        ) from error


class Stand(Section):
    """A card reader at one garment (`cheval stand`). A tap with a member's card or ring buys one piece of it."""

    article: Annotated[str, BeforeValidator(text), AfterValidator(_article)]
    """GTIN of the garment in its size, in quotes; or `sku:` and the shop's own SKU."""
    title: str = ""
    """Name shown to associates. Default: the stand's key."""
    terminal: Key | None = None
    """Name of the payment terminal whose service charges the stored means; not needed if the shop has only one."""
    repeat_s: Annotated[int, Field(ge=3, le=600)] = 15
    """Seconds after a purchase within which a further tap of the same card buys nothing more."""
