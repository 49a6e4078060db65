"""The associates' page writes every amount as the core does, without a number of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtQml import QJSEngine, QJSValue

from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.api import public_routes
from kiosk.store.pages.amount_forms import amount_forms

CONSOLE = Path(public_routes.__file__).parents[1] / "console"
MINORS = (0, 5, -123_450, 98_765_432_199)


@pytest.fixture(scope="module")
def engine() -> Iterator[QJSEngine]:
    app = QCoreApplication.instance() or QCoreApplication([])
    yield QJSEngine()
    del app


def differences(engine: QJSEngine, module: Path) -> list[tuple[str, str]]:
    """Texts of the page's module and of the core that differ."""
    loaded = engine.importModule(str(module))
    assert not loaded.isError(), loaded.toString()
    engine.globalObject().setProperty("written", loaded.property("written"))
    forms = json.dumps(asdict(amount_forms()))
    engine.evaluate(
        "var all = (amounts) => JSON.parse(amounts).map(([minor, currency, language]) => "
        f"written({{minor, currency}}, {forms}, language))"
    )
    all_written = engine.globalObject().property("all")
    amounts = [(minor, code, tag) for minor in MINORS for code in CURRENCY_DIGITS for tag in LANGUAGES]
    found = all_written.call([QJSValue(json.dumps(amounts))]).toVariant()
    wanted = [Money(minor, code).formatted(language) for minor, code, language in amounts]
    assert len(found) == len(wanted)
    return [pair for pair in zip(found, wanted, strict=True) if pair[0] != pair[1]]


def test_the_page_writes_amounts_as_the_glass_does(engine: QJSEngine) -> None:
    assert differences(engine, CONSOLE / "base/amounts.js") == []


def test_a_division_is_noticed(engine: QJSEngine, tmp_path: Path) -> None:
    planted = tmp_path / "planted.js"
    planted.write_text(
        "export const written = ({ minor, currency }) => `€${(minor / 100).toFixed(2)} ${currency}`;", "utf-8"
    )
    assert differences(engine, planted)


def test_no_script_of_the_page_divides_amounts() -> None:
    for script in CONSOLE.rglob("*.js"):
        text = script.read_text("utf-8")
        assert "minor /" not in text
        assert 'style: "currency"' not in text
