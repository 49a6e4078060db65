"""The screen of the mirror: a Qt Quick window with pages in QML. The only package that uses Qt."""
