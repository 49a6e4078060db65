"""Parsing of URIs: what the parts mean, that no text breaks the parser, and that no password is shown."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.drivers.card_reader import CARD_DRIVERS
from hardware.drivers.impinj import IMPINJ_HTTPS
from hardware.drivers.llrp import LLRP
from hardware.drivers.radio_options import ANTENNAS, POWER_DBM, SESSION
from hardware.drivers.tag_reader import DRIVERS, driver_of
from hardware.drivers.uri.address import Address, Driver, parse, without_password
from hardware.errors import UriError

ALL: list[Driver[Any]] = [*DRIVERS.values(), *CARD_DRIVERS.values()]


def address(uri: str) -> Address:
    return parse(uri, driver_of(uri))


def test_host_port_and_options_are_read() -> None:
    found = address("llrp://[2001:db8::7]:5085?antennas=3,1&power_dbm=24.5")
    assert (found.host, found.port) == ("2001:db8::7", 5085)
    assert (found.options[ANTENNAS], found.options[POWER_DBM], found.options[SESSION]) == ((3, 1), 24.5, None)
    assert address("llrp://reader").port == 5084
    assert (
        address("llrp://fe80::1%25eth0".replace("fe80::1%25eth0", "[fe80::1%25eth0]")).host == "fe80::1%eth0"
    )
    assert address("llrp://b\N{LATIN SMALL LETTER U WITH DIAERESIS}ro.example").host.startswith("b")


def test_user_and_password_are_percent_decoded_and_a_plus_stays_a_plus() -> None:
    found = address("impinj+https://ro%2Fot:p%40ss+w%23rd@reader?preset=a+b")
    assert (found.user, found.password) == ("ro/ot", "p@ss+w#rd")
    assert "p@ss" not in repr(found)


@pytest.mark.parametrize(
    "secret", ["s3/cret", "s3?cret", "s3#cret", "123/cret", "123?cret", "s3@cret/x", "s3cr\tet"]
)
def test_a_password_with_special_characters_is_explained_and_never_shown(secret: str) -> None:
    uri = f"impinj+https://root:{secret}@reader.example?prset=1"
    with pytest.raises(UriError) as refusal:
        address(uri)
    assert "cret" not in str(refusal.value)
    assert "s3" not in str(refusal.value)
    assert "cret" not in without_password(uri)


@given(password=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20))
def test_an_encoded_password_is_read_as_it_was(password: str) -> None:
    assert address(f"impinj+https://root:{quote(password, safe='')}@reader.example").password == password


@pytest.mark.parametrize("written", ["%00", "%0d%0a", "%7f"])
def test_a_password_with_control_characters_is_refused(written: str) -> None:
    with pytest.raises(UriError, match="control character"):
        address(f"impinj+https://root:{written}@reader.example")


def test_messages_show_no_password() -> None:
    assert without_password("impinj+https://root:secret@reader:443?x=1") == "impinj+https://reader:443?x=1"
    assert without_password("sim://room?tags=30AA@1") == "sim://room?tags=30AA@1"
    refused = "impinj+mqtt://b/t?reader=root:secret@h&url=http://u%3Asecret@s/&reader_broker=root@b"
    assert without_password(refused) == "impinj+mqtt://b/t?reader=h&url=s/&reader_broker=root@b"


@pytest.mark.parametrize("driver", ALL, ids=lambda driver: driver.form)
def test_every_option_says_what_it_is_for_and_has_a_default_of_its_own_kind(driver: Driver[Any]) -> None:
    names = [option.name for option in driver.options]
    assert len(names) == len(set(names))
    assert all(option.about for option in driver.options)
    assert driver.form.startswith(f"{driver.scheme}://")


PARTS = st.text(max_size=5) | st.sampled_from(
    [
        "@",
        ":",
        "/",
        "?",
        "#",
        "&",
        "=",
        "[",
        "]",
        "%",
        "%00",
        "%ff",
        "..",
        "antennas",
        "ca",
        "1",
        "a.b",
        "\n",
        " ",
    ]
)


def outcome(uri: str, driver: Driver[Any]) -> Address | UriError:
    try:
        return parse(uri, driver)
    except UriError as refusal:
        return refusal


@given(driver=st.sampled_from(ALL), parts=st.lists(PARTS, max_size=8))
def test_no_text_breaks_the_parser(driver: Driver[Any], parts: list[str]) -> None:
    found = outcome(f"{driver.scheme}://{''.join(parts)}", driver)
    if isinstance(found, UriError):
        assert found.mistakes
        assert "\n" not in str(found)
    elif driver in (LLRP, IMPINJ_HTTPS):
        assert found.host
        assert 1 <= found.port <= 65535
