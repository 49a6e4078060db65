"""Rendering of the pages: values are escaped, and a forgotten value is an error."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from kiosk.core.domain.texts import LANGUAGES, RIGHT_TO_LEFT
from kiosk.store.customers.card_links import LinkResult, LinkStatus
from kiosk.store.pages.card_link import STATUS, busy_page, card_page
from kiosk.store.pages.render import language_for, render
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

SHOP = ShopSettings('Ost & "Revane"')


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", LinkStatus)
def test_the_page_of_a_card_shows_the_status_of_its_link(status: LinkStatus, language: str) -> None:
    page = card_page(LinkResult(status), SHOP, language)
    texts = page_texts("card_link", language)
    assert texts[status.value] in page
    assert texts["found"] in page
    assert f'<html lang="{language}" dir="{"rtl" if language in RIGHT_TO_LEFT else "ltr"}">' in page
    assert status in STATUS


def test_values_are_text_and_never_markup() -> None:
    page = card_page(LinkResult(LinkStatus.PROVED, "<script>alert(1)</script>"), SHOP, "en")
    assert "<script" not in page
    assert "Good day, &lt;script&gt;alert(1)&lt;/script&gt;." in page
    assert "Ost &amp; &#34;Revane&#34;" in page


def test_a_busy_page_shows_no_name() -> None:
    assert page_texts("card_link", "de")["busy"] in busy_page(SHOP, "de")


def test_planted_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="greeting"):
        render("card_link", "en", shop=SHOP, message="")


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en;q=0.1,fr", "fr"),
        ("tlh", "en"),
        ("", "en"),
        ("de;q=x,it;q=0.5", "it"),
    ],
)
def test_the_phones_language_is_used_if_there_is_one(accept: str, language: str) -> None:
    assert language_for(accept, SHOP) == language
