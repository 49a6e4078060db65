"""Reads the addresses of Adyen's terminals in the configuration, and their key files.

    nexo://HOST[:8443]/POIID[?pin=sha256:...]            local network; key file: key_identifier, key_version,
                                                         passphrase
    adyen+https://MERCHANT/POIID[?environment=live-us]   Cloud device API; key file: api_key, and those three
                                                         for encryption

POIID is MODEL-SERIAL, as on the terminal's label. Endpoints: Adyen's libraries for Java and Node, class CloudDeviceApi.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from kiosk.connectors.payments.nexo.certificates import trusted
from kiosk.connectors.payments.nexo.driver import NexoTerminal
from kiosk.connectors.payments.nexo.encryption import SharedKey
from kiosk.connectors.payments.nexo.exchange import Peer
from kiosk.connectors.payments.nexo.line import CloudLine, LocalLine
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError, TerminalMode

LOCAL_PORT: Final = 8443
CLOUD_HOSTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "live": "device-api-live.adyen.com",
        "live-au": "device-api-live-au.adyen.com",
        "live-us": "device-api-live-us.adyen.com",
        "live-apse": "device-api-live-apse.adyen.com",
        "test": "device-api-test.adyen.com",
    }
)
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
KEY_NAMES: Final = ("key_identifier", "key_version", "passphrase")
_POI: Final = re.compile(r"[A-Za-z0-9]{2,}-[A-Za-z0-9-]{1,40}")
_MERCHANT: Final = re.compile(r"[A-Za-z0-9_-]{1,80}")
_API_KEY: Final = re.compile(r"[\x21-\x7e]{1,600}")


def open_nexo(place: TerminalPlace) -> NexoTerminal:
    """The driver for `nexo://HOST[:PORT]/POIID`. Raises NoTerminalDriverError."""
    parts, options = place.parts, place.options("pin")
    poi = parts.path.strip("/")
    if not parts.hostname or not _POI.fullmatch(poi):
        raise NoTerminalDriverError(
            "write nexo://HOST/MODEL-SERIAL, for example nexo://192.0.2.7/V400m-324688179"
        )
    found = place.keys(*KEY_NAMES)
    trust = trusted(place, options.get("pin", ""), names_host=False)
    peer = Peer(parts.hostname, parts.port or LOCAL_PORT, poi, trust, {})
    return NexoTerminal(LocalLine(peer, poi, _shared_key(place, found)))


def open_adyen(place: TerminalPlace) -> NexoTerminal:
    """The driver for `adyen+https://MERCHANT/POIID`. Raises NoTerminalDriverError."""
    parts, options = place.parts, place.options("environment", "base", "pin")
    merchant, poi = parts.netloc, parts.path.strip("/")
    if not _MERCHANT.fullmatch(merchant) or not _POI.fullmatch(poi):
        raise NoTerminalDriverError(
            "write adyen+https://MERCHANT/MODEL-SERIAL, with the merchant account's name"
        )
    environment = options.get("environment", "live")
    if environment not in CLOUD_HOSTS:
        raise NoTerminalDriverError(f"`environment` must be one of {', '.join(CLOUD_HOSTS)}")
    host, port = _base(options.get("base", ""), CLOUD_HOSTS[environment])
    found = place.keys("api_key", optional=KEY_NAMES)
    if not _API_KEY.fullmatch(found["api_key"]):
        raise NoTerminalDriverError(f"{place.key_file}: `api_key` has characters that no key has")
    given = [name for name in KEY_NAMES if name in found]
    if given and len(given) < len(KEY_NAMES):
        raise NoTerminalDriverError(f"{place.key_file}: encryption needs all of {', '.join(KEY_NAMES)}")
    trust = trusted(place, options.get("pin", ""), names_host=True)
    peer = Peer(host, port, poi, trust, {"X-API-Key": found["api_key"]})
    mode = TerminalMode.TEST if environment == "test" or host in LOOPBACK else TerminalMode.LIVE
    return NexoTerminal(CloudLine(peer, merchant, poi, mode, _shared_key(place, found) if given else None))


def _base(base: str, host: str) -> tuple[str, int]:
    """Host and port; `base` names a double on this machine, since the API key is sent there."""
    if not base:
        return host, 443
    try:
        parts = urlsplit(base)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme != "https" or parts.hostname not in LOOPBACK or not port or parts.path.strip("/"):
        raise NoTerminalDriverError("`base` is for a double on this machine: base=https://127.0.0.1:PORT")
    return parts.hostname, port


def _shared_key(place: TerminalPlace, found: Mapping[str, str]) -> SharedKey:
    try:
        return SharedKey(found["key_identifier"], int(found["key_version"]), found["passphrase"])
    except ValueError:
        raise NoTerminalDriverError(
            f"{place.key_file}: `key_version` must be a whole number, `passphrase` of ASCII characters"
        ) from None
