"""Opens the card reader of a URI from the configuration.

pcsc://[PART-OF-ITS-NAME]     a reader of this computer, the first one without a name
sim://HOST:PORT[/PAD]         a simulated reader
"""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from hardware.errors import MissingDriverError, UriError
from hardware.pcsc.pad_client import PadSlotFactory
from hardware.pcsc.supervised_reader import SupervisedCardReader
from hardware.pcsc.wallet import PassReader

_URI_FORMS: Final = "pcsc:// (first reader), pcsc://PART-OF-ITS-NAME, sim://HOST:PORT or sim://HOST:PORT/PAD"


def open_card_reader(uri: str, name: str, passes: PassReader | None = None) -> SupervisedCardReader:
    """The reader of this URI, not yet started; `passes` is a retailer's own reader of wallet passes.

    Raises `UriError`, or `MissingDriverError` for `pcsc://`.
    """
    try:
        parts = urlsplit(uri)
        port = parts.port if parts.scheme == "sim" else None
    except ValueError as error:
        raise UriError(
            f"{uri!r} is not the URI of a card reader ({error}); known are {_URI_FORMS}"
        ) from error
    if parts.scheme == "pcsc":
        return _pcsc(unquote(parts.netloc + parts.path), name, passes)
    if parts.scheme == "sim":
        return _sim(uri, parts, port, name, passes)
    raise UriError(f"{uri!r} is not the URI of a card reader; known are {_URI_FORMS}")


def _pcsc(part: str, name: str, passes: PassReader | None) -> SupervisedCardReader:
    try:
        # imported late, so that a computer without pyscard can use the other drivers
        from hardware.pcsc.reader import pcsc_card_reader
    except ImportError as error:
        raise MissingDriverError("pcsc:// needs pyscard and libpcsclite1; sim:// needs neither") from error
    return pcsc_card_reader(name, part, passes)


def _sim(
    uri: str, parts: SplitResult, port: int | None, name: str, passes: PassReader | None
) -> SupervisedCardReader:
    if not parts.hostname or not port:
        raise UriError(f"{uri!r} lacks host or port; known are {_URI_FORMS}")
    slots = PadSlotFactory(parts.hostname, port, unquote(parts.path.strip("/")))
    return SupervisedCardReader(name, slots.open, passes=passes)
