"""Section `stands` of the store's configuration: card readers at one garment, where a tap buys that garment."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field

from kiosk.config.types import Key, Section, text
from kiosk.core.domain.ids import (
    ArticleId,
    PieceId,
    article_of_gtin,
    article_of_sku,
    parse_article,
    parse_gtin,
    piece_id,
)

_SKU: Final = "sku:"


def _article(given: str) -> ArticleId:
    if given.startswith(_SKU):
        with suppress(ValueError):
            return parse_article(given)  # percent-encoded, as the API shows it
    try:
        if given.startswith(_SKU):
            return article_of_sku(given.removeprefix(_SKU))
        if not given.strip("0"):
            raise ValueError(given)  # its check digit is right, but no company has this number
        return article_of_gtin(parse_gtin(given))
    except ValueError as error:
        raise ValueError(
            f"`{given}` is not an article; write its GTIN of 8, 12, 13 or 14 digits in quotes, "
            "or `sku:` and the shop's own SKU"
        ) from error


def _serial(given: str) -> str:
    try:
        piece_id(ArticleId(""), given)
    except ValueError as error:
        raise ValueError(f"`{given}` is not a serial of a tag: {error}") from error
    return given


class Stand(Section):
    """A card reader at one garment (`cheval stand`). A tap with a member's card or ring buys one piece of it."""

    article: Annotated[str, BeforeValidator(text), AfterValidator(_article)]
    """GTIN of the garment in its size, in quotes; or `sku:` and the shop's own SKU."""
    serial: Annotated[str, BeforeValidator(text), AfterValidator(_serial)] | None = None
    """Serial of the one piece that is sold here, in quotes: the one in its tag (`python -m hardware decode EPC` prints
    it). It is sold once, and the mirrors know that it is sold. Default: any piece of the article, until the stock has
    none left; which one it was is not known, so its tag is still shown as unsold."""
    title: str = ""
    """Name shown to associates. Default: the stand's key."""
    terminal: Key | None = None
    """Name of the payment terminal whose service charges the stored means; not needed if the shop has only one."""
    repeat_s: Annotated[int, Field(ge=3, le=600)] = 15
    """Seconds after a purchase, and after each further tap of the same card, within which its taps buy nothing more."""

    @property
    def piece(self) -> PieceId | None:
        """The one piece that is sold here; None for any piece of the article."""
        return None if self.serial is None else piece_id(ArticleId(self.article), self.serial)
