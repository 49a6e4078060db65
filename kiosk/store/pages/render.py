"""Renders the HTML pages for shoppers' phones: templates with autoescape, printable, without scripts.

Every value is escaped; a name that a template does not get is an error, not an empty text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.core.domain.texts import LANGUAGES, RIGHT_TO_LEFT
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

CSP: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
"""A page contains its own style, so that it can be saved as one file; it loads nothing but pictures. `data:` is
for the empty icon, which keeps browsers from asking for one."""
FORM_CSP: Final = CSP.replace("form-action 'none'", "form-action 'self'")
"""The same for a page with a form of its own."""
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(page: str, language: str, **values: object) -> str:
    """The page from templates/`page`.html with its texts (as `text`) in that language."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    texts = page_texts(page, language)
    template = _TEMPLATES.get_template(f"{page}.html")
    return template.render(language=language, direction=direction, text=texts, **values)


def language_for(accept: str, shop: ShopSettings) -> str:
    """The preferred language of an Accept-Language header (RFC 9110, 12.5.4) that is available; else the shop's."""
    preferences: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            preferences.append((-float(weight or 1), place, tag.split("-")[0].strip().lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(preferences) if tag in LANGUAGES), shop.language)
