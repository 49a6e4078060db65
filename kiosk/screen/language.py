"""Switches the translations of the QML files and loads the fonts."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from kiosk.screen.assets import assets

_FALLBACKS = {
    "Cheval Serif": [
        "Cheval Naskh",
        "Cheval Mincho",
        "Noto Serif CJK JP",
        "Noto Sans CJK JP",
        "Cheval Song",
        "Cheval Sans",
        "Noto Sans",
    ],
    "Cheval Sans": ["Cheval Naskh", "Cheval Gothic", "Noto Sans CJK JP", "Cheval Hei", "Noto Sans"],
    # Chinese and Japanese shape shared characters differently: Chinese has families of its own.
    "Cheval Serif Zh": [
        "Cheval Serif",
        "Cheval Song",
        "Cheval Sans",
        "Noto Serif CJK SC",
        "Noto Sans CJK SC",
    ],
    "Cheval Sans Zh": ["Cheval Sans", "Cheval Hei", "Noto Sans CJK SC"],
}
"""Fallback families for letters that a family lacks, in order. Our Chinese and Japanese fonts hold only the letters of
our own texts; catalogues in these languages need system fonts (Debian: fonts-noto-cjk)."""


@cache
def load_fonts() -> None:
    """Register our fonts with Qt; system fonts are used only for letters that ours lack."""
    for file in sorted((assets() / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))
    for family, fallbacks in _FALLBACKS.items():
        QFont.insertSubstitutions(family, fallbacks)
    QGuiApplication.setFont(QFont("Cheval Sans"))


class LanguageSwitch:
    """Installs the translation of one language at a time. English texts are in the QML files."""

    def __init__(self) -> None:
        self.language = ""
        self._translator = QTranslator()

    def switch_to(self, language: str) -> bool:
        """Switch to that language; False if it is in use already. Without a translation the texts are English."""
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
        """Remove the translation. Must be called before the application is destroyed."""
        QCoreApplication.removeTranslator(self._translator)
