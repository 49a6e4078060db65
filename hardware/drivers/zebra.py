"""Drivers of Zebra readers with IoT Connector (FX7500, FX9600, FXR90): `zebra+https://`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hardware.drivers.address import Address, Driver, Network
from hardware.drivers.llrp import ANTENNAS, POWER_DBM
from hardware.drivers.options import choice, whole_number
from hardware.drivers.security import PASSWORD_FILE, TLS_OPTIONS, password_of, tls_of
from hardware.errors import UriError
from hardware.ports import TagReader
from hardware.reader_probe import ProbeResult

if TYPE_CHECKING:
    from hardware.zebra.settings import RadioSettings, ZebraSettings

HTTPS_PORT: Final = 443

SESSION = whole_number("session", 0, 3, "Gen2 session of the inventory, 0 to 3; default: 0")
MODE = choice(
    "mode", {"cheval": "cheval", "own": "own"}, "cheval",
    "cheval: Cheval writes the operating mode (default); own: the reader's own mode is used",
)  # fmt: skip
RADIO_OPTIONS = (ANTENNAS, SESSION, POWER_DBM, MODE)


def radio_of(address: Address) -> RadioSettings | None:
    """The radio's settings of an address; None for `mode=own`. Raises UriError for settings that it would not use."""
    from hardware.zebra.settings import RadioSettings

    options = address.options
    if options[MODE] == "own":
        given = {SESSION.name: SESSION in options, POWER_DBM.name: POWER_DBM in options}
        unused = [name for name, is_given in given.items() if is_given]
        if unused:
            raise UriError(f"mode=own uses the reader's own settings, so remove {' and '.join(unused)}")
        return None
    return RadioSettings(options[SESSION] or 0, options[POWER_DBM])


def _settings_of(address: Address) -> ZebraSettings:
    from hardware.zebra.settings import ZebraSettings

    return ZebraSettings(
        address.user or "admin", password_of(address), radio_of(address), address.options[ANTENNAS]
    )


def _open_https(address: Address, name: str) -> TagReader:
    from hardware.zebra.reader import ZebraReader

    return ZebraReader(name, address.host, address.port, tls_of(address), _settings_of(address))


def _probe_https(address: Address) -> ProbeResult:
    from hardware.zebra.probe import probe_reader

    return probe_reader(address.host, address.port, tls_of(address), _settings_of(address))


ZEBRA_HTTPS = Driver(
    "zebra+https", "zebra+https://[USER[:PASSWORD]@]HOST[:443]",
    "a Zebra reader with IoT Connector, over REST and WebSocket", Network(HTTPS_PORT, user=True),
    (*RADIO_OPTIONS, PASSWORD_FILE, *TLS_OPTIONS), _open_https, _probe_https,
)  # fmt: skip
