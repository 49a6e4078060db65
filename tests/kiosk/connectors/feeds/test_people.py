"""Lines about people: ids that may be told, codes as spreadsheets write them, languages, consents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.connectors.feeds import FeedKind
from tests.kiosk.connectors.feeds.feed_files import ASSOCIATE, SHOPPER, STYLE, jsonl, read, told

PERSONS: dict[FeedKind, dict[str, Any]] = {"shoppers": SHOPPER, "associates": ASSOCIATE}


@pytest.mark.parametrize("kind", ["shoppers", "associates"])
def test_a_name_or_mail_address_is_no_id_of_a_person(tmp_path: Path, kind: FeedKind) -> None:
    for wrong in ("Clara Schmidt", "clara@example.com"):
        record = {**PERSONS[kind], "shopper_id": wrong, "associate_id": wrong}
        jsonl(tmp_path / f"{kind}.jsonl", [record])
        assert [mistake.what for mistake in read(tmp_path, kind).mistakes] == [
            f"{kind[:-1]}_id: is not an id (letters, digits, . _ : -)"
        ]


def test_codes_of_people_are_read_from_every_writing(tmp_path: Path) -> None:
    (tmp_path / "associates.csv").write_text(
        'associate_id;name;role;pin\na1;Ines;MANAGER;\'0471\na2;Jo;Boss;="0815"\n'
    )
    found = read(tmp_path, "associates")
    assert [(line.role, line.pin) for line in found.changed.values()] == [
        ("manager", "0471"),
        ("associate", "0815"),
    ]
    assert [note.what for note in found.notes] == [
        "a role is none of associate, back-of-house, manager, analyst and is taken as associate"
    ]
    uids = ["04:a1:b2:c3", "04 A1 B2 C3", "04a1b2c3", "04-A1-B2-C3"]
    jsonl(
        tmp_path / "shoppers.jsonl",
        [{**SHOPPER, "consents": ["Sizes", "mail"], "credentials": [{"uid": u} for u in uids]}],
    )
    found = read(tmp_path, "shoppers")
    (shopper,) = found.changed.values()
    assert {credential.uid for credential in shopper.credentials} == {"04A1B2C3"}
    assert shopper.consents == ("sizes", "mail")
    assert [note.what for note in found.notes] == [
        "a consent other than sizes, history, tap, clues, web and reviews is not known and has no effect"
    ]


def test_a_uid_that_no_card_has_is_noted(tmp_path: Path) -> None:
    credentials = [{"uid": "04A1B2C3"}, {"uid": "ring of Clara"}, {"uid": "04A1B"}]
    jsonl(tmp_path / "shoppers.jsonl", [{**SHOPPER, "credentials": credentials}])
    found = read(tmp_path, "shoppers")
    assert [note.what for note in found.notes] == ["the UID of a card is not hexadecimal and has no effect"]
    assert "Clara" not in str(found.notes)


def test_languages_are_those_of_their_tags(tmp_path: Path) -> None:
    names = {"de_AT": "Mantel", "EN": "Coat", "en-GB": "Coat (UK)", "fr": ""}
    jsonl(tmp_path / "styles.jsonl", [{**STYLE, "name": names}])
    (style,) = read(tmp_path, "styles").changed.values()
    assert dict(style.name.by_language) == {"de": "Mantel", "en": "Coat", "en-gb": "Coat (UK)"}
    jsonl(
        tmp_path / "shoppers.jsonl",
        [{**SHOPPER, "language": "de-AT"}, {**SHOPPER, "shopper_id": "2", "language": "Greek"}],
    )
    jsonl(tmp_path / "associates.jsonl", [{**ASSOCIATE, "languages": ["FR", "de_CH", "de"]}])
    found = read(tmp_path, "shoppers")
    assert [line.language for line in found.changed.values()] == ["de", ""]
    assert [note.what for note in found.notes] == [
        "a language is not a code such as de or en and has no effect"
    ]
    assert read(tmp_path, "associates").changed["a1"].languages == ("fr", "de")
    jsonl(tmp_path / "shoppers.jsonl", [{**SHOPPER, "language": "de-DE-1996"}])
    assert told(read(tmp_path, "shoppers")) == ["shoppers.jsonl:1: language: longer than 8 characters"]
