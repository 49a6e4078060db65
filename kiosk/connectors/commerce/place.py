"""Where a system of the retailer is: its address, and the files beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from kiosk.connectors.commerce.errors import NoConnectorError
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError
from kiosk.connectors.web_hooks.host_rule import Network


@dataclass(frozen=True, slots=True)
class SystemPlace:
    """A system's `uri` (`DRIVER+https://HOST/PATH`, without secrets), its description, the file with its keys (mode
    0600), where its address may be, and the authorities of its certificate. `timeout_s`: for one request."""

    uri: str
    description: Path | None = None
    key_file: Path | None = None
    network: Network = Network.PUBLIC
    ca_file: Path | None = None
    timeout_s: float = 30.0

    @property
    def driver(self) -> str:
        """The part of the scheme before `+`."""
        return self.uri.partition("://")[0].partition("+")[0]

    @property
    def parts(self) -> SplitResult:
        """The HTTP address. Raises NoConnectorError."""
        try:
            parts = urlsplit(self.uri.partition("+")[2])
            host, _ = parts.hostname, parts.port
        except ValueError:
            host, parts = None, urlsplit("")
        if parts.scheme not in ("https", "http") or not host:
            raise NoConnectorError(f"is no address of a system; write {self.driver}+https://HOST/PATH")
        if "@" in parts.netloc or parts.query or parts.fragment:
            raise NoConnectorError("neither user name, `?` nor `#` belongs in the address")
        if parts.scheme == "http" and self.network is not Network.THIS_COMPUTER:
            raise NoConnectorError(
                "only a system on this computer (`network: this-computer`) may be asked without TLS; write https"
            )
        return parts

    def keys(self, *needed: str, optional: tuple[str, ...] = ()) -> dict[str, str]:
        """The secrets of `key_file`, read anew each time. Raises NoConnectorError, whose text contains no value."""
        try:
            return TerminalPlace(self.uri, self.key_file).keys(*needed, optional=optional)
        except NoTerminalDriverError as error:
            raise NoConnectorError(str(error)) from None
