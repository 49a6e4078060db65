"""The glass's language: which of our translations and fonts are in force."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from kiosk.screen.assets import assets

_FONTS = (
    "ChevalSerif-Regular.otf",
    "ChevalSerif-Italic.otf",
    "ChevalSans-Regular.otf",
    "ChevalSans-Medium.otf",
    "ChevalNaskh-Regular.ttf",
)
_AFTER = ["Cheval Naskh", "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans"]
"""Where our two families have no letter, these are looked at, in this order."""


@cache
def load_fonts() -> None:
    """Make our own fonts known; the machine's are only asked for scripts that we do not carry."""
    for name in _FONTS:
        QFontDatabase.addApplicationFont(str(assets() / "fonts" / name))
    for family in ("Cheval Serif", "Cheval Sans"):
        QFont.insertSubstitutions(family, _AFTER)
    QGuiApplication.setFont(QFont("Cheval Sans"))


class Tongue:
    """Holds the translator in force; English texts stand in the QML files, so only its plurals are loaded."""

    def __init__(self) -> None:
        self.language = ""
        self._translator = QTranslator()

    def speak(self, language: str) -> bool:
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

    def fall_silent(self) -> None:
        """Take the translator out; needed before the application goes."""
        QCoreApplication.removeTranslator(self._translator)
