"""The two configuration files: what they mean when they are right, and the schema that describes them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Literal

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import (
    ConfigError,
    MirrorConfig,
    StoreConfig,
    load_mirror,
    parse_mirror,
    parse_store,
    schema,
)
from kiosk.store.settings import TaxRule, TaxSettings, settings_of

STORE = """\
shop: {name: Maison Test, language: de, languages: [de, en], tax_percent: 8.1, currency: CHF, time_zone: Europe/Zurich}
listen: {host: 0.0.0.0, port: 8443}
database: postgresql+psycopg:///cheval
readers:
  - {name: north, uri: "llrp://192.0.2.4:5084"}
rooms:
  1: {title: Left, antennas: [north/1, north/2]}
  atelier: {antennas: [north/3]}
payments: {terminals: [{name: desk, uri: "sim://127.0.0.1:9100"}]}
catalogue: {feed: feed, company_prefixes: ["0614141"]}
"""


def test_an_empty_file_is_a_store_with_sensible_defaults() -> None:
    config = parse_store("")
    assert (config.listen.host, config.listen.port) == ("127.0.0.1", 8075)
    assert config.rooms == {}
    assert config.shop.tax_percent == 19


def test_a_complete_store_configuration_is_read() -> None:
    config = parse_store(STORE)
    assert config.shop.tax_percent == Decimal("8.1")
    assert list(config.rooms) == ["1", "atelier"]
    assert config.rooms["1"].antennas == ("north/1", "north/2")
    assert config.readers[0].uri == "llrp://192.0.2.4:5084"


def test_paths_count_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "mirror.yaml").write_text(
        "room: 1\ntoken_file: keys/token\nstate: /var/lib/x\n", encoding="utf-8"
    )
    config = load_mirror(tmp_path / "mirror.yaml")
    assert config.token_file == tmp_path / "keys" / "token"
    assert config.state == Path("/var/lib/x")


@pytest.mark.parametrize("part", ["store", "mirror"])
def test_the_schema_is_valid_and_explains_itself(part: Literal["store", "mirror"]) -> None:
    written = schema(part)
    jsonschema.Draft202012Validator.check_schema(written)
    assert all("description" in one for name, one in written["$defs"].items() if name != "Decimal")


def test_the_schema_accepts_exactly_what_the_store_accepts() -> None:
    judge = jsonschema.Draft202012Validator(schema("store"))
    tree = yaml.safe_load(STORE)
    tree["rooms"] = {str(name): room for name, room in tree["rooms"].items()}
    assert list(judge.iter_errors(tree)) == []
    tree["shop"]["nme"] = "x"
    assert len(list(judge.iter_errors(tree))) == 1


def test_a_character_that_json_writes_as_two_is_one() -> None:
    assert (
        parse_store('{"shop": {"name": "Caf\\u00e9 \\ud83d\\ude00"}}').shop.name
        == "Caf\N{LATIN SMALL LETTER E WITH ACUTE} \N{GRINNING FACE}"
    )


def outcome(parse: Callable[[str], StoreConfig | MirrorConfig], text: str) -> object:
    """The configuration, or the mistakes in words; anything else is an error of ours."""
    try:
        return parse(text)
    except ConfigError as error:
        return [str(mistake) for mistake in error.mistakes]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert outcome(parse_store, text)
    assert outcome(parse_mirror, text)


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(), max_size=10)
)
KEYS = st.sampled_from(
    ["shop", "name", "rooms", "readers", "uri", "antennas", "1", "listen", "port", "languages"]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, TREES, max_size=5))
def test_no_tree_breaks_the_reader(tree: object) -> None:
    assert outcome(parse_store, yaml.safe_dump(tree))


def test_rates_of_tax_are_exact() -> None:
    config = parse_store(
        "shop:\n  tax_percent: 8.875\n  tax_included: false\n  tax_rates:\n"
        "    - {percent: 0, price_below: 110}\n    - {percent: '7.25', tax_class: food}\n"
    )
    assert config.shop.tax_percent == Decimal("8.875")
    settings = settings_of(config).shop.tax
    assert settings == TaxSettings(
        88_750, (TaxRule(0, below_minor=11_000), TaxRule(72_500, tax_class="food")), True
    )
