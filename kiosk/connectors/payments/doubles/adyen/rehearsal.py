"""Starts the double with a certificate, keys and files of its own, as a store's configuration names them."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.connectors.payments.doubles.adyen.certificate import Fleet, server_context
from kiosk.connectors.payments.doubles.adyen.server import AdyenServer
from kiosk.connectors.payments.doubles.adyen.terminal import AdyenTerminal
from kiosk.connectors.payments.nexo.encryption import SharedKey
from kiosk.connectors.payments.place import TerminalPlace

MERCHANT: Final = "Shop_POS"
KEY_IDENTIFIER: Final = "rehearsal"
SHARED: Final = "legacy-terminal-certificate"
"""Name in certificates that older terminals share."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The files of a double and its secrets; servers are made from it with `serve`."""

    folder: Path
    passphrase: str
    api_key: str
    merchant: str = MERCHANT

    @classmethod
    def made(cls, folder: Path, poi: str = "", merchant: str = MERCHANT) -> Rehearsal:
        """Writes certificates and key files into the folder; the certificate names that terminal, or fits all."""
        folder.mkdir(parents=True, exist_ok=True)
        fleet = Fleet.made()
        made = cls(folder, secrets.token_urlsafe(18), secrets.token_urlsafe(24), merchant)
        (folder / "root.pem").write_bytes(fleet.root_pem())
        secret_file(folder / "terminal.pem", fleet.terminal(f"{poi or SHARED}.test.terminal.adyen.com"))
        shared = f"key_identifier: {KEY_IDENTIFIER}\nkey_version: 1\npassphrase: {made.passphrase}\n"
        secret_file(folder / "nexo.keys", shared.encode())
        secret_file(folder / "adyen.keys", f"api_key: {made.api_key}\n".encode())
        secret_file(folder / "adyen-encrypted.keys", f"api_key: {made.api_key}\n{shared}".encode())
        return made

    def serve(self, terminal: AdyenTerminal, port: int = 0, host: str = "127.0.0.1") -> AdyenServer:
        """A running server of that terminal, on a loopback address."""
        key = SharedKey(KEY_IDENTIFIER, 1, self.passphrase)
        tls = server_context(self.folder / "terminal.pem")
        return AdyenServer(
            terminal, key, tls, merchant=self.merchant, api_key=self.api_key, host=host, port=port
        )

    def local(self, server: AdyenServer) -> TerminalPlace:
        """Its place on the local network."""
        uri = f"nexo://127.0.0.1:{server.port}/{server.terminal.poi}"
        return TerminalPlace(uri, self.folder / "nexo.keys", self.folder / "root.pem")

    def cloud(self, server: AdyenServer, *, encrypted: bool = False) -> TerminalPlace:
        """Its place behind the Cloud device API."""
        base = f"base=https://127.0.0.1:{server.port}"
        uri = f"adyen+https://{self.merchant}/{server.terminal.poi}?environment=test&{base}"
        keys = "adyen-encrypted.keys" if encrypted else "adyen.keys"
        return TerminalPlace(uri, self.folder / keys, self.folder / "root.pem")


def secret_file(file: Path, content: bytes) -> None:
    """Writes a file that only its owner can read."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(content)
