"""The small pages that a shopper's phone opens: kind, printable, without a script, in the phone's language."""

from __future__ import annotations

from html import escape
from typing import Final

from kiosk.core.domain.texts import LANGUAGES, RIGHT_TO_LEFT
from kiosk.store.settings import ShopSettings

CSP: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
"""A page's own style stands in it, so that it can be kept as one file; nothing else is loaded but pictures."""
_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1c1a17;--paper:#fbfaf7;--soft:#6f695f;--line:#e2ddd3}
@media (prefers-color-scheme:dark){:root{--ink:#f1ede4;--paper:#161513;--soft:#a09889;--line:#34312c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 Inter,system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;padding:3rem 1.5rem 4rem}
h1{font:500 2rem/1.2 'EB Garamond',Georgia,serif;margin:0 0 .25rem;letter-spacing:.01em;overflow-wrap:anywhere}
.small{color:var(--soft);font-size:.87rem}
footer{border-top:1px solid var(--line);padding-top:1rem}
@media print{body{background:#fff;color:#000}main{padding:0}}
"""


def language_for(accept: str, shop: ShopSettings) -> str:
    """The first language of an Accept-Language header (RFC 9110, 12.5.4) that the house speaks; else the shop's own."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, tag.split("-")[0].strip().lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wishes) if tag in LANGUAGES), shop.language)


def paper(title: str, body: str, language: str, style: str = "") -> str:
    """A whole page around `body`, which is markup already; `title` is text."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title><style>{_STYLE}{style}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )
