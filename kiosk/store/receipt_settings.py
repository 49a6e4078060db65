"""Settings of receipts: links, e-mail, printers, taxes, the law's cash register."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.config.receipts import Issuer, Receipts
from kiosk.config.shop import Fiscal, Shop
from kiosk.core.domain.currency_digits import digits_of
from kiosk.core.domain.tax import ppm_of_percent


@dataclass(frozen=True, slots=True)
class TaxRule:
    """A rate for the pieces of a category, of a tax class, or below a price; empty and None fit every piece."""

    rate_ppm: int
    category: str = ""
    tax_class: str = ""
    below_minor: int | None = None


@dataclass(frozen=True, slots=True)
class TaxSettings:
    """Rates in millionths: that of the first rule that fits a piece, else the default. `added`: the tax is added to the
    prices of the catalogue; else they contain it."""

    default_ppm: int = 190_000
    rules: tuple[TaxRule, ...] = ()
    added: bool = False


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


def tax_settings(shop: Shop) -> TaxSettings:
    """The rates of the configuration."""
    digits = digits_of(shop.currency)
    return TaxSettings(
        ppm_of_percent(shop.tax_percent),
        tuple(
            TaxRule(
                ppm_of_percent(rule.percent), rule.category or "", rule.tax_class or "",
                None if rule.price_below is None else int(rule.price_below.scaleb(digits)),
            )
            for rule in shop.tax_rates
        ),
        added=not shop.tax_included,
    )  # fmt: skip
