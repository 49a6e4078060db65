"""The receipt as a page for the shopper's phone: kind, printable, without a script, in the phone's language."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from kiosk.core.payment import Means, OrderLine
from kiosk.core.words import RIGHT_TO_LEFT
from kiosk.store.orders import Sale
from kiosk.store.receipt_words import WORDS, ReceiptWords
from kiosk.store.settings import Shop

US_PER_SECOND = 1_000_000
CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
"""The page's own style stands in it, so that it can be kept as one file; nothing else is loaded but pictures."""
_STYLE = """
:root{color-scheme:light dark;--ink:#1c1a17;--paper:#fbfaf7;--soft:#7a746a;--line:#e2ddd3}
@media (prefers-color-scheme:dark){:root{--ink:#f1ede4;--paper:#161513;--soft:#a09889;--line:#34312c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 Inter,system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;padding:3rem 1.5rem 4rem}
h1{font:500 2rem/1.2 'EB Garamond',Georgia,serif;margin:0 0 .25rem;letter-spacing:.01em}
.thanks{margin:0 0 2.5rem;color:var(--soft)}
ul{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
li{display:flex;gap:1rem;align-items:center;padding:.9rem 0;border-bottom:1px solid var(--line)}
li img{width:3.5rem;height:4.5rem;object-fit:contain;flex:none}
.piece{flex:1;min-width:0}
.small{color:var(--soft);font-size:.87rem}
.price{font-variant-numeric:tabular-nums;white-space:nowrap}
dl{display:grid;grid-template-columns:1fr auto;gap:.35rem 1rem;margin:1.5rem 0 2.5rem}
dt,dd{margin:0}dd{text-align:end;font-variant-numeric:tabular-nums}
.total{font-weight:600;font-size:1.15rem}
footer{border-top:1px solid var(--line);padding-top:1rem}
@media print{body{background:#fff;color:#000}main{padding:0}li img{display:none}}
"""


def language_for(accept: str, shop: Shop) -> str:
    """The first language of an Accept-Language header (RFC 9110, 12.5.4) that receipts are written in."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, tag.split("-")[0].strip().lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wishes) if tag in WORDS), shop.language)


def receipt_page(sale: Sale, shop: Shop, language: str) -> str:
    """The page; every word of catalogue and shop is text in it, never markup."""
    words = WORDS.get(language) or WORDS["en"]
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    number = escape(sale.receipt.number)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><link rel="icon" href="data:,">'
        f"<title>{escape(shop.name)} · {number}</title><style>{_STYLE}</style></head><body><main>"
        f'<h1>{escape(shop.name)}</h1><p class="thanks">{escape(words.thanks)}</p>'
        f"<ul>{''.join(_line(line, language) for line in sale.order.lines)}</ul>"
        f"{_totals(sale, language, words)}"
        f'<footer class="small">{_footer(sale, shop, words)}</footer></main></body></html>\n'
    )


def paid_at(sale: Sale, shop: Shop) -> datetime:
    """When it was paid, by the shop's own clock on the wall."""
    return datetime.fromtimestamp(sale.receipt.at_us // US_PER_SECOND, ZoneInfo(shop.time_zone))


def _line(line: OrderLine, language: str) -> str:
    picture = f'<img alt="" src="/api/v1/pictures/{escape(line.picture)}?h=240">' if line.picture else ""
    details = " · ".join(filter(None, (line.colour.said(language), line.size)))
    return (
        f'<li>{picture}<div class="piece">{escape(line.name.said(language))}'
        f'<div class="small">{escape(details)}</div></div>'
        f'<div class="price">{escape(line.price.written(language))}</div></li>'
    )


def _totals(sale: Sale, language: str, words: ReceiptWords) -> str:
    rate = f"{sale.order.tax_permille / 10:g} %"
    with_what = words.terminal if sale.receipt.paid_with is Means.TERMINAL else words.stored
    rows = [
        (words.total, sale.receipt.total.written(language), ' class="total"'),
        (f"{words.tax} {rate}", sale.receipt.tax.written(language), ""),
        (words.paid_with, with_what, ""),
    ]
    return f"<dl>{''.join(f'<dt{c}>{escape(k)}</dt><dd{c}>{escape(v)}</dd>' for k, v, c in rows)}</dl>"


def _footer(sale: Sale, shop: Shop, words: ReceiptWords) -> str:
    at = paid_at(sale, shop)
    when = at.strftime("%Y-%m-%d %H:%M %Z")
    return f"{escape(words.receipt)} {escape(sale.receipt.number)}<br>{escape(when)}<br>{escape(words.keep)}"
