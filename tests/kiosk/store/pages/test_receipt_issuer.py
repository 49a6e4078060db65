"""Company, address and tax numbers of the shop: from the configuration onto page, paper and e-mail."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from kiosk.commands.doctor.finding import State
from kiosk.commands.doctor.receipts import issuer
from kiosk.config import ConfigError, StoreConfig, load_store
from kiosk.connectors.messages.port import mail_address
from kiosk.core.domain.slips.slip import Line
from kiosk.core.domain.texts import LANGUAGES
from kiosk.demo.invented_shop import source_files
from kiosk.store.pages.receipt import receipt_page
from kiosk.store.pages.receipt_mail import receipt_mail
from kiosk.store.pages.receipt_print import receipt_slip
from kiosk.store.receipt_settings import IssuerSettings
from kiosk.store.settings import ShopSettings, settings_of
from tests.kiosk.connectors.printers.sample_sale import ISSUER, LINK, SHOP, sample_sale

TO = mail_address("clara@example.com")
ARABIC = IssuerSettings(
    "شركة أوستريفان التجارية", ("شارع الملك فهد 12", "الرياض 11564"), ("VAT 300000000000003",)
)


def shown(shop: ShopSettings, language: str) -> dict[str, str]:
    """The receipt of a sale in its four forms, as text."""
    sale = sample_sale()
    mail = receipt_mail(sale, shop, language, LINK, TO, "m@shop.example")
    slip = receipt_slip(sale, shop, language, LINK)
    return {
        "page": unescape(receipt_page(sale, shop, language)),
        "html": unescape(mail.html),
        "text": mail.text,
        "paper": "\n".join(row.text for row in slip.rows if isinstance(row, Line)),
    }


def not_stated(shop: ShopSettings, language: str) -> list[tuple[str, str]]:
    """The forms of a receipt in which a configured line is missing or stands twice."""
    forms = shown(shop, language).items()
    return [(form, line) for form, text in forms for line in shop.issuer.lines if text.count(line) != 1]


@pytest.mark.parametrize("configured", [ISSUER, ARABIC], ids=["latin", "arabic"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_is_on_page_paper_and_e_mail(language: str, configured: IssuerSettings) -> None:
    assert not_stated(replace(SHOP, issuer=configured), language) == []


def test_what_is_not_configured_is_not_shown() -> None:
    bare, address = replace(SHOP, issuer=IssuerSettings()), IssuerSettings(address=("1 High Street",))
    assert 'class="issuer"' not in shown(bare, "en")["page"]
    for form, text in shown(replace(SHOP, issuer=address), "en").items():
        assert "1 High Street" in text
        without = shown(bare, "en")[form]
        assert len(text.splitlines()) - len(without.splitlines()) <= 3, "no empty lines for what is absent"


def test_planted_a_form_without_the_tax_number_is_found() -> None:
    cut = replace(ISSUER, tax_numbers=())
    stated = shown(replace(SHOP, issuer=cut), "de")
    assert [form for form, text in stated.items() if "ATU12345678" not in text] == [
        "page",
        "html",
        "text",
        "paper",
    ]


def configured(folder: Path, text: str) -> StoreConfig:
    file = folder / "store.yaml"
    file.write_text(f"rooms: {{1: {{}}}}\nreceipts: {{issuer: {text}}}\n", encoding="utf-8")
    return load_store(file)


def test_the_keys_of_the_file_become_the_lines(tmp_path: Path) -> None:
    config = configured(
        tmp_path, "{company: A & B Ltd, address: [1 High Street, London], tax_numbers: ['GB123', '0012345']}"
    )
    stated = settings_of(config, tmp_path).shop.issuer
    assert stated.lines == ("A & B Ltd", "1 High Street", "London", "GB123", "0012345")
    assert settings_of(StoreConfig(), tmp_path).shop.issuer.lines == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{tax_numbers: [0012345]}", "reads as the number 5349 in YAML; write it in quotes"),
        ("{tax_numbers: [12345678]}", "reads as a number in YAML; write it in quotes"),
        ("{address: 1 High Street}", "must be a list: lines that begin with `-`"),
        ('{address: ["1 High Street\\nLondon"]}', "write an entry for each line"),
        ('{address: [" "]}', "is empty; write a text"),
        ("{address: []}", ""),
        ("{adress: [1 High Street]}", "is an unknown key; did you mean `address`"),
        (f"{{company: {'x' * 81}}}", "is too long; write at most 80 characters"),
        ("{address: [a, b, c, d, e, f, g]}", "at most 6 items"),
    ],
)
def test_a_wrong_line_says_what_to_write(tmp_path: Path, text: str, words: str) -> None:
    if not words:
        assert configured(tmp_path, text).receipts.issuer is not None
        return
    with pytest.raises(ConfigError) as caught:
        configured(tmp_path, text)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (None, "no address and no tax number"),
        ({"address": ["1 High Street"]}, "no tax number"),
        ({"tax_numbers": ["GB123"]}, "no address"),
    ],
)
def test_doctor_says_what_receipts_do_not_state(stated: dict[str, Any] | None, words: str) -> None:
    found = issuer(StoreConfig.model_validate({"receipts": {"issuer": stated}}))
    assert (found.state, words in found.found, "receipts.issuer" in found.advice) == (State.NOTE, True, True)


def test_doctor_is_content_with_address_and_tax_number_and_the_demo_has_them() -> None:
    demo = {"receipts": {"issuer": source_files.read_json("house.json")["issuer"]}}
    assert issuer(StoreConfig.model_validate(demo)).state is State.GOOD
