"""From an address in the configuration to a card reader."""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from hardware.errors import MissingDriverError, UriError
from hardware.pcsc.pad_client import PadSlotFactory
from hardware.pcsc.supervised_reader import SupervisedCardReader
from hardware.pcsc.wallet import PassReader

_WAYS: Final = "pcsc:// (first reader), pcsc://PART-OF-ITS-NAME, sim://HOST:PORT or sim://HOST:PORT/PAD"


def open_card_reader(uri: str, name: str, passes: PassReader | None = None) -> SupervisedCardReader:
    """A reader that is not started yet; `passes` is a retailer's own reading of wallet passes.

    Raises `UriError`, or `MissingDriverError` for `pcsc://`.
    """
    try:
        parts = urlsplit(uri)
        port = parts.port if parts.scheme == "sim" else None
    except ValueError as error:
        raise UriError(f"{uri!r} is no address of a card reader ({error}); known are {_WAYS}") from error
    if parts.scheme == "pcsc":
        return _pcsc(unquote(parts.netloc + parts.path), name, passes)
    if parts.scheme == "sim":
        return _sim(uri, parts, port, name, passes)
    raise UriError(f"{uri!r} is no address of a card reader; known are {_WAYS}")


def _pcsc(part: str, name: str, passes: PassReader | None) -> SupervisedCardReader:
    try:
        # Imported late: a machine without pyscard still runs every other driver.
        from hardware.pcsc.reader import pcsc_card_reader
    except ImportError as error:
        raise MissingDriverError(
            "pcsc:// needs pyscard and libpcsclite1; neither is missed by sim://"
        ) from error
    return pcsc_card_reader(name, part, passes)


def _sim(
    uri: str, parts: SplitResult, port: int | None, name: str, passes: PassReader | None
) -> SupervisedCardReader:
    if not parts.hostname or not port:
        raise UriError(f"{uri!r} lacks host or port; known are {_WAYS}")
    way = PadSlotFactory(parts.hostname, port, unquote(parts.path.strip("/")))
    return SupervisedCardReader(name, way.open, passes=passes)
