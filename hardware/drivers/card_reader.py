"""Opens the card reader of a URI from the configuration.

pcsc://[PART-OF-ITS-NAME]     a reader of this computer, the first one without a name
sim://HOST:PORT[/PAD]         a simulated reader
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from hardware.drivers.uri.address import Address, Driver, Local, LocalKind, Network, parse
from hardware.drivers.uri.choice import chosen
from hardware.errors import MissingDriverError

if TYPE_CHECKING:
    from hardware.pcsc.supervised_reader import SupervisedCardReader
    from hardware.pcsc.wallet import PassReader

OpenCard = Callable[[Address, str, "PassReader | None"], "SupervisedCardReader"]


def _pcsc(address: Address, name: str, passes: PassReader | None = None) -> SupervisedCardReader:
    try:
        # imported late, so that a computer without pyscard can use the other drivers
        from hardware.pcsc.reader import pcsc_card_reader
    except ImportError as error:
        raise MissingDriverError("pcsc:// needs pyscard and libpcsclite1; sim:// needs neither") from error
    return pcsc_card_reader(name, address.path, passes)


def _pad(address: Address, name: str, passes: PassReader | None = None) -> SupervisedCardReader:
    from hardware.pcsc.pad_client import PadSlotFactory
    from hardware.pcsc.supervised_reader import SupervisedCardReader

    return SupervisedCardReader(
        name, PadSlotFactory(address.host, address.port, address.path.strip("/")).open, passes=passes
    )


PCSC: Final[Driver[OpenCard]] = Driver(
    "pcsc", "pcsc:// (first reader) or pcsc://PART-OF-ITS-NAME", "a card reader of this computer",
    Local(LocalKind.NAME, required=False), (), _pcsc,
)  # fmt: skip
PAD: Final[Driver[OpenCard]] = Driver(
    "sim", "sim://HOST:PORT[/PAD]", "a simulated card reader", Network(None, path=True), (), _pad
)
CARD_DRIVERS: Final[dict[str, Driver[OpenCard]]] = {driver.scheme: driver for driver in (PCSC, PAD)}


def parse_card_reader(uri: str) -> Address:
    """The parts of a card reader's URI. Raises UriError with all mistakes."""
    return parse(uri, chosen(uri, CARD_DRIVERS, "a card reader"))


def open_card_reader(uri: str, name: str, passes: PassReader | None = None) -> SupervisedCardReader:
    """The reader of this URI, not yet started; `passes` is a retailer's own reader of wallet passes.

    Raises `UriError`, or `MissingDriverError` for `pcsc://`.
    """
    driver = chosen(uri, CARD_DRIVERS, "a card reader")
    return driver.open(parse(uri, driver), name, passes)
