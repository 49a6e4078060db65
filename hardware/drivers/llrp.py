"""Drivers of LLRP readers: `llrp://`, and `llrps://` over TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hardware.drivers.radio_options import ANTENNAS, POWER_DBM, SESSION
from hardware.drivers.security import TLS_OPTIONS, tls_of
from hardware.drivers.uri.address import Address, Driver, Network
from hardware.drivers.uri.options import choice, whole_number
from hardware.ports import TagReader
from hardware.reader_probe import ProbeResult

if TYPE_CHECKING:
    from hardware.llrp.settings import LlrpSettings

LLRP_PORT: Final = 5084
LLRPS_PORT: Final = 5085
"""Ports of LLRP, plain and over TLS (LLRP 1.1, clause 19)."""

REPORT_EVERY = whole_number("report_every", 1, 65535, "tags in one report; default: 1")
# the version number in every message (LLRP 1.1, clause 16.1.1)
VERSION = choice("version", {"1.0.1": 1, "1.1": 2}, 1, "LLRP version: 1.0.1 (default) or 1.1")

OPTIONS = (ANTENNAS, SESSION, POWER_DBM, REPORT_EVERY, VERSION)


def settings_of(address: Address) -> LlrpSettings:
    """The settings of an LLRP connection, from the options of its address."""
    from hardware.llrp.settings import LlrpSettings

    options = address.options
    return LlrpSettings(
        antennas=options[ANTENNAS],
        session=options[SESSION] or 0,
        power_dbm=options[POWER_DBM],
        report_every=options[REPORT_EVERY] or 1,
        version=options[VERSION],
    )


def _open(address: Address, name: str) -> TagReader:
    from hardware.llrp.reader import LlrpReader

    return LlrpReader(name, address.host, address.port, settings_of(address))


def _open_tls(address: Address, name: str) -> TagReader:
    from hardware.llrp.reader import LlrpReader

    return LlrpReader(name, address.host, address.port, settings_of(address), tls_of(address))


def _probe(address: Address) -> ProbeResult:
    from hardware.llrp.probe import probe_reader

    return probe_reader(address.host, address.port, settings_of(address))


def _probe_tls(address: Address) -> ProbeResult:
    from hardware.llrp.probe import probe_reader

    return probe_reader(address.host, address.port, settings_of(address), tls_of(address))


LLRP = Driver(
    "llrp",
    "llrp://HOST[:5084]",
    "an LLRP reader (Impinj, Zebra and others)",
    Network(LLRP_PORT),
    OPTIONS,
    _open,
    _probe,
)
LLRPS = Driver(
    "llrps", "llrps://HOST[:5085]", "an LLRP reader over TLS; its certificate is checked", Network(LLRPS_PORT),
    (*OPTIONS, *TLS_OPTIONS), _open_tls, _probe_tls,
)  # fmt: skip
