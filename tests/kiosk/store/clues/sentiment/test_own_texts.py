"""From the shop's own reviews to a clue: consents, corrections, and the command."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from kiosk.commands.training.sentiment import run
from kiosk.connectors.clues.json_lines import JsonLineRecords
from kiosk.core.clues.clue import ClueKind, ClueSource, Why
from kiosk.core.clues.fact import Fact
from kiosk.core.clues.trust import Verdict
from kiosk.core.domain.ids import AssociateId
from kiosk.store.clues.composing import ClueServices, compose_clues
from kiosk.store.clues.sentiment.calibration import OfLanguage, Opinion, Shown, calibrate
from kiosk.store.clues.sentiment.calibration_file import WrittenOpinions, as_json
from kiosk.store.clues.sentiment.own_texts import rated_texts
from kiosk.store.customers.book.verdicts import Answer, Verdicts
from kiosk.store.lifecycle import Store
from tests.kiosk.store.clues.conftest import CLARA, ROOM, enter, seen, set_consents
from tests.kiosk.store.clues.sentiment.reviews import review, starred, written

LOVE = "I love it, it fits perfectly"


def opinions(store: Store, file: Path, *lines: dict[str, Any]) -> list[Opinion]:
    records = JsonLineRecords(written(file, lines))
    return [one.opinion for one in rated_texts(store.resources.database, records)]


def test_texts_of_members_who_agreed_to_it_alone_are_used(store: Store, tmp_path: Path) -> None:
    lines = [review("s1", "T1-GRY", LOVE, stars, at_us=stars) for stars in (5, 3, 1)]
    file = tmp_path / "members.jsonl"
    for consents in ((), ("clues",), ("reviews",)):
        set_consents(store, *consents)
        assert opinions(store, file, *lines) == []
    set_consents(store, "clues", "reviews")
    others = [review("s2", "T1-GRY", LOVE, 5), review("s1", "T1-GRY", " ", 5), review("s1", "T1-GRY", LOVE)]
    assert opinions(store, file, *lines, *others) == [Opinion.GOOD, Opinion.MIXED, Opinion.BAD]


def test_a_text_with_half_of_a_character_is_calibrated_like_any_other(store: Store, tmp_path: Path) -> None:
    set_consents(store, "clues", "reviews")
    file = written(tmp_path / "members.jsonl", [review("s1", "T1-GRY", f"{LOVE} \ud83d", 5)])
    (found,) = calibrate(rated_texts(store.resources.database, JsonLineRecords(file)))
    assert (found.language, found.texts) == ("en", 1)


@pytest.mark.parametrize(
    ("verdict", "opinion"),
    [(Verdict.USEFUL, Opinion.GOOD), (Verdict.WRONG, Opinion.MIXED)],
    ids=["useful", "wrong"],
)
def test_what_an_associate_says_of_a_review_without_stars_counts_as_its_stars(
    store: Store, tmp_path: Path, verdict: Verdict, opinion: Opinion
) -> None:
    set_consents(store, "clues", "reviews")
    clue = Fact(ClueKind.WROTE_WELL, ClueSource.REVIEW, "T1-GRY", (), 0).clue_id
    answer = Answer(CLARA, clue, verdict, ClueSource.REVIEW, Why.RECENT, AssociateId("a-ines"))
    Verdicts(store.resources.database).save(answer, store.clock())
    assert opinions(store, tmp_path / "members.jsonl", review("s1", "T1-GRY", LOVE)) == [opinion]


def desks(store: Store, tmp_path: Path, said: str) -> ClueServices:
    now_us = store.clock()
    records = JsonLineRecords(
        written(tmp_path / "members.jsonl", [review("s1", "S1-WHI", said, at_us=now_us)])
    )
    calibration = tmp_path / "sentiment.json"
    calibration.write_text(as_json([OfLanguage("en", 400, Shown(0.4, 0.9, 100), None, 0.5)]), "utf-8")
    found, read = store.resources, WrittenOpinions(calibration)
    return compose_clues(
        found.database, found.catalogue, found.associates, store.service.visits, (records,), read
    )


def test_a_review_without_stars_is_a_clue_with_the_measured_precision_until_it_is_called_wrong(
    store: Store, tmp_path: Path
) -> None:
    set_consents(store, "clues", "reviews")
    enter(store)
    services = desks(store, tmp_path, LOVE)
    (clue,) = services.clues.card(ROOM).clues
    assert (clue.kind, clue.source, clue.confidence) == (ClueKind.WROTE_WELL, ClueSource.REVIEW, 0.9)
    services.clues.answer(ROOM, seen(services), clue.clue_id, Verdict.WRONG, AssociateId("a-ines"))
    assert services.clues.card(ROOM).clues == ()


@pytest.mark.parametrize("said", ["I hate it, terrible and ugly", "It came on Monday", ""])
def test_a_review_that_is_unsure_is_no_clue(store: Store, tmp_path: Path, said: str) -> None:
    set_consents(store, "clues", "reviews")
    enter(store)
    assert desks(store, tmp_path, said).clues.card(ROOM).clues == ()


def test_without_the_consent_for_reviews_none_is_read(store: Store, tmp_path: Path) -> None:
    set_consents(store, "clues", "web")
    enter(store)
    assert desks(store, tmp_path, LOVE).clues.card(ROOM).clues == ()


def test_the_command_calibrates_on_the_shops_texts_and_prints_what_is_unsure(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_consents(store, "clues", "reviews")
    german = [review("s1", "T1-GRY", f"Sehr schön, Größe {n}", 5, language="de") for n in range(100)]
    written(tmp_path / "members.jsonl", [*starred("s1", 900, 1), *german])
    out = tmp_path / "sentiment.json"
    config = tmp_path / "store.yaml"
    given = {
        "state": str(store.settings.state), "rooms": {"1": {}}, "database": store.settings.database_url,
        "clues": {"records": str(tmp_path / "members.jsonl"), "sentiment": str(out)},
    }  # fmt: skip
    config.write_text(json.dumps(given), "utf-8")
    assert run(Namespace(config=config, check=False, json=False)) == 0
    german_line, english_line = capsys.readouterr().out.splitlines()
    assert german_line == "de: 100 texts; there is no lexicon: unsure 100%"
    assert english_line.startswith("en: 900 texts; good reviews are shown from ")
    assert WrittenOpinions(out).of(LOVE, "en") is not None
    assert "love" not in out.read_text("utf-8"), "no text is in the file"


def test_the_command_needs_both_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "store.yaml"
    config.write_text(json.dumps({"state": str(tmp_path), "rooms": {"1": {}}}), "utf-8")
    assert run(Namespace(config=config, check=False, json=False)) == 2
    assert "clues.records and clues.sentiment have to be set" in capsys.readouterr().err
