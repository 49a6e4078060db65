"""Switches the translations of the QML files and loads the fonts."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication, QLocale, QLoggingCategory, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from kiosk.screen.assets import assets

_SCRIPTS = (
    "Hebrew", "Thai", "Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Tamil", "Telugu", "Kannada", "Malayalam",
    "Sinhala", "Lao", "Khmer", "Myanmar", "Georgian", "Armenian", "Ethiopic",
)  # fmt: skip


def _of_system(kind: str, east: str) -> list[str]:
    """Fonts of the system that have whole scripts: `kind` is Serif or Sans, `east` the form of shared ideographs."""
    far_east = [f"Noto {kind} CJK {east}", f"Noto Sans CJK {east}"]
    others = [f"Noto {kind}", *(f"Noto {kind} {script}" for script in _SCRIPTS)]
    # last: it has digits as well
    return list(dict.fromkeys((*far_east, *others, "Noto Sans", "Noto Color Emoji")))


_FALLBACKS = {
    "Cheval Serif": [
        "Cheval Naskh",
        "Cheval Mincho",
        "Cheval Sans",
        *_of_system("Serif", "JP"),
        "Cheval Song",
    ],
    "Cheval Sans": ["Cheval Naskh", "Cheval Gothic", *_of_system("Sans", "JP"), "Cheval Hei"],
    # Chinese and Japanese shape shared characters differently: Chinese has families of its own.
    "Cheval Serif Zh": [
        "Cheval Serif",
        "Cheval Song",
        "Cheval Sans",
        *_of_system("Serif", "SC"),
        "Cheval Naskh",
    ],
    "Cheval Sans Zh": ["Cheval Sans", "Cheval Hei", *_of_system("Sans", "SC"), "Cheval Naskh"],
}
"""Fallback families for letters that a family lacks, in order. Our Chinese and Japanese fonts hold only the letters of
our own texts, in the shapes of those of the system after them; catalogues in these languages, and names in other
scripts, need fonts of the system (Debian: fonts-noto-cjk, fonts-noto-core, fonts-noto-color-emoji)."""


@cache
def load_fonts() -> None:
    """Register our fonts with Qt; system fonts are used only for letters that ours lack."""
    for file in sorted((assets() / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))
    for family, fallbacks in _FALLBACKS.items():
        QFont.insertSubstitutions(family, fallbacks)
    # of each family that has no rules for Indian scripts, before the one that has: nothing to act on
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
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
