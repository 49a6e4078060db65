"""`cheval cards limit`: what a card or ring may pay in a day, set at the desk while the store runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.clock import now_us
from kiosk.store.lifecycle import Store
from tests.kiosk.store.sample_shop import sample_store, settings_in

CLARA = "04A1B2C3D4E501"
Cards = Callable[..., int]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with sample_store(settings_in(tmp_path), now_us) as running:
        yield running


@pytest.fixture
def cards(tmp_path: Path, store: Store) -> Cards:
    config = tmp_path / "store.yaml"
    config.write_text(json.dumps({"state": str(store.settings.state), "rooms": {"1": {}}}), "utf-8")
    return lambda *words: main(["cards", *words, "--config", str(config)])


def test_a_limit_is_set_and_lifted(cards: Cards, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    book = store.service.customers.book
    ring = book.card(CLARA)
    assert ring is not None
    assert cards("limit", ring.short, "20000") == 0
    assert capsys.readouterr().out == f"ring {ring.short} has the daily limit 20000 EUR minor\n"
    assert cards("list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [c["day_limit_minor"] for c in listed if c["card"] == ring.short] == [20_000]
    assert cards("limit", ring.short, "shop") == 0
    again = book.card(CLARA)
    assert again is not None
    assert again.limit_minor is None


@pytest.mark.parametrize("amount", ["12.50", "−1", "none", "", "9" * 20, "٣"])
def test_an_invalid_amount_is_reported(
    cards: Cards, store: Store, capsys: pytest.CaptureFixture[str], amount: str
) -> None:
    ring = store.service.customers.book.card(CLARA)
    assert ring is not None
    assert cards("limit", ring.short, amount) == 2
    assert "is not an amount" in capsys.readouterr().err


def test_a_card_that_is_not_there(cards: Cards, capsys: pytest.CaptureFixture[str]) -> None:
    assert cards("limit", "0123456789", "1") == 1
    assert "there is no card" in capsys.readouterr().err
