"""The port of the law's cash register: a signing service, or the retailer's till that registers the sale.

Promises of a driver, tested in `tests/contracts/test_fiscal_registers.py`:
- The same key is registered at most once, however often `register` is called; each call gives the same signature.
- `register` returns only the signature of this sale. A reply about another key or amount is a lost reply.
- Anything after which the register may have the sale is RegisterLostError. RegisterRefusedError means that it
  certainly does not have it. RegisterDeniedError means that this request was not registered; an earlier one under the
  same key may have been.
- A register that falls silent, or answers endlessly, ends a call within its time limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.core.domain.fiscal.sale import FiscalSale, Signature


class FiscalError(Exception):
    """Base of the errors of this package.

    FiscalError
    |-- NoRegisterDriverError   the address or its files cannot be used; permanent
    |-- RegisterDeniedError     it does not take our token, or there is no register at the address; a person must act
    |-- RegisterLostError       no usable reply: it may be registered or not; asked again under the same key
    |   `-- RegisterUnclearError    it replies, but not with the signature of this sale, though it may have it
    `-- RegisterRefusedError    the register says no, and why; asked again later
    """


class NoRegisterDriverError(FiscalError):
    """The address of the register, or a file of it, cannot be used."""


class RegisterLostError(FiscalError):
    """The register did not answer, or its answer is not about this sale."""


class RegisterUnclearError(RegisterLostError):
    """The register works, and its reply about this sale is not its signature: only this sale waits for a person."""


class RegisterDeniedError(FiscalError):
    """The configuration is wrong: token or address. All sales wait; the text says what is wrong, one line."""


class RegisterRefusedError(FiscalError):
    """The register refuses the sale; the text is its reason, one line."""


@dataclass(frozen=True, slots=True)
class RegisterProbe:
    """What a register says about itself. `clock_difference_s` is its clock minus ours; None where it gives no time.
    `valid_until`: end of its certificate (RFC 3339 date), empty where it says none."""

    register: str
    ready: bool
    why: str = ""
    clock_difference_s: float | None = None
    valid_until: str = ""
    test_mode: bool = False


class FiscalRegister(Protocol):
    """A register. Safe to use from any thread."""

    @property
    def identity(self) -> str:
        """Name of the register in the ledger, without secrets; it stays when the register's address changes."""
        ...

    def register(self, sale: FiscalSale) -> Signature:
        """Registers a sale. Raises RegisterLostError, RegisterRefusedError, RegisterDeniedError."""
        ...

    def probe(self) -> RegisterProbe:
        """Its state, for `cheval doctor`; registers nothing. Raises RegisterLostError, RegisterDeniedError."""
        ...

    def close(self) -> None: ...
