"""The receipt page, which the QR code on the mirror opens on the shopper's phone."""

from __future__ import annotations

from kiosk.pictures.slips.qr_codes import qr_code
from kiosk.store.pages.receipt_view import PAGE, receipt_view
from kiosk.store.pages.render import render
from kiosk.store.payments.order_book import Sale
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts


def receipt_page(sale: Sale, shop: ShopSettings, language: str, *, mail_form: bool = False) -> str:
    """The page of a paid sale. `mail_form`: it offers to send the receipt by e-mail."""
    view = receipt_view(sale, shop, language)
    return render(
        PAGE, language, shop=shop, receipt=view, code=_code(view.signature.code if view.signature else ""),
        mail=page_texts("receipt_mail", language) if mail_form and not view.pending else None,
    )  # fmt: skip


def _code(content: str) -> str:
    """The register's QR code as SVG; empty for none, and for one that has no room in a code."""
    code = qr_code(content) if content else None
    return str(code.svg_inline(scale=3, border=2)) if code is not None else ""
