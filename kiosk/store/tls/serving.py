"""The server's side of TLS: TLS 1.3 alone, with certificates that are exchanged while the store runs.

One context listens. For each handshake its callback chooses the newest one of two: mirrors and commands ask for
`STORE_NAME` and get the certificate of the shop's root, everybody else gets the retailer's own one where there is one.
Connections that are open keep theirs, so no stream is lost.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from kiosk.pairing.store_tls import STORE_NAME
from kiosk.store.errors import CertificateError
from kiosk.store.file_stamp import FileStamp
from kiosk.store.settings import TlsSettings
from kiosk.store.tls.machine_names import addresses, host_names, parsed_address
from kiosk.store.tls.private_files import own_key, retailers_key
from kiosk.store.tls.server_certificate import renewed, server_file
from kiosk.store.tls.shop_root import ShopRoot, shop_root

log = logging.getLogger(__name__)
LOOK_S: Final = 30.0
"""How often certificates and the names of this computer are looked at."""


@dataclass(frozen=True, slots=True)
class WantedNames:
    """Names and addresses of the store. `signed`: those in its certificate; `refused`: those its root may not sign."""

    signed: tuple[str, ...]
    refused: tuple[str, ...] = ()


def wanted_names(host: str, tls: TlsSettings) -> tuple[str, ...]:
    """Names and addresses at which the store is reached: of the configuration and of this computer."""
    given = [*tls.names, host, "localhost", *host_names(), *map(str, addresses())]
    known = [str(parsed_address(name) or name.lower()) for name in given]
    return tuple(name for name in dict.fromkeys(known) if name not in ("", "0.0.0.0", "::"))  # noqa: S104


def divided(names: tuple[str, ...], root: ShopRoot) -> WantedNames:
    """The names that this root may sign, and the others."""
    good = tuple(name for name in names if root.may_sign(name))
    return WantedNames(good, tuple(name for name in names if name not in good))


class ServingCertificates:
    """The TLS context of the server. `refresh` renews and reads again; it is cheap and may be called at any time."""

    def __init__(self, state: Path, host: str, tls: TlsSettings, now_us: Callable[[], int]) -> None:
        """Raises CertificateError, OSError."""
        self._state, self._host, self._tls, self._now = state, host, tls, now_us
        self.root = shop_root(state, wanted_names(host, tls))
        self._refused: tuple[str, ...] = ()
        self.failure = ""
        """Why the last `keep` failed; empty if it did not."""
        self._looked_s = monotonic()
        self._renew()
        self._shop = _context(server_file(state))
        self._retailers: ssl.SSLContext | None = None
        self._stamp: tuple[FileStamp, FileStamp] | None = None
        if tls.certificate is not None and tls.certificate_key is not None:
            self._stamp = _stamp(tls.certificate, tls.certificate_key)
            self._retailers = _retailers(tls.certificate, tls.certificate_key)
        self.context = _context(server_file(state))
        self.context.sni_callback = self._choose

    def refresh(self) -> None:
        """Renews the store's certificate if it is due; reads the retailer's if it has changed. Raises as the
        constructor; what was served until now is served on."""
        if self._renew():
            self._shop = _context(server_file(self._state))
            log.info("the store has renewed its TLS certificate")
        certificate, key = self._tls.certificate, self._tls.certificate_key
        if certificate is None or key is None:
            return
        stamp = _stamp(certificate, key)
        if stamp != self._stamp:
            # a pair that is only half replaced does not fit, and is tried again when the other file has changed
            self._retailers = _retailers(certificate, key)
            self._stamp = stamp
            log.info("the store has read the retailer's TLS certificate again")

    def keep(self) -> None:
        """Refreshes every `LOOK_S` seconds. What fails is logged once and tried again."""
        now_s = monotonic()
        if now_s - self._looked_s < LOOK_S:
            return
        self._looked_s = now_s
        try:
            self.refresh()
        except (CertificateError, OSError) as error:
            if str(error) != self.failure:
                self.failure = str(error)
                log.error("a TLS certificate cannot be renewed; the present one is served on: %s", error)
            return
        if self.failure:
            self.failure = ""
            log.info("TLS certificates can be renewed again")

    def _renew(self) -> bool:
        names = divided(wanted_names(self._host, self._tls), self.root)
        if names.refused != self._refused:
            self._refused = names.refused
            log.warning(
                "the shop's root was made before these names and may not sign them: %s; browsers do not accept the "
                "store there. Give it a certificate for them (listen.certificate), or use another name",
                ", ".join(names.refused),
            )
        return renewed(self._state, self.root, names.signed, self._now())

    def _choose(self, link: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
        asked_for_ours = name == STORE_NAME or self._retailers is None
        link.context = self._shop if asked_for_ours else (self._retailers or self._shop)


def _context(file: Path, key: Path | None = None) -> ssl.SSLContext:
    """Raises CertificateError, OSError."""
    if key is None:
        own_key(file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(file, key, _no_pass_phrase)
    except ssl.SSLError as error:
        reason = (error.reason or "unreadable").lower().replace("_", " ")
        raise CertificateError(f"{file}{f' with {key}' if key else ''} cannot be used: {reason}") from error
    return context


def _retailers(certificate: Path, key: Path) -> ssl.SSLContext:
    try:
        retailers_key(key)
        return _context(certificate, key)
    except OSError as error:
        raise CertificateError(f"{error.filename}: {error.strerror}") from error


def _no_pass_phrase() -> str:
    raise CertificateError(
        "the key has a pass phrase; write it without one: openssl pkey -in KEY -out FILE, mode 0640"
    )


def _stamp(certificate: Path, key: Path) -> tuple[FileStamp, FileStamp]:
    return FileStamp.of(certificate), FileStamp.of(key)
