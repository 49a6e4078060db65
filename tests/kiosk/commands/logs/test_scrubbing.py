"""What is taken out of the texts of a bundle, and what stays."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.commands.logs.scrubbing import Scrubber

NAMES = ("Inès", "Clara", "Jean-Luc van Dyck", "محمد", "はなこ")
IDS = ("s1", "a-ines", "M-2000.7")
PLANTED = {
    "e-mail": "clara.o'neil+shop@mail.example.co.uk",
    "login": "postgresql://cheval:s3cret@db.example/cheval",
    "bearer": "Authorization: Bearer abc.def-123",
    "password": 'password: "hunter2"',
    "token": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "session": "kJ8vQ2nP-5xY7zR_4tW9uB1cD3eF6gH0",
    "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVPmB92K27uhbUJU1p1r4wW",
    "pan": "4111 1111 1111 1111",
    "pan-plain": "5" * 12 + "4" * 4,
    "amex": "3782-822463-10005",
    "uid-7": "04A1B2C3D4E501",
    "uid-lower": "04a1b2c3d4e501",
    "uid-colons": "04:A1:B2:C3:D4:E5:01",
    "uid-4": "DEADBE0F",
    "uid-digits": "04112233445566",
    "id": "M-2000.7",
}


def scrubber() -> Scrubber:
    return Scrubber.knowing(NAMES, IDS)


def secret_parts(text: str) -> list[str]:
    """What must not be in the result: the planted value, without its harmless beginning."""
    for begin in ("postgresql://", "Authorization: Bearer ", 'password: "'):
        text = text.removeprefix(begin)
    return [text.removesuffix('"').removesuffix("@db.example/cheval")]


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
@pytest.mark.parametrize(
    "line", ["{}", "2026-11-29T09:30:00Z INFO kiosk: said {} twice", '{{"text": "room 1: {}"}}', "x={};"]
)
def test_planted_secrets_are_taken_out(line: str, planted: str) -> None:
    found = scrubber().text(line.format(planted))
    assert [part for part in secret_parts(planted) if part in found] == []
    assert "[" in found


@pytest.mark.parametrize("name", ["Inès", "INÈS", "Clara", "clara's", "Jean-Luc", "Dyck", "محمد", "はなこ"])
def test_names_are_taken_out_in_text_and_in_json_lines(name: str) -> None:
    for text in (f"ended by {name} now", json.dumps({"text": f"ended by {name} now"})):
        found = scrubber().text(text)
        assert "[name]" in found
        assert name.removesuffix("'s").partition("-")[0] not in found


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-29T09:30:00.125Z WARNING kiosk.store.service: room 12: the reader is lost (TimeoutError)",
        "kiosk/store/payments/order_book.py, line 214",
        "listen: {host: 0.0.0.0, port: 8075}",
        "llrp://10.0.0.7:5084?antennas=1,2",
        "04012345678901 is not in the catalogue",
        "12345.67 MB of 200000 are free; version 0.1.0",
        "session_hours: 12",
    ],
)
def test_what_a_technician_needs_stays(text: str) -> None:
    assert scrubber().text(text) == text


OTHER_FORMS = {
    "url": ("GET /m?name=In%C3%A8s%20X", "In%C3%A8s"),
    "url-mail": ("?mail=clara%40shop.example", "shop.example"),
    "url-twice": ("?mail=zoe%2540shop.example", "shop.example"),
    "url-pan": ("?n=4111%201111%201111%201111", "1111"),
    "url-uid": ("?uid=04%3AA1%3AB2%3AC3%3AD4%3AE5%3A01", "A1%3AB2"),
    "json-in-json": (json.dumps(json.dumps("by Inès")), "00e8s"),
    "bytes": ("b'In\\xc3\\xa8s'", "xa8s"),
    "latin-1": ("b'In\\xe8s'", "xe8s"),
    "html": ("In&egrave;s In&#232;s", "s"),
    "letters in two parts": ("by Ine\u0300s", "s"),
    "japanese": ("はなこさんが来た", "はなこ"),
    "japanese after latin": ("room1はなこ", "はなこ"),
    "arabic with a short word": ("لمحمد", "محمد"),
    "mail of other letters": ("клара@пример.рф", "пример"),
    "dict": ("{'token': 'abc-12', 'x': 1}", "abc-12"),
    "bytes of a dict": ("{'pin': b'7412'}", "7412"),
    "several words": ('"password": "blue red\\" green"', "green"),
    "quoted json": ('\\"secret\\": \\"blue red\\"', "red"),
    "part of a key": ("access_token=abc12", "abc12"),
    "cookie": ("Cookie: a=b; c=hidden", "hidden"),
    "pan in a word": ("pan_4111111111111111x", "4111"),
    "pan with points": ("4111.1111.1111.1111", "1111"),
    "pan with other spaces": ("4111\u00a01111\u00a01111\u00a01111", "1111"),
    "pan with other digits": ("٤١١١١١١١١١١١١١١١", "١١"),
    "pan in underscores": ("4111_1111_1111_1111", "1111"),
    "uid with 0x": ("0x04A1B2C3D4E501", "04A1"),
    "login with %40": ("postgresql+psycopg://cheval:p%40ss1w@localhost/cheval", "ss1w"),
    "login with %20": ("mqtts://cheval:p%20ss1w@broker:8883", "ss1w"),
    "login with a slash": ("postgresql://cheval:pa/ss1w@db/cheval", "ss1w"),
    "login with %2F": ("postgresql://cheval:pa%2Fss1w@db/cheval", "ss1w"),
    "login with a quotation mark": ("database: postgresql://cheval:p'ss1w@db/cheval", "ss1w"),
    "login with a space": ("postgresql://cheval:p ss1w@db/cheval", "ss1w"),
    "login with two signs": ("postgresql://cheval:p@ss1w@db/cheval", "ss1w"),
    "passphrase": ("passphrase: hunter22", "hunter22"),
    "key of a query": ("https://hooks.example/alarm?key=aB3dE5f", "aB3dE5f"),
    "secret key": ("secret_key: x9y8", "x9y8"),
    "hash of a PIN": ("pin_hash=$argon2id$x", "argon2id"),
    "private key": ("-----BEGIN EC PRIVATE KEY-----\nMIIEvQ+/==\n-----END EC PRIVATE KEY-----", "MIIEvQ"),
    "uid in bytes": ("b'\\x04\\xa1\\xb2\\xc3\\xd4\\xe5\\x01'", "xb2"),
}


@pytest.mark.parametrize(("text", "left"), OTHER_FORMS.values(), ids=OTHER_FORMS)
def test_other_forms_are_taken_out(text: str, left: str) -> None:
    found = scrubber().text(f"WARNING kiosk: {text} ")
    assert left not in found.replace("kiosk", "")
    assert "[" in found


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("url: https://hooks.example/services/T01/B01/aBcDeFgHiJk", "url: https://hooks.example/[path]"),
        (
            "{url: 'http://10.0.0.7:8090?x', network: private}",
            "{url: 'http://10.0.0.7:8090/[path]', network: private}",
        ),
        ("uri: impinj+https://10.0.0.7/?antennas=1,2", "uri: impinj+https://10.0.0.7/?antennas=1,2"),
        ("public_url: https://shop.example", "public_url: https://shop.example"),
    ],
)
def test_a_configuration_has_no_path_of_a_web_address(text: str, left: str) -> None:
    assert scrubber().configuration(text) == left


@pytest.mark.parametrize("text", ["100%25 %0A%0D &amp; &lt;b&gt; \\n \\u000a \\x1b[0m %22", "C:\\users\\x86"])
def test_signs_that_could_forge_a_line_stay_written(text: str) -> None:
    assert scrubber().text(text) == text


def test_numbers_and_checksums_of_the_health_report_stay() -> None:
    report = {"made_us": 4111111111111111, "picture": "deadbe0f", "why": "by Clara", "mirrors": {"1": None}}
    assert scrubber().tree(report) == {**report, "why": "by [name]"}


@given(st.text(max_size=30), st.sampled_from(sorted(PLANTED.values())), st.text(max_size=30))
@example("\\u", "4111 1111 1111 1111", "")
@example("\\ud800", "clara@mail.example", "\\udc00")
def test_any_text_around_ends_without_an_error(before: str, planted: str, after: str) -> None:
    one = scrubber()
    found = one.text(f"{before} {planted} {after}")
    assert planted not in found
    assert sum(one.taken.values()) >= 1


def test_planted_a_scrubber_without_names_gives_them_away() -> None:
    assert "Clara" in Scrubber().text("said Clara")
