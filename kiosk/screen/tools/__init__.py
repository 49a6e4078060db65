"""Developer tools of the screen: contact sheet, QML linter, translations. Not used by the mirror."""
