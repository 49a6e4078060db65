"""Names of styles and colours in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, select

from kiosk.store.db.json_columns import localized_from_json
from kiosk.store.db.tables import COLOURWAY, STYLE


@dataclass(frozen=True, slots=True)
class CatalogueNames:
    """Those of the catalogue as it is now."""

    styles: Mapping[str, str]
    colours: Mapping[str, str]
    """By item."""

    def style(self, style_id: str) -> str:
        """The name of a style; its id where there is none."""
        return self.styles.get(style_id, style_id)

    def colour(self, item: str, code: str) -> str:
        """The colour of an item; the code where there is none."""
        return self.colours.get(item, code)


def names_in(connection: Connection, language: str) -> CatalogueNames:
    """All names. Raises SQLAlchemyError."""
    read = lru_cache(maxsize=None)(lambda words: localized_from_json(words).in_language(language))
    styles = connection.execute(select(STYLE.c.style_id, STYLE.c.name))
    colours = connection.execute(select(COLOURWAY.c.item, COLOURWAY.c.name))
    return CatalogueNames(
        {style_id: read(name) for style_id, name in styles}, {item: read(name) for item, name in colours}
    )
