"""Opens the tag reader of a URI from the configuration; each driver's package is imported only when it is used.

llrp://HOST[:5084][?antennas=1,2&session=1&power_dbm=24&report_every=1&version=1.1]
llrps://HOST[:5085][?ca=FILE&...]      the same over TLS; the certificate is checked
zebra+https://[USER:PASSWORD@]HOST[:443][?antennas=1,2&session=0&power_dbm=24&mode=own&password_file=FILE]
impinj+https://[USER:PASSWORD@]HOST[:443][?pin=sha256:HEX&antennas=1,2&power_dbm=24&password_file=FILE]
impinj+mqtt://[USER:PASSWORD@]BROKER[:1883]/TOPIC[?reader=HOST&configure=yes&...]   events from a broker
impinj+mqtts://BROKER[:8883]/TOPIC     the same over TLS
impinj+hook://[USER:PASSWORD@]HOST?listen=0.0.0.0:PORT[&...]   the reader posts its events to this computer
zebra+mqtt://[USER:PASSWORD@]BROKER[:1883]/TOPIC[?events=TOPIC&reader=HOST&...]   events from a broker
zebra+mqtts://BROKER[:8883]/TOPIC      the same over TLS
zebra+hook://[USER:PASSWORD@]HOST?listen=0.0.0.0:PORT&hook_password_file=FILE[&...]   the reader posts to this computer
pcsc://[PART-OF-ITS-NAME]              a card reader that reads garments with NFC tags
sim://HOST:PORT[/PAD]                  a simulated card reader, likewise
serial:///dev/..., keyboard:///dev/... a label scanner; each scan is one read
replay://FILE[?speed=2&loop=yes]       reads recorded by `cheval listen`
sim://NAME[?tags=EPC@1,EPC@2&seed=7]   simulated tags in the same process (EPC@ANTENNA)

A driver is declared beside its options in a module of this folder (`hardware.drivers.llrp`), and listed in `DRIVERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from hardware.drivers.card_reader import PAD, PCSC, OpenCard
from hardware.drivers.impinj import IMPINJ_HOOK, IMPINJ_HTTPS, IMPINJ_MQTT, IMPINJ_MQTTS
from hardware.drivers.label_reader import KEYBOARD, LABEL_DRIVERS, SERIAL, OpenLabel
from hardware.drivers.llrp import LLRP, LLRPS
from hardware.drivers.replay import REPLAY
from hardware.drivers.simulated import SIM_FIELD
from hardware.drivers.uri.address import Address, Driver, parse
from hardware.drivers.uri.choice import chosen
from hardware.drivers.uri.named_files import file_mistakes
from hardware.drivers.zebra import ZEBRA_DRIVERS
from hardware.errors import UriError
from hardware.ports import TagReader

OpenTag = Callable[[Address, str], TagReader]


def _of_cards(cards: Driver[OpenCard]) -> Driver[OpenTag]:
    """The driver of a card reader as one of a tag reader."""

    def open_pad(address: Address, name: str) -> TagReader:
        from hardware.labels.nfc_tag_reader import NfcTagReader

        return NfcTagReader(name, cards.open(address, name, None))

    return _as_tag_driver(cards, open_pad)


def _of_scanner(scanner: Driver[OpenLabel]) -> Driver[OpenTag]:
    """The driver of a label scanner as one of a tag reader."""

    def open_scanner(address: Address, name: str) -> TagReader:
        from hardware.labels.scanner_tag_reader import ScannerTagReader

        return ScannerTagReader(scanner.open(address, name))

    return _as_tag_driver(scanner, open_scanner)


def _as_tag_driver(driver: Driver[Callable[..., object]], open_reader: OpenTag) -> Driver[OpenTag]:
    return Driver(
        driver.scheme, driver.form, driver.about, driver.place, driver.options, open_reader, driver.probe
    )


_PAD_AS_TAG_READER: Final = _of_cards(PAD)
DRIVERS: Final[dict[str, Driver[OpenTag]]] = {
    driver.scheme: driver
    for driver in (
        LLRP, LLRPS, IMPINJ_HTTPS, IMPINJ_MQTT, IMPINJ_MQTTS, IMPINJ_HOOK, *ZEBRA_DRIVERS,
        _of_cards(PCSC), _of_scanner(SERIAL), _of_scanner(KEYBOARD), REPLAY, SIM_FIELD,
    )
}  # fmt: skip


def driver_of(uri: str) -> Driver[OpenTag]:
    """The driver of a tag reader's URI. Raises UriError with the known forms."""
    driver = chosen(uri, DRIVERS, "a tag reader")
    return _PAD_AS_TAG_READER if driver is SIM_FIELD and is_pad(uri) else driver


def parse_tag_reader(uri: str) -> Address:
    """The parts of a tag reader's URI. Raises UriError with all mistakes."""
    return parse(uri, driver_of(uri))


def open_tag_reader(uri: str, name: str) -> TagReader:
    """The reader of this URI, not yet started.

    Raises UriError with all mistakes, also of the files that the URI names, or MissingDriverError for a missing
    library.
    """
    driver = driver_of(uri)
    address = parse(uri, driver)
    if wrong := file_mistakes(address, driver):
        raise UriError(*wrong)
    return driver.open(address, name)


def is_pad(uri: str) -> bool:
    """Whether this is a card reader, which reads only a tag that is placed on it."""
    return bool(re.match(r"pcsc://|sim://[^/?#]*:[0-9]+([/?#]|$)", uri, re.IGNORECASE))


def is_scanner(uri: str) -> bool:
    """Whether this is a label scanner: pieces are scanned one by one, so missing reads say nothing about them."""
    return uri.partition("://")[0].lower() in LABEL_DRIVERS
