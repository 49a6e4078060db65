"""Switching the language of the QML texts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from kiosk.screen.language import LanguageSwitch
from kiosk.screen.window import application


@pytest.fixture
def switch() -> Iterator[LanguageSwitch]:
    application()
    made = LanguageSwitch()
    yield made
    made.uninstall()


def translated() -> str:
    return QCoreApplication.translate("Footer", "Help")


def test_one_translation_is_installed_at_a_time(switch: LanguageSwitch) -> None:
    assert switch.switch_to("de")
    assert translated() == "Hilfe"
    assert switch.switch_to("fr")
    assert translated() == "Aide"
    switch.uninstall()
    assert translated() == "Help"


def test_switching_to_the_same_language_changes_nothing(switch: LanguageSwitch) -> None:
    assert switch.switch_to("de")
    assert not switch.switch_to("de")


def test_a_language_without_translation_is_english(switch: LanguageSwitch) -> None:
    switch.switch_to("de")
    assert switch.switch_to("tlh")
    assert translated() == "Help"
