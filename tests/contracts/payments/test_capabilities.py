"""What each driver declares: digits and smallest amounts per currency agree with ISO 4217 and with each other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.connectors.payments.port import Capabilities, PaymentTerminal
from kiosk.core.domain.currency_digits import CURRENCY_DIGITS
from tests.contracts.payments.rigs import RIGS


@pytest.fixture(scope="module", params=RIGS)
def driver(request: pytest.FixtureRequest) -> Iterator[PaymentTerminal]:
    maker = RIGS[request.param]()
    rig = maker.rig(1.0)
    opened = rig.driver()
    yield opened
    opened.close()
    rig.close()
    maker.close()


def mistakes(can: Capabilities) -> list[str]:
    """What is wrong in the tables of a driver."""
    found = [
        f"{code} is no currency" for code in {*can.exponents, *can.minimum_minor} - CURRENCY_DIGITS.keys()
    ]
    found += [
        f"{code} does not differ" for code, n in can.exponents.items() if CURRENCY_DIGITS.get(code) == n
    ]
    found += [f"{code} has {n} digits" for code, n in can.exponents.items() if not 0 <= n <= 3]
    for code, minor in can.minimum_minor.items():
        ours = CURRENCY_DIGITS.get(code, 0)
        theirs = can.exponents.get(code, ours)
        if minor <= 0 or minor * 10**theirs % 10**ours:
            found.append(f"the smallest amount of {code} cannot be sent: {minor}")
    return found


def test_the_tables_of_a_driver_agree(driver: PaymentTerminal) -> None:
    assert mistakes(driver.capabilities) == []


def test_an_identity_names_the_driver_and_no_secret(driver: PaymentTerminal) -> None:
    scheme, _, rest = driver.identity.partition(":")
    assert scheme.isalpha()
    assert rest
    assert driver.identity.isprintable()
    assert not any(word in driver.identity for word in ("sk_", "rk_", "pass", "key"))


@pytest.mark.parametrize(
    "can",
    [
        Capabilities(exponents={"EUR": 2}),
        Capabilities(exponents={"XXX": 2}),
        Capabilities(exponents={"JPY": 4}),
        Capabilities(minimum_minor={"EUR": 0}),
        Capabilities(minimum_minor={"EURO": 50}),
        Capabilities(minimum_minor={"CVE": 50}, exponents={"CVE": 0}),
    ],
)
def test_planted_a_wrong_table_is_found(can: Capabilities) -> None:
    assert mistakes(can)
