"""Reads where a reader of Stripe is: its id, the secret key from a file, the address of the API."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.connectors.ca_files import ca_file_mistake
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import NoTerminalDriverError

API_BASE = "https://api.stripe.com"
_READER = re.compile(r"tmr_[A-Za-z0-9]{4,64}")
_KEY = re.compile(r"[rs]k_(?P<mode>test|live)_[A-Za-z0-9_]{8,250}")


@dataclass(frozen=True, slots=True)
class StripeSettings:
    """A reader (`tmr_...`), the secret key of its account, and the base address of the API.

    `ca_file`: certificates instead of the system's, for a network that inspects TLS.
    """

    reader: str
    secret_key: str = field(repr=False)
    base: str = API_BASE
    ca_file: Path | None = None

    @property
    def live(self) -> bool:
        """Whether real cards are charged."""
        return "k_live_" in self.secret_key[:8]


def settings_of(place: TerminalPlace, *, any_reader: bool = False) -> StripeSettings:
    """The settings of `stripe://READER_ID`; of the account alone with `any_reader`. Raises NoTerminalDriverError."""
    parts = place.parts
    if parts.path.strip("/") or not (_READER.fullmatch(parts.netloc) or (any_reader and not parts.netloc)):
        raise NoTerminalDriverError(
            "write stripe://READER_ID; the id begins with tmr_, and `cheval terminals list` shows those of the key"
        )
    base = place.options("base").get("base", "")
    key = place.keys("secret_key")["secret_key"]
    match = _KEY.fullmatch(key)
    if match is None:
        what = "is a publishable key" if key.startswith("pk_") else "is no key of Stripe"
        raise NoTerminalDriverError(
            f"{place.key_file}: `secret_key` {what}; copy a secret or restricted key (sk_... or rk_...) from Stripe's"
            " dashboard: Developers, API keys"
        )
    if base and not _is_loopback(base):
        raise NoTerminalDriverError("`base` is for a double on this computer: http://127.0.0.1:PORT")
    if base and match["mode"] == "live":
        raise NoTerminalDriverError("a live key is never sent to `base`; use a key of test mode")
    if what := ca_file_mistake(place.ca_file):
        raise NoTerminalDriverError(what)
    return StripeSettings(parts.netloc, key, base or API_BASE, place.ca_file)


def _is_loopback(base: str) -> bool:
    try:
        parts = urlsplit(base)
        local = parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
        return local and parts.scheme == "http" and bool(parts.port) and parts.path in ("", "/")
    except ValueError:
        return False
