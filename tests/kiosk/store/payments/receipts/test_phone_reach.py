"""Which phones can open an address: the rule behind the QR code of a receipt."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.store.payments.receipts.phone_reach import PhoneReach, phone_reach

ANYWHERE, SHOP, NONE = PhoneReach.ANYWHERE, PhoneReach.SHOP_NETWORK, PhoneReach.NONE


@pytest.mark.parametrize(
    ("url", "reach"),
    [
        ("", NONE), ("https://", NONE), ("http://[::1", NONE),
        ("http://127.0.0.1:8075", NONE), ("https://127.1.2.3", NONE), ("http://[::1]:8075", NONE),
        ("http://[::ffff:127.0.0.1]", NONE), ("http://localhost:8075", NONE), ("http://shop.localhost", NONE),
        ("http://LOCALHOST.", NONE), ("http://0.0.0.0:8075", NONE), ("http://[::]:8075", NONE),
        ("http://169.254.3.4", NONE), ("http://[fe80::1]", NONE), ("http://224.0.0.1", NONE),
        ("https://shop.invalid", NONE),
        ("http://receipts.shop.example", NONE), ("http://8.8.8.8", NONE), ("http://[2a00::1]", NONE),
        ("http://192.168.1.20:8075", SHOP), ("http://10.0.0.5", SHOP), ("http://172.20.0.1", SHOP),
        ("https://192.168.1.20", NONE), ("https://till.lan", NONE),
        ("http://[fd00::5]:8075", SHOP), ("http://[::ffff:10.0.0.5]", SHOP),
        ("http://till:8075", SHOP), ("http://till.local", SHOP), ("http://till.lan.", SHOP),
        ("https://receipts.shop.example", ANYWHERE), ("https://receipts.shop.example:8443/cheval", ANYWHERE),
        ("https://8.8.8.8", ANYWHERE),
    ],
)  # fmt: skip
def test_who_reaches_an_address(url: str, reach: PhoneReach) -> None:
    found = phone_reach(url)
    assert found.reach is reach
    assert found.reachable is (reach is not NONE)
    assert bool(found.why) is (reach is not ANYWHERE)


@given(st.text(max_size=60))
def test_any_text_has_an_answer(url: str) -> None:
    assert phone_reach(url).reach in PhoneReach


@given(st.ip_addresses(v=4))
def test_no_address_of_the_own_computer_is_reached_and_no_public_one_without_encryption(
    address: IPv4Address,
) -> None:
    found = phone_reach(f"http://{address}").reach
    assert found is not ANYWHERE
    if address.is_loopback or address.is_unspecified or address.is_global:
        assert found is NONE
