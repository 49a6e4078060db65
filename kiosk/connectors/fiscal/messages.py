"""A sale as JSON for the register, and the register's answer, which is checked before it is believed."""

from __future__ import annotations

from typing import Any, Final

from kiosk.connectors.fiscal.port import RegisterUnclearError
from kiosk.core.domain.fiscal.sale import FiscalSale, Signature
from kiosk.core.domain.tax import percent_of_ppm

MAX_TEXT_CHARS: Final = 2000
MAX_CODE_CHARS: Final = 2900
"""A QR code of version 40 with error correction L holds 2,953 bytes (ISO/IEC 18004)."""
MAX_TEXTS: Final = 20


def sale_body(sale: FiscalSale) -> dict[str, Any]:
    """The body of the request. Amounts are whole minor units (ISO 4217), rates are percent as text."""
    return {
        "key": sale.key, "kind": sale.kind.value, "order": sale.order_id, "number": sale.number, "at_us": sale.at_us,
        "total": sale.total.minor, "currency": sale.total.currency, "means": sale.means.value,
        "taxes": [
            {"percent": percent_of_ppm(tax.rate_ppm), "net": tax.net.minor, "tax": tax.tax.minor} for tax in sale.taxes
        ],
        "lines": [
            {"article": line.article, "name": line.name, "amount": line.amount.minor,
             "percent": percent_of_ppm(line.rate_ppm)}
            for line in sale.lines
        ],
    }  # fmt: skip


def signature_of(body: dict[str, Any], sale: FiscalSale) -> Signature:
    """The signature of an answer. Raises RegisterUnclearError if it is about another sale, or incomplete."""
    said = (body.get("key"), body.get("total"), body.get("currency"))
    if said != (sale.key, sale.total.minor, sale.total.currency) or isinstance(body.get("total"), bool):
        raise RegisterUnclearError("the answer is about another sale")
    needed = [_text(body, name, MAX_TEXT_CHARS) for name in ("register", "number", "signed_at", "signature")]
    if not all(needed):
        raise RegisterUnclearError("the answer has no signature")
    texts = body.get("texts", [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise RegisterUnclearError("the answer's `texts` are no list of texts")
    kept = tuple(text[:MAX_TEXT_CHARS] for text in texts[:MAX_TEXTS])
    register, number, signed_at, signature = needed
    return Signature(register, number, signed_at, signature, _text(body, "code", MAX_CODE_CHARS), kept)


def _text(body: dict[str, Any], name: str, longest: int) -> str:
    """A text of the answer; a number as text; empty if it is absent. Raises RegisterUnclearError."""
    value = body.get(name, "")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or len(value) > longest:
        raise RegisterUnclearError(f"the answer's `{name}` is no text of at most {longest} characters")
    return value
