"""Values without quotes that YAML reads as something else than they are written, in both configuration files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import ConfigError, MirrorConfig, StoreConfig, parse_mirror, parse_store, tree

Parse = Callable[[str], StoreConfig | MirrorConfig]
READS_AS = [
    ("0614141", "the number 202849"),
    ("012", "the number 10"),
    ("01", "the number 1"),
    ("1_000", "the number 1000"),
    ("0x1F", "the number 31"),
    ("0b11", "the number 3"),
    ("12:30", "the number 750"),
    ("1.10", "the number 1.1"),
    ("1.0e+5", "the number 100000.0"),
    ("yes", "true"),
    ("no", "false"),
    ("on", "true"),
    ("off", "false"),
    ("TRUE", "true"),
    ("2020-01-01", "a date"),
    ("2020-02-31", "a date"),
]
AS_TEXT = [
    "shop: {{name: {}}}\n",
    "listen: {{host: {}}}\n",
    "rooms: {{1: {{title: {}}}}}\n",
    "payments:\n  terminals: [{{name: t, uri: 'sim://h:1'}}]\nrooms: {{1: {{title: a}}, 2: {{title: {}}}}}\n",
]


def told(parse: Parse, text: str) -> list[str]:
    try:
        parse(text)
    except ConfigError as error:
        return [str(mistake) for mistake in error.mistakes]
    return []


@pytest.mark.parametrize(("written", "read"), READS_AS)
@pytest.mark.parametrize("text", AS_TEXT)
def test_a_text_that_yaml_reads_as_something_else_needs_quotes(text: str, written: str, read: str) -> None:
    (only,) = told(parse_store, text.format(written))
    assert only.endswith(f": `{written}` reads as {read} in YAML; write it in quotes")
    assert told(parse_store, text.format(f'"{written}"')) == []
    assert told(parse_store, text.format(f"!!str {written}")) == []


@pytest.mark.parametrize("written", ["0614141", "012345", "1_000_000"])
def test_a_company_prefix_without_quotes_is_no_other_number(written: str) -> None:
    text = f"shop: {{}}\ncatalogue:\n  company_prefixes: [{written}]\n"
    (only,) = told(parse_store, text)
    assert only.startswith("line 3: catalogue.company_prefixes[0]: ")
    assert only.endswith("write it in quotes" if written.isdigit() else "6 to 12 digits; write it in quotes")
    assert parse_store(text.replace(written, "614141")).catalogue.company_prefixes == ("614141",)
    assert parse_store(text.replace(written, "'0614141'")).catalogue.company_prefixes == ("0614141",)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("01", "reads as the number 1 in YAML; write it in quotes"),
        ("on", "reads as true in YAML; write it in quotes"),
        ("12:30", "is not a name of letters, digits, - and _"),
    ],
)
def test_the_name_of_a_room_is_the_text_that_is_written(written: str, said: str) -> None:
    text = f"shop: {{}}\nrooms:\n  {written}: {{}}\n"
    assert told(parse_store, text) == [f"line 3: rooms.{written}: `{written}` {said}"]


def test_two_names_in_quotes_are_two_rooms() -> None:
    assert list(parse_store("rooms: {'01': {}, 1: {}}\n").rooms) == ["01", "1"]
    assert told(parse_store, "rooms: {'1': {}, 1: {}}\n") == [
        "line 1: rooms.1: is written twice; first on line 1"
    ]


def test_a_mirrors_room_is_the_text_that_is_written() -> None:
    assert told(parse_mirror, "room: 007\n") == [
        "line 1: room: `007` reads as the number 7 in YAML; write it in quotes"
    ]
    assert parse_mirror("room: 7\n").room == "7"
    assert parse_mirror("room: '007'\n").room == "007"


def test_a_wrong_choice_is_named_as_it_is_written() -> None:
    assert told(parse_store, "shop: {language: no}\n") == [
        "line 1: shop.language: `no` is not allowed; use one of en, de, fr, es, it, ja, zh, ar"
    ]
    assert told(parse_store, "on: 1\n") == ["line 1: on: is an unknown key"]


@pytest.mark.parametrize(("written", "read"), [("0100", "64"), ("0_1", "1"), ("1:30", "90")])
def test_a_number_with_leading_zero_or_colon_is_no_other_number(written: str, read: str) -> None:
    assert told(parse_store, f"listen: {{port: {written}}}\n") == [
        (
            f"line 1: listen.port: `{written}` reads as the number {read} in YAML;"
            " write a decimal number without leading zeros and colons"
        )
    ]


@pytest.mark.parametrize("written", ["8_443", "0x20fb", "8443"])
def test_a_number_may_be_written_in_every_form_that_says_itself(written: str) -> None:
    assert parse_store(f"listen: {{port: {written}}}\n").listen.port == 8443


@pytest.mark.parametrize(
    ("text", "place", "read"),
    [
        ("catalogue: {max_loss_percent: yes}", "catalogue.max_loss_percent: `yes`", "true"),
        ("catalogue: {max_price_change_percent: on}", "catalogue.max_price_change_percent: `on`", "true"),
        ("shop: {tax_percent: off}", "shop.tax_percent: `off`", "false"),
    ],
)
def test_a_switch_is_no_number(text: str, place: str, read: str) -> None:
    """True would be taken as 1."""
    assert told(parse_store, text + "\n") == [f"line 1: {place} reads as {read} in YAML; write a number"]


@pytest.mark.parametrize(
    "text", ["rooms:\n", "rooms: {1: }\n", "catalogue: {company_prefixes: ~}\n", "listen: {port: }\n"]
)
def test_what_is_empty_is_called_empty(text: str) -> None:
    (mistake,) = told(parse_store, text)
    assert ": is empty; it " in mistake
    assert "None" not in mistake


def test_switches_stay_switches() -> None:
    assert parse_store("log: {as_json: yes}\n").log.as_json
    assert not parse_mirror("room: 1\nscreen: {full_screen: off}\n").screen.full_screen


@given(st.text(st.sampled_from("0123456789_.:xeb-+"), min_size=1, max_size=12))
def test_a_name_is_kept_as_written_or_refused(written: str) -> None:
    """No text turns into another one without a word."""
    text = f"rooms: {{1: {{title: {written}}}}}\n"
    try:
        config = parse_store(text)
    except ConfigError:
        return
    assert config.rooms["1"].title == as_written(text)["rooms"]["1"]["title"]


def as_written(text: str) -> Any:
    """The values of a YAML text, every scalar as its text."""
    loader = yaml.BaseLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def test_a_planted_reader_without_types_is_caught() -> None:
    """YAML alone gives another text than was written."""
    value = tree.read("title: 1_0\n").value
    assert isinstance(value, dict)
    assert str(value["title"]) != as_written("title: 1_0\n")["title"]
