"""Values of shoppers', associates' and stylists' fields appear in no mistake, no log line and no `repr`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.connectors.feeds import AssociateLine, CredentialLine, FeedKind, LookLine, ShopperLine
from kiosk.connectors.feeds.columns import COUNT, SHOPPER_ID
from kiosk.connectors.feeds.fields import FieldReader
from kiosk.connectors.feeds.values.value_types import Reading
from kiosk.core.domain.ids import AssociateId, ItemId, ShopperId
from kiosk.core.domain.shopper import CategorySize
from tests.kiosk.connectors.feeds.feed_files import read
from tests.kiosk.store.sample_shop import START_US, sample_store, settings_in

SECRET = "Clara Schmidt/4711"
"""Not an id, no flag, no number: wrong in every field with a rule."""
SECRETS: tuple[object, ...] = (
    SECRET, f"{SECRET}\x00", f"{SECRET}\ud800", [SECRET, 7.5], {SECRET: SECRET}, {SECRET: 7.5}, [{SECRET: SECRET}],
    [{"kind": SECRET, "uid": [SECRET]}], [{"uid": {SECRET: 1}}], 47114711.5, True,
)  # fmt: skip
GOOD: dict[FeedKind, dict[str, Any]] = {
    "shoppers": {
        "shopper_id": "s1", "first_name": "Clara", "language": "de", "sizes": {"coats": "38"}, "member": True,
        "consents": ["sizes"], "stored_means": "card ending in 42", "credentials": [{"kind": "ring", "uid": "04A1"}],
        "history": ["T1-GRY"], "level": "gold",
    },
    "associates": {
        "associate_id": "a1", "name": "Ines", "languages": ["fr"], "role": "manager", "pin": "4711",
        "pin_hash": "$argon2id$x",
    },
    "looks": {"look_id": "l1", "items": ["C1-NVY"], "by": "Mei"},
}  # fmt: skip
CASES = [(kind, key, value) for kind, record in GOOD.items() for key in record for value in SECRETS]
SHIFTED_CSV = {
    "shoppers": f"shopper_id,first_name,member\n{SECRET},x1,{SECRET}\nx1,{SECRET},{SECRET}\n",
    "associates": f"associate_id,name,pin\n{SECRET},4711,Ines\n{SECRET},{SECRET},a1\n",
    "looks": f"look_id,items,by\n{SECRET},C1-NVY,l1\n{SECRET},C1-NVY,l2\n",
}


def parts(value: object) -> set[str]:
    """The texts and numbers that a value consists of, as they would appear in a message."""
    if isinstance(value, dict):
        return {part for pair in value.items() for inner in pair for part in parts(inner)}
    if isinstance(value, list):
        return {part for inner in value for part in parts(inner)}
    if isinstance(value, str):
        return {part for part in (SECRET, *SECRET.replace("/", " ").split()) if part in value}
    return {str(value)} if isinstance(value, float) and value > 100 else set()


def leaks(said: str, value: object) -> set[str]:
    return {part for part in parts(value) if part in said}


def test_the_cases_cover_every_field_of_persons() -> None:
    assert GOOD["shoppers"].keys() == {f.name for f in fields(ShopperLine)}
    assert GOOD["associates"].keys() == {f.name for f in fields(AssociateLine)}


@pytest.mark.parametrize(("kind", "key", "value"), CASES)
def test_a_wrong_value_of_a_person_is_not_in_the_mistake(
    tmp_path: Path, kind: FeedKind, key: str, value: object
) -> None:
    file = tmp_path / f"{kind}.jsonl"
    file.write_text(json.dumps({**GOOD[kind], key: value}), encoding="utf-8")
    found = read(tmp_path, kind)
    # without the time of the file, whose digits can be those of the secret
    assert not leaks(str(found.mistakes) + str(found.notes) + repr(replace(found, as_of_us=0)), value)
    assert all(m.what.startswith(key) for m in found.mistakes), "the field is named"


@pytest.mark.parametrize("kind", SHIFTED_CSV)
def test_shifted_columns_of_a_csv_show_no_value(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    settings = settings_in(tmp_path)
    with sample_store(settings) as store:
        next_feed = tmp_path / "next"
        next_feed.mkdir()
        (next_feed / f"{kind}.csv").write_text(SHIFTED_CSV[kind], encoding="utf-8")
        result = store.resources.import_feed(next_feed, START_US)
    assert result is not None
    assert {m.split(":")[1] for m in result.mistakes} == {"2", "3"}
    assert any("_id: is not an id" in m for m in result.mistakes)
    assert not leaks(caplog.text + str(result), SECRET)


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_without_header_shows_no_value(tmp_path: Path, kind: FeedKind) -> None:
    (tmp_path / f"{kind}.csv").write_text(f"{SECRET},Schmidt,4711\nx1,Clara,4711\n", encoding="utf-8")
    found = read(tmp_path, kind)
    assert found.failed
    assert not leaks(str(found.mistakes) + str(found.notes) + found.failed, SECRET.casefold())
    assert not leaks(str(found.mistakes) + str(found.notes) + found.failed, SECRET)


@pytest.mark.parametrize("kind", GOOD)
def test_names_of_fields_that_may_be_values_are_not_told(tmp_path: Path, kind: FeedKind) -> None:
    file = tmp_path / f"{kind}.jsonl"
    file.write_text(
        json.dumps({**GOOD[kind], SECRET: 1, "Clara": 2, "langauge": 3, "lok_id": 4}), encoding="utf-8"
    )
    said = " ".join(note.what for note in read(tmp_path, kind).notes)
    assert "an unknown column is not read" in said
    assert "did you mean" in said
    assert not leaks(said, SECRET)


PLANTED: dict[str, Callable[[FieldReader], object]] = {
    "the value in the fault": lambda f: f.read(SHOPPER_ID),
    "the value in the fault of a number": lambda f: f.read(COUNT),
}


@pytest.mark.parametrize("read", PLANTED.values(), ids=PLANTED)
def test_a_planted_leak_is_found(read: Callable[[FieldReader], object]) -> None:
    fields = {"shopper_id": SECRET, "count": SECRET}
    leaking, private = FieldReader(fields, Reading()), FieldReader(fields, Reading(), personal=True)
    read(leaking)
    read(private)
    assert leaks(str(leaking.mistakes), SECRET)
    assert len(private.mistakes) == 1
    assert not leaks(str(private.mistakes), SECRET)


@dataclass(frozen=True)
class LeakingLine:
    """The planted fault: a line that shows a field."""

    shopper_id: str


PERSONS = (
    ShopperLine(
        ShopperId(SECRET), SECRET, SECRET, (CategorySize(SECRET, SECRET),), True, (SECRET,), SECRET,
        (CredentialLine(SECRET, SECRET),), (ItemId(SECRET),),
    ),
    CredentialLine(SECRET, SECRET),
    AssociateLine(AssociateId(SECRET), SECRET, (SECRET,), SECRET, SECRET, SECRET),
    LookLine("l1", (), SECRET),
)  # fmt: skip


@pytest.mark.parametrize("line", PERSONS, ids=lambda line: type(line).__name__)
def test_no_field_of_a_person_is_in_the_repr(line: object) -> None:
    assert not leaks(repr(line), SECRET)
    assert leaks(repr(LeakingLine(SECRET)), SECRET)
