"""Settings of receipts: links, e-mail, printers, the law's cash register."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.config.receipts import Issuer, Receipts
from kiosk.config.shop import Fiscal


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """A receipt printer by name and URI, e.g. `escpos+tcp://10.0.0.9:9100`."""

    name: str
    uri: str


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The shop's mail server and sender; `key_file` has the password of `user`."""

    uri: str
    sender: str
    user: str = ""
    key_file: Path | None = None
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class IssuerSettings:
    """Who gives the receipts: company, lines of the address, tax numbers; each empty where it is not configured."""

    company: str = ""
    address: tuple[str, ...] = ()
    tax_numbers: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of a receipt, in their order."""
        return (*filter(None, (self.company,)), *self.address, *self.tax_numbers)


@dataclass(frozen=True, slots=True)
class ReceiptSettings:
    """How receipts are given. `link_days`: how long a link is open after the payment; 0: without end."""

    link_days: int = 90
    mail: MailSettings | None = None
    printers: tuple[PrinterSettings, ...] = ()


def receipt_settings(config: Receipts) -> ReceiptSettings:
    """The settings of a configuration file."""
    mail = None
    if (named := config.mail) is not None:
        mail = MailSettings(named.uri, named.sender, named.user or "", named.key_file, named.ca_file)
    return ReceiptSettings(
        config.link_days,
        mail,
        tuple(PrinterSettings(printer.name, printer.uri) for printer in config.printers),
    )


def issuer_settings(config: Issuer | None) -> IssuerSettings:
    """Who gives the receipts by a configuration file; nothing without that section."""
    if config is None:
        return IssuerSettings()
    return IssuerSettings(config.company or "", config.address, config.tax_numbers)


@dataclass(frozen=True, slots=True)
class FiscalSettings:
    """The law's cash register. `register`: its name in the ledger, empty for its address. `replaces`: earlier ones."""

    uri: str
    register: str = ""
    key_file: Path | None = None
    ca_file: Path | None = None
    timeout_s: float = 10.0
    replaces: tuple[str, ...] = ()


def fiscal_settings(fiscal: Fiscal | None) -> FiscalSettings | None:
    """The register of the configuration; None if there is none."""
    return None if fiscal is None else FiscalSettings(
        fiscal.uri, fiscal.register_name or "", fiscal.key_file, fiscal.ca_file, fiscal.timeout_s, fiscal.replaces
    )  # fmt: skip
