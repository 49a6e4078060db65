"""The text of a description in HTML: tags are removed, blocks are lines, nothing is interpreted or loaded.

Not by `html.parser`: it needs a minute for 100 kB of unclosed tags, and raises for `<![`. This one reads a text once.
"""

from __future__ import annotations

import html
import re
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
_ENDS: Final = {
    name: re.compile(f"</{name}[^>]{{0,20}}>", re.IGNORECASE)
    for name in ("script", "style", "template", "iframe", "noscript", "object")
}
_TAG: Final = re.compile(r"/?([A-Za-z][A-Za-z0-9]{0,20})|[!?]")
_BLANKS: Final = re.compile(r"[ \t\r\f\v\u00a0]+")
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LINES: Final = re.compile(r" ?\n[ \n]*")


def html_text(text: str) -> str:
    """The visible text. Blanks are joined; soft hyphens and blanks of no width are removed."""
    if len(text) > MAX_HTML:
        return text
    if "<" in text or "&" in text:
        text = _without_tags(text)
    return _LINES.sub("\n", _BLANKS.sub(" ", _UNSEEN.sub("", text))).strip()


def _without_tags(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (found := text.find("<", at)) >= 0:
        parts.append(_data(text[at:found]))
        tag = _TAG.match(text, found + 1)
        if tag is None:
            parts.append("<")
            at = found + 1
            continue
        name = (tag[1] or "").casefold()
        if name in _BLOCKS:
            parts.append("\n")
        at = _end(text, found, "" if text[found + 1] == "/" else name)
        if at < 0:
            return "".join(parts)
    return "".join((*parts, _data(text[at:])))


def _end(text: str, start: int, name: str) -> int:
    """Where a tag, a comment, or an element without visible text ends; -1 if it has no end."""
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4)
        return end + 3 if end >= 0 else -1
    end = text.find(">", start)
    if end < 0 or name not in _ENDS:
        return end + 1 if end >= 0 else -1
    closed = _ENDS[name].search(text, end)
    return closed.end() if closed is not None else -1


def _data(text: str) -> str:
    return html.unescape(text.replace("\n", " "))
