"""The glass's language: which of our translations and fonts are in force."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from kiosk.screen.assets import assets

_AFTER = {
    "Cheval Serif": [
        "Cheval Naskh",
        "Cheval Mincho",
        "Noto Serif CJK JP",
        "Noto Sans CJK JP",
        "Cheval Song",
        "Noto Sans",
    ],
    "Cheval Sans": ["Cheval Naskh", "Cheval Gothic", "Noto Sans CJK JP", "Cheval Hei", "Noto Sans"],
    # Chinese and Japanese write many of the same characters differently: each language has its own first.
    "Cheval Serif Zh": ["Cheval Serif", "Cheval Song", "Noto Serif CJK SC", "Noto Sans CJK SC"],
    "Cheval Sans Zh": ["Cheval Sans", "Cheval Hei", "Noto Sans CJK SC"],
}
"""Where a family has no letter, these are looked at in this order. Ours of Chinese and Japanese hold the letters of our
own texts; a catalogue in those languages takes the machine's (Debian: fonts-noto-cjk)."""


@cache
def load_fonts() -> None:
    """Make our own fonts known; the machine's are only asked for letters that we do not carry."""
    for file in sorted((assets() / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))
    for family, after in _AFTER.items():
        QFont.insertSubstitutions(family, after)
    QGuiApplication.setFont(QFont("Cheval Sans"))


class LanguageSwitch:
    """Holds the translator in force; English texts stand in the QML files, so only its plurals are loaded."""

    def __init__(self) -> None:
        self.language = ""
        self._translator = QTranslator()

    def switch_to(self, language: str) -> bool:
        """Change to that language; False where it is spoken already. Without a translation English is spoken."""
        if language == self.language:
            return False
        QCoreApplication.removeTranslator(self._translator)
        self._translator = QTranslator()
        if self._translator.load(str(assets() / "translations" / f"cheval_{language}.qm")):
            QCoreApplication.installTranslator(self._translator)
        QLocale.setDefault(QLocale(language))
        self.language = language
        return True

    def uninstall(self) -> None:
        """Take the translator out; needed before the application goes."""
        QCoreApplication.removeTranslator(self._translator)
