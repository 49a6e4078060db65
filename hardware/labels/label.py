"""Parses the text of a scanned label (bar code, GS1 element string, GS1 Digital Link, SGTIN) to GTIN and serial.

A text is parsed to the true article and serial, to the article alone, or it is refused; no other serial is made of it.
Each form has a module of its own, which names its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from hardware.epc.gtin import Gtin
from hardware.epc.serial import is_serial
from hardware.errors import AmbiguousLabelError, EpcError, LabelError
from hardware.labels import digital_links, element_strings, epc_texts, symbologies
from hardware.ports import KnownArticles

_MAX_LENGTH: Final = 512
_MAX_SERIAL: Final = 20
# a number as it is printed, in groups
_GROUPED: Final = re.compile(r"[0-9]+(?:[ -][0-9]+)*")
# identifiers that scanners can be set to send before a bar code, other than those of AIM
_WITH_OWN_IDENTIFIER: Final = re.compile(r"[A-Za-z]{1,3}([0-9]{8}|[0-9]{12,14})")
_BARE_GTIN: Final = 14
_ISBN: Final = 13
# ISO/IEC 15434, format 05: GS1 elements in an envelope
_ENVELOPE: Final = re.compile("\\[\\)>\x1e05\x1d([^\x1e]*)\x1e?\x04?")
_BLANK: Final = " \t\r\n\0\ufeff"


@dataclass(frozen=True, slots=True)
class Label:
    """The article, and the serial if the label identifies a single piece."""

    gtin: Gtin
    serial: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed text. `separated`: it contains group separators. `unclear`: it may have a serial, which is not known
    because separators may be missing."""

    label: Label
    separated: bool = False
    unclear: bool = False


def read_label(text: str, *, separators_sent: bool = False, known: KnownArticles | None = None) -> Label:
    """Parses the text that a scanner sent, without its line end. Raises LabelError, nothing else, for any text.

    `separators_sent`: the scanner is known to send group separators; `known` returns which articles the shop sells, for
    digits that can mean several. AmbiguousLabelError if the article is not clear.
    """
    return parse_label(text, separators_sent=separators_sent, known=known).label


def parse_label(text: str, *, separators_sent: bool = False, known: KnownArticles | None = None) -> Reading:
    """As `read_label`, with what the text shows about the scanner."""
    if len(text) > _MAX_LENGTH:
        raise LabelError("too long for a label")
    symbol, content = symbologies.split_identifier(text.strip(_BLANK))
    try:
        return _parse(content.strip(_BLANK), symbol, separators_sent, known)
    except EpcError as error:
        raise LabelError(str(error)) from error


def _parse(text: str, symbol: str, separators_sent: bool, known: KnownArticles | None) -> Reading:
    if epc_texts.is_uri(text):
        return Reading(_label(*epc_texts.parse_uri(text)))
    if digital_links.is_link(text):
        return Reading(_label(*digital_links.parse(text)))
    if text.startswith("("):
        return _from_elements(element_strings.parse_bracketed(text), separated=False)
    digits = _ungrouped(text)
    # some scanners send GS1 DataBar without its identifier 01
    if len(digits) in (symbologies.LENGTHS if symbol not in symbologies.GS1_SYMBOLS else (_BARE_GTIN,)):
        return Reading(_from_digits(digits, symbol, known))
    return _from_tag_or_elements(text, symbol, separators_sent)


def _ungrouped(text: str) -> str:
    """The digits of a text that is a number, also in groups as it is printed; empty for other texts."""
    if not _GROUPED.fullmatch(text):
        return ""
    digits = text.replace(" ", "").replace("-", "")
    # hyphens stand in an ISBN; a date with hyphens is no bar code
    return digits if "-" not in text or len(digits) == _ISBN else ""


def _from_digits(digits: str, symbol: str, known: KnownArticles | None) -> Label:
    articles = symbologies.articles(digits, symbol)
    if len(articles) == 1:
        return Label(articles[0])
    fitting = set(articles).intersection(known(articles) if known is not None else ())
    if len(fitting) == 1:
        return Label(fitting.pop())
    if fitting or not symbologies.first_is_likely(digits):
        raise AmbiguousLabelError(articles)
    return Label(articles[0])


def _from_tag_or_elements(text: str, symbol: str, separators_sent: bool) -> Reading:
    tag = epc_texts.parse_hex(text) if symbol not in symbologies.GS1_SYMBOLS else None
    if tag is not None and not text.isdigit():
        return Reading(_label(*tag))
    envelope = _ENVELOPE.fullmatch(text)
    if _WITH_OWN_IDENTIFIER.fullmatch(text):
        raise LabelError(
            "letters before the digits of a bar code; if the scanner adds them, let it send AIM identifiers or none"
        )
    elements, separated = element_strings.parse(
        envelope[1] if envelope else text, separators_sent=separators_sent or envelope is not None
    )
    if tag is not None:
        if elements.gtins:
            raise LabelError("digits that are both the content of a tag and an element string")
        return Reading(_label(*tag))
    return _from_elements(elements, separated)


def _from_elements(elements: element_strings.Elements, separated: bool) -> Reading:
    if not elements.gtins:
        raise LabelError("a text that identifies no article")
    if len(elements.gtins) > 1:
        raise LabelError("a label with more than one article")
    (gtin,) = elements.gtins
    if len(elements.serials) > 1:
        return Reading(_label(Gtin(gtin), None), separated, unclear=True)
    (serial,) = elements.serials
    return Reading(_label(gtin, serial), separated)


def _label(gtin: str, serial: str | None) -> Label:
    article = Gtin(gtin)
    if int(article) == 0:
        raise LabelError("a number of zeros")
    if serial is not None and not (1 <= len(serial) <= _MAX_SERIAL and is_serial(serial)):
        raise LabelError("a serial with a character that is not allowed in one, or with more than 20")
    return Label(article, serial)
