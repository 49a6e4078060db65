"""Mistakes of stands: the article, the terminal, the name, the cards' keys."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.__main__ import main

GTIN = "09521234000013"
TWO = "[{name: a, uri: 'sim://127.0.0.1:1'}, {name: desk, uri: 'attended://desk'}]"
ONE = "[{name: a, uri: 'sim://127.0.0.1:1'}]"


def catalogue(state: Path, currency: str) -> None:
    """A store's database with one article."""
    state.mkdir()
    with closing(sqlite3.connect(state / "store.db")) as connection:
        connection.executescript(
            "create table style (style_id, currency); create table sku (article, style_id);"
            f"insert into style values ('C1', '{currency}'); insert into sku values ('{GTIN}', 'C1');"
        )


@pytest.mark.parametrize(
    ("stand", "terminals", "currency", "code", "said"),
    [
        (f"{{article: '{GTIN}'}}", ONE, "EUR", 0, ""),
        (f"{{article: '{GTIN[1:]}'}}", ONE, "EUR", 0, ""),
        ("{article: '09521234000020'}", ONE, "EUR", 2, "is not in the catalogue, so it has no price"),
        (f"{{article: '{GTIN}'}}", ONE, "USD", 2, "is priced in USD, the shop sells in EUR"),
        ("{article: ''}", ONE, "EUR", 2, "`` is not an article; write its GTIN"),
        ("{article: '0'}", ONE, "EUR", 2, "`0` is not an article; write its GTIN"),
        ("{article: '17'}", ONE, "EUR", 2, "of 8, 12, 13 or 14 digits in quotes"),
        (f"{{article: '{'0' * 14}'}}", ONE, "EUR", 2, "is not an article"),
        ("{article: 'sku:'}", ONE, "EUR", 2, "`sku:` is not an article"),
        ("{article: 'sku:AB 12/3'}", ONE, "EUR", 2, "`sku:AB%2012%2F3` is not in the catalogue"),
        ("{article: 'sku:AB%2012%2F3'}", ONE, "EUR", 2, "`sku:AB%2012%2F3` is not in the catalogue"),
        (
            f"{{article: '{GTIN}', serial: '17'}}, dress: {{article: '{GTIN}', serial: '18'}}",
            ONE,
            "EUR",
            0,
            "",
        ),
        (
            f"{{article: '{GTIN}', serial: '17'}}, dress: {{article: '{GTIN[1:]}', serial: '17'}}",
            ONE,
            "EUR",
            2,
            "stands.dress.serial: `coat` sells this piece already",
        ),
        ("{article: '09521234000014'}", ONE, "EUR", 2, "is not an article; write its GTIN of 8, 12, 13"),
        (f"{{article: '{GTIN}', serial: '17'}}", ONE, "EUR", 0, ""),
        (f"{{article: '{GTIN}', serial: 'a b'}}", ONE, "EUR", 2, "`a b` is not a serial of a tag"),
        (f"{{article: '{GTIN}'}}", "[]", "EUR", 2, "needs a terminal with stored means"),
        (f"{{article: '{GTIN}'}}", TWO, "EUR", 2, "write which of the 2 terminals"),
        (f"{{article: '{GTIN}', terminal: desk}}", TWO, "EUR", 2, "`desk` cannot charge stored means"),
        (f"{{article: '{GTIN}', terminal: dsk}}", TWO, "EUR", 2, "unknown terminal `dsk`"),
    ],
)
def test_what_is_wrong_with_a_stand_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
    stand: str, terminals: str, currency: str, code: int, said: str,
) -> None:  # fmt: skip
    catalogue(tmp_path / "state", currency)
    (tmp_path / "cards").write_text("00" * 16 + "\n")
    (tmp_path / "cards").chmod(0o600)
    lines = [
        "state: state", "rooms: {1: {}}", "cards: {keys_file: cards}", f"payments: {{terminals: {terminals}}}",
        "shop: {currency: EUR}", f"stands: {{coat: {stand}}}",
    ]  # fmt: skip
    (tmp_path / "store.yaml").write_text("\n".join(lines) + "\n")
    found = main(["store", "--config", str(tmp_path / "store.yaml"), "--check"]), capsys.readouterr()
    text = found[1].out + found[1].err
    assert said in text
    assert ("stands" in text) == bool(said), text
    assert (found[0] == 2) == (code == 2), text


def test_a_stand_may_not_have_the_name_of_a_room_and_needs_card_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    payments, stands = f"payments: {{terminals: {ONE}}}", f"stands: {{coat: {{article: '{GTIN}'}}}}"
    text = f"state: state\nrooms: {{coat: {{}}}}\n{payments}\n{stands}\n"
    (tmp_path / "store.yaml").write_text(text)
    assert main(["store", "--config", str(tmp_path / "store.yaml"), "--check"]) == 2
    captured = capsys.readouterr()
    assert "`coat` is a room already" in captured.out + captured.err
    (tmp_path / "store.yaml").write_text(text.replace("rooms: {coat", "rooms: {'1'"))
    assert main(["store", "--config", str(tmp_path / "store.yaml"), "--check"]) == 2
    captured = capsys.readouterr()
    assert "every tap at a stand is refused" in captured.out + captured.err
