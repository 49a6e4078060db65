"""The text of a description in HTML: tags are removed, blocks are lines, nothing is interpreted or loaded."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from kiosk.connectors.feeds.limits import STORY

MAX_HTML: Final = 5 * STORY
"""Characters of HTML; a longer text stays as it is and is refused as too long."""
_BLOCKS: Final = frozenset(
    (
        "address", "article", "blockquote", "br", "div", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "li", "ol", "p", "section", "table", "tr", "ul",
    )
)  # fmt: skip
_SILENT: Final = frozenset(("script", "style", "template", "iframe", "noscript", "object"))
_BLANKS: Final = re.compile(r"[ \t\r\f\v\u00a0]+")
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LINES: Final = re.compile(r" ?\n[ \n]*")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT and not self._silent:
            self._silent = tag
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace("\n", " "))


def html_text(text: str) -> str:
    """The visible text. Blanks are joined; soft hyphens and blanks of no width are removed."""
    if len(text) > MAX_HTML:
        return text
    if "<" in text or "&" in text:
        parser = _Text()
        parser.feed(text)
        parser.close()
        text = "".join(parser.parts)
    return _LINES.sub("\n", _BLANKS.sub(" ", _UNSEEN.sub("", text))).strip()
