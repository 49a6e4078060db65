"""A technician's file with mistakes: all are told at once, each with its line and the nearest right name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from kiosk.config import ConfigError, MirrorConfig, StoreConfig, load_store, parse_mirror, parse_store

Parse = Callable[[str], StoreConfig | MirrorConfig]

MANY = """\
shop: {nme: X, language: no, currency: eur, tax_percent: 19.12345, time_zone: Europe/Berln}
listen: {port: 99999}
readers:
  - {name: north, uri: "lrp://192.0.2.4"}
  - {nam: south}
rooms:
  1: {antennas: [north/1, x/x]}
  "a b": {}
database: mysql://x
state: 5
"""


def told(parse: Parse, text: str) -> list[str]:
    with pytest.raises(ConfigError) as error:
        parse(text)
    return [str(mistake) for mistake in error.value.mistakes]


def test_all_mistakes_at_once_each_with_its_line() -> None:
    assert told(parse_store, MANY) == [
        "line 1: shop.currency: `eur` is not an ISO 4217 code such as EUR",
        "line 1: shop.language: `no` is not allowed; use one of en, de, fr, es, it, ja, zh, ar",
        "line 1: shop.nme: is an unknown key; did you mean `name`?",
        "line 1: shop.tax_percent: `19.12345` has more than four decimals",
        "line 1: shop.time_zone: `Europe/Berln` is not a time zone; did you mean `Europe/Berlin`?",
        "line 2: listen.port: `99999` should be less than or equal to 65535",
        "line 4: readers[0].uri: unknown scheme `lrp`; did you mean `llrp`?",
        "line 5: readers[1].nam: is an unknown key; did you mean `name`?",
        "line 5: readers[1].name: is missing",
        "line 5: readers[1].uri: is missing",
        "line 7: rooms.1.antennas[1]: `x/x` is not an antenna; write reader/port, or the port",
        "line 8: rooms.a b: `a b` is not a name of letters, digits, - and _",
        "line 9: database: unknown scheme `mysql`; use one of sqlite, postgresql, postgresql+psycopg",
        "line 10: state: `5` must be a path",
    ]


def test_the_error_is_a_page_a_person_can_read() -> None:
    with pytest.raises(ConfigError) as error:
        parse_mirror("room: 1\nscreen: {band: lowr}\n", "here.yaml")
    assert str(error.value) == (
        "here.yaml: 1 mistake\n  - line 2: screen.band: `lowr` is not allowed; did you mean `lower`?"
    )


def test_readers_and_rooms_must_fit_together() -> None:
    text = """\
readers:
  - {name: north, uri: "llrp://192.0.2.4"}
  - {name: north, uri: "llrp://192.0.2.5"}
rooms:
  1: {antennas: [nort/1, 3], terminal: desk}
shop: {languages: [de, fr]}
"""
    assert told(parse_store, text) == [
        "line 3: readers[1].name: `north` is written twice",
        "line 5: rooms.1.antennas[0]: unknown reader `nort`; did you mean `north`?",
        "line 5: rooms.1.terminal: there is no terminal in `payments.terminals`; write `desk` there, or remove it here",
        "line 6: shop.language: `en` is not among shop.languages",
    ]


def test_a_bare_port_is_enough_only_with_one_reader() -> None:
    one = 'readers: [{name: north, uri: "llrp://192.0.2.4"}]\nrooms: {1: {antennas: [3]}}\n'
    assert told(parse_store, one.replace("]\nrooms", ', {name: south, uri: "llrp://192.0.2.5"}]\nrooms')) == [
        "line 2: rooms.1.antennas[0]: write reader/port, since there are 2 readers"
    ]
    assert parse_store(one).rooms["1"].antennas == ("3",)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("shop: [\n a: {", "line 2: is not YAML"),
        ("- a\n", "line 1: must be a mapping"),
        ("&a [*a]\n", "is not YAML: an alias contains itself"),
        ("rooms: {}\nrooms: {}\n", "line 2: rooms: is written twice; first on line 1"),
        ("shop: !!python/object:os.system {}\n", "line 1: is not YAML: could not determine a constructor"),
        ("listen: {port: 2026-02-31}\n", "is not YAML: day is out of range"),
        ("readers: {name: x}\n", "line 1: readers: must be a list"),
        ("listen: 80\n", "line 1: listen: `80` must be a mapping"),
        ("shop: {name: yes}\n", "line 1: shop.name: `yes` reads as true in YAML; write it in quotes"),
        ("log: {level: warnin}\n", "line 1: log.level: `warnin` is not allowed; did you mean `WARNING`?"),
        ("database: 'postgresql://u:secret@h:port/x'\n", "line 1: database: is not an address"),
    ],
)
def test_faults_of_the_yaml_text_are_one_mistake(text: str, mistake: str) -> None:
    (only,) = told(parse_store, text)
    assert only.startswith(mistake)
    assert "secret" not in only


def test_a_missing_room_and_a_screen_wider_than_high_are_refused() -> None:
    assert told(parse_mirror, "store: 127.0.0.1:80\n") == [
        "line 1: room: is missing",
        "line 1: store: `127.0.0.1:80` is not an address; write one like http://...",
    ]
    assert told(parse_mirror, "room: 1\nscreen: {width: 3000}\n")[0].startswith(
        "line 2: screen.width: is more than"
    )


def test_a_file_that_cannot_be_read_is_one_mistake_with_the_reason(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in told(lambda _: load_store(tmp_path / "none.yaml"), "")[0]
    strange = tmp_path / "strange.yaml"
    strange.write_bytes(b"shop:\n  name: \xff\n")
    assert told(lambda _: load_store(strange), "") == ["line 2: is not UTF-8 text"]


def test_a_scanner_stands_in_one_room() -> None:
    text = """\
readers: [{name: till, uri: "serial:///dev/ttyACM0"}]
rooms:
  1: {antennas: [till/1]}
  2: {antennas: [till/1]}
"""
    assert told(parse_store, text) == ["line 4: rooms.2.antennas: the scanner `till` is in room 1 already"]
    assert parse_store(text.replace("  2: {antennas: [till/1]}\n", "")).rooms["1"].antennas == ("till/1",)


def test_a_section_with_mistakes_hides_no_mistake_of_the_others() -> None:
    text = """\
readers: [{name: north, uri: "llrp://192.0.2.4"}]
rooms: {1: {antennas: [nort/1], terminal: desk}}
listen: {prt: 80}
shop: {language: de, languages: [en]}
"""
    assert told(parse_store, text) == [
        "line 2: rooms.1.antennas[0]: unknown reader `nort`; did you mean `north`?",
        "line 2: rooms.1.terminal: there is no terminal in `payments.terminals`; write `desk` there, or remove it here",
        "line 3: listen.prt: is an unknown key; did you mean `port`?",
        "line 4: shop.language: `de` is not among shop.languages",
    ]


@pytest.mark.parametrize("port", ["0", "65536", "99999", "9" * 5000])
def test_antenna_ports_are_numbered_from_one_and_have_16_bits(port: str) -> None:
    text = f"readers: [{{name: n, uri: 'llrp://h'}}]\nrooms:\n  1:\n    antennas: ['n/{port}']\n"
    (only,) = told(parse_store, text)
    assert only.startswith("line 4: rooms.1.antennas[0]: ")
    assert only.endswith(
        "is not an antenna: ports are numbered from 1 to at most 65535; see the reader's case"
    )


def test_an_antenna_has_one_spelling() -> None:
    assert parse_store(
        "readers: [{name: n, uri: 'llrp://h'}]\nrooms: {1: {antennas: ['01', n/002]}}\n"
    ).rooms["1"].antennas == ("1", "n/2")


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("rooms: {1: {}, 01: {}}\n", "line 1: rooms.1: is written twice; first on line 1"),
        ("rooms: {1: {antennas: [2]}}\n", "line 1: rooms.1.antennas[0]: there is no reader in `readers`"),
        ('shop: {name: X}\nlog: {level: "\\ud800"}\n', "line 2: is not YAML: half of a character"),
        ("[" * 3000, "is not YAML that can be used: it is nested too deeply"),
        (
            "listen: {public_url: 'http://u:s3cret@h'}\n",
            "line 1: listen.public_url: is not an address: no user",
        ),
        ("listen: {public_url: 'http://'}\n", "line 1: listen.public_url: is not an address: write HOST"),
        ("database: 'u:s3cret@h/x'\n", "line 1: database: `h/x` is not an address"),
    ],
)
def test_what_yaml_takes_without_a_word_is_a_mistake(text: str, mistake: str) -> None:
    (only,) = told(parse_store, text)
    assert only.startswith(mistake)
    assert "s3cret" not in only


def test_a_file_that_stands_for_more_values_than_fit_into_memory_is_refused_at_once() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 12):
        bomb += f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n"
    assert "it has more than 100000 values" in told(parse_store, bomb)[0]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (1 << 20) + b"\n")
    assert "larger than 1 MiB" in told(lambda _: load_store(large), "")[0]
    bom = tmp_path / "bom.yaml"
    bom.write_bytes(b"\xef\xbb\xbfshop: {name: X}\n")
    assert load_store(bom).shop.name == "X"


@pytest.mark.parametrize("key", ["payments: {second_person_above", "cards: {day_limit_minor"])
@pytest.mark.parametrize("value", ["500.00", "500.0", '"500.00"', '"500,00"', "5."])
def test_an_amount_with_a_decimal_point_is_not_taken_as_minor_units(key: str, value: str) -> None:
    [line] = told(parse_store, f"{key}: {value}}}\n")
    assert "has a decimal point; write minor units (cents) as a whole number" in line
    # a planted fault: a plain whole number takes it as 5.00
    assert TypeAdapter(int).validate_python(500.00) == 500


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("payments: {wait_for_card_s: 2 min}", "`2 min` must be a whole number without a unit"),
        ("payments: {min_free_mb: 1.5}", "`1.5` must be a whole number"),
        ("shop: {tax_percent: '8,875'}", "`8,875` must be a number such as 8.5, without a unit"),
        ("shop: {tax_included: maybe}", "`maybe` must be true or false"),
        ("shop: {name: ''}", "is empty; write a text"),
        (
            "receipts: {mail: {uri: 'smtps://m', sender: ab}}",
            "`ab` is too short; write at least 3 characters",
        ),
    ],
)
def test_what_kind_of_value_is_wanted_is_said_in_plain_words(text: str, words: str) -> None:
    [line] = told(parse_store, text)
    assert line.endswith(f": {words}")
