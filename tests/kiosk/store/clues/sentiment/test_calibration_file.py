"""The file of a calibration: written, read anew when replaced, and never trusted below the bar."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from kiosk.store.clues.sentiment.calibration import OfLanguage, Opinion, Shown
from kiosk.store.clues.sentiment.calibration_file import WrittenOpinions, as_json

GOOD = Shown(0.4, 0.9, 100)
LOVE, HATE = "I love it, it fits perfectly", "I hate it, terrible and ugly"


def test_what_was_measured_is_read_and_the_rest_is_unsure(tmp_path: Path) -> None:
    file = tmp_path / "sentiment.json"
    reads = WrittenOpinions(file)
    assert reads.of(LOVE, "en") is None, "there is no file yet"
    file.write_text(as_json([OfLanguage("en", 400, GOOD, None, 0.6)]), "utf-8")
    assert reads.of(LOVE, "en") == (Opinion.GOOD, 0.9)
    assert reads.of(HATE, "en") is None, "bad ones were not right often enough"
    assert reads.of(LOVE, "de") is None
    assert reads.of("It came on Monday", "en") is None
    fresh = tmp_path / "new"
    fresh.write_text(as_json([OfLanguage("en", 400, None, Shown(0.3, 0.85, 50), 0.6)]), "utf-8")
    fresh.rename(file)
    assert reads.of(LOVE, "en") is None
    assert reads.of(HATE, "en") == (Opinion.BAD, 0.85)
    file.unlink()
    assert reads.of(HATE, "en") is None


def of_good(**changed: Any) -> str:
    side = {"from": 0.4, "precision": 0.9, "texts": 100} | changed
    return json.dumps({"version": 1, "languages": {"en": {"good": side}}})


@pytest.mark.parametrize(
    "content",
    [
        "", "no json", "[]", "{}", '{"version": 2, "languages": {}}', '{"version": 1, "languages": []}',
        of_good(precision=0.79), of_good(texts=39), of_good(texts="100"), of_good(precision=True),
        of_good(**{"from": 0}), of_good(**{"from": None}), '{"version": 1, "languages": {"en": {"good": 1}}}',
        " " * 70_000, "[" * 60_000, of_good(texts=7).replace("7", "1e400"), of_good(precision=float("nan")),
        of_good(**{"from": 10**400}),
    ],
    ids=lambda content: content[:60].strip(),
)  # fmt: skip
def test_a_file_that_cannot_be_trusted_reads_nothing_and_says_so_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    file = tmp_path / "sentiment.json"
    file.write_text(content, "utf-8")
    reads = WrittenOpinions(file)
    with caplog.at_level(logging.WARNING):
        assert reads.of(LOVE, "en") is reads.of(LOVE, "en") is None
    assert len(caplog.records) == 1
