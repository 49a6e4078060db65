"""The receipt as a page for the shopper's phone: kind, printable, without a script, in the phone's language."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from kiosk.clock import US
from kiosk.core.domain.money import total
from kiosk.core.domain.payment import OrderLine, PaymentMeans
from kiosk.store.pages.base import paper
from kiosk.store.pages.receipt_texts import WORDS, ReceiptWords
from kiosk.store.payments.order_book import Sale
from kiosk.store.settings import ShopSettings

_STYLE = """
.thanks{margin:0 0 2.5rem;color:var(--soft)}
ul{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
li{display:flex;gap:1rem;align-items:center;padding:.9rem 0;border-bottom:1px solid var(--line)}
li img{width:3.5rem;height:4.5rem;object-fit:contain;flex:none}
.piece{flex:1;min-width:0}
.price{font-variant-numeric:tabular-nums;white-space:nowrap}
.back .price,.back .name{text-decoration:line-through;color:var(--soft)}
dl{display:grid;grid-template-columns:1fr auto;gap:.35rem 1rem;margin:1.5rem 0 2.5rem}
dt,dd{margin:0}dd{text-align:end;font-variant-numeric:tabular-nums}
.total{font-weight:600;font-size:1.15rem}
@media print{li img{display:none}}
"""


def receipt_page(sale: Sale, shop: ShopSettings, language: str) -> str:
    """The page; every word of catalogue and shop is text in it, never markup."""
    words = WORDS.get(language) or WORDS["en"]
    body = (
        f'<h1>{escape(shop.name)}</h1><p class="thanks">{escape(words.thanks)}</p>'
        f"<ul>{''.join(_line(line, language, words, back=line.epc in sale.back) for line in sale.order.lines)}</ul>"
        f"{_totals(sale, language, words)}"
        f'<footer class="small">{_footer(sale, shop, words)}</footer>'
    )
    return paper(f"{shop.name} · {sale.receipt.number}", body, language, _STYLE)


def paid_at(sale: Sale, shop: ShopSettings) -> datetime:
    """When it was paid, by the shop's own clock on the wall."""
    return datetime.fromtimestamp(sale.receipt.at_us // US, ZoneInfo(shop.time_zone))


def _line(line: OrderLine, language: str, words: ReceiptWords, *, back: bool) -> str:
    picture = f'<img alt="" src="/api/v1/pictures/{escape(line.picture)}?h=240">' if line.picture else ""
    said = (line.colour.in_language(language), line.size, words.returned if back else "")
    return (
        f'<li{" class=back" if back else ""}>{picture}<div class="piece">'
        f'<span class="name">{escape(line.name.in_language(language))}</span>'
        f'<div class="small">{escape(" · ".join(filter(None, said)))}</div></div>'
        f'<div class="price">{escape(line.price.formatted(language))}</div></li>'
    )


def _totals(sale: Sale, language: str, words: ReceiptWords) -> str:
    rate = f"{sale.order.tax_permille / 10:g} %"
    with_what = words.terminal if sale.receipt.paid_with is PaymentMeans.TERMINAL else words.stored
    rows = [
        (words.total, sale.receipt.total.formatted(language), ' class="total"'),
        (f"{words.tax} {rate}", sale.receipt.tax.formatted(language), ""),
        (words.paid_with, with_what, ""),
    ]
    if sale.back:
        back = total((li.price for li in sale.order.lines if li.epc in sale.back), sale.order.total.currency)
        rows.append((words.paid_back, back.formatted(language), ""))
    return f"<dl>{''.join(f'<dt{c}>{escape(k)}</dt><dd{c}>{escape(v)}</dd>' for k, v, c in rows)}</dl>"


def _footer(sale: Sale, shop: ShopSettings, words: ReceiptWords) -> str:
    at = paid_at(sale, shop)
    when = at.strftime("%Y-%m-%d %H:%M %Z")
    return f"{escape(words.receipt)} {escape(sale.receipt.number)}<br>{escape(when)}<br>{escape(words.keep)}"
