"""A receipt has one word in each language, on the glass, page, paper, e-mail and the associates' page; a slip another.

The slip is what the shop's own terminal prints; an associate enters its number, and must not take that of the receipt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

import pytest

from kiosk import paths
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.texts import ENGLISH, catalogue

RECEIPT = {
    "de": "Beleg", "fr": "reçu", "es": "recibo", "it": "scontrin", "ja": "レシート", "zh": "收据", "ar": "إيصال",
}  # fmt: skip
SLIP = {
    "de": "Kartenbeleg", "fr": "ticket", "es": "comprobante", "it": "ricevuta del POS", "ja": "控え", "zh": "签购单",
    "ar": "قسيمة",
}  # fmt: skip
OTHERS = {
    "de": "Quittung|Kassenbon|Rechnung", "fr": "ticket|facture", "es": "tique|ticket|justificante|factura",
    "it": "ricevut[ae]\\b|fattura", "ja": "領収|伝票", "zh": "小票|发票|单据", "ar": "فاتورة|وصل",
}  # fmt: skip
"""Further words for a receipt, which are not used for it."""
OTHER_LANGUAGES = [one for one in LANGUAGES if one != ENGLISH]


def texts(language: str) -> Iterator[tuple[str, str]]:
    """All texts of a language with their English source: those of the store, then those of the glass."""
    for message in catalogue(language):
        if message.context:
            yield str(message.id), str(message.string)
    glass = ET.parse(paths.assets() / "translations" / f"cheval_{language}.ts")
    for shown in glass.iter("message"):
        yield shown.findtext("source") or "", shown.findtext("translation") or ""


def mistakes(language: str, shown: Iterable[tuple[str, str]]) -> list[str]:
    """Translations with another word for a receipt or a slip, or with one word for both."""
    return [text for english, text in shown if not _fits(language, english, text)]


def _fits(language: str, english: str, text: str) -> bool:
    receipt, slip = RECEIPT[language], SLIP[language]
    if re.search(r"\breceipts?\b", english, re.IGNORECASE):
        other = slip in text or re.search(OTHERS[language], text, re.IGNORECASE)
        return not other and receipt.lower() in text.lower()
    return not re.search(r"\bslip\b", english, re.IGNORECASE) or (slip in text and receipt not in text)


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_a_receipt_and_a_slip_have_one_word_each(language: str) -> None:
    shown = list(texts(language))
    assert len([english for english, _ in shown if "receipt" in english.lower()]) > 20
    assert mistakes(language, shown) == []


@pytest.mark.parametrize(
    ("language", "english", "text"),
    [
        ("it", "Your receipt", "La Sua ricevuta"),
        ("ja", "Your receipt", "領収書"),
        ("it", "Number on the slip", "Numero dello scontrino"),
        ("de", "Number on the slip", "Nummer auf dem Beleg"),
        ("es", "Number on the slip", "Número del recibo"),
    ],
)
def test_planted_another_word_is_found(language: str, english: str, text: str) -> None:
    assert mistakes(language, [(english, text)]) == [text]
