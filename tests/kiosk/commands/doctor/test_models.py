"""The doctor and the models of looks and sizes: broken, old, refused."""

from pathlib import Path

from kiosk.commands.doctor.finding import Finding, State
from kiosk.commands.doctor.models import looks_model, sizes_model
from recommender.artefacts.last_run import LastRun, RunOutcome, write_last_run
from recommender.looks.pipeline.publish import publish
from recommender.looks.serving import artefact
from recommender.sizes.serving.fit_table import read_fits
from recommender.sizes.training.make import make
from tests.bench.random_looks_model import plain_model
from tests.recommender import fit_answers
from tests.recommender.quick import silent

DAY = 86_400
LEARNED = {"golden": [], "items": 300, "events": 900, "baskets": 400, "matched": 0.97, "choice": {}}


def root_of(tmp_path: Path) -> Path:
    artefact.write(plain_model(300, 8), tmp_path / "model", LEARNED)
    publish(tmp_path / "model", tmp_path / "looks", None)
    return tmp_path / "looks"


def learned_s(root: Path) -> int:
    (manifest,) = (root / "models").glob("*/manifest.json")
    return int(manifest.stat().st_mtime)


def look(root: Path | None, days_later: float = 0, stale_after_days: int = 3) -> list[Finding]:
    at = (learned_s(root) if root and (root / "models").exists() else 0) + days_later * DAY
    return list(looks_model(root, None, stale_after_days, int(at * 1_000_000)))


def test_a_model_that_is_none(tmp_path: Path) -> None:
    assert [one.state for one in look(None)] == [State.NOTE]
    assert [one.state for one in look(tmp_path / "none")] == [State.NOTE]
    assert [one.state for one in look(tmp_path)] == [State.BAD]


def test_a_model_sealed_with_the_shops_key_is_good_with_this_key_only(tmp_path: Path) -> None:
    model, key_file = tmp_path / "model", tmp_path / "seal.key"
    key_file.write_bytes(b"k" * 32)
    artefact.write(plain_model(300, 8), model, {"golden": []}, key=b"k" * 32)
    assert [one.state for one in looks_model(model, key_file, 0, 0)] == [State.GOOD]
    assert [one.state for one in looks_model(model, None, 0, 0)] == [State.BAD]


def test_it_says_when_and_on_how_much_was_learned(tmp_path: Path) -> None:
    (found,) = look(root_of(tmp_path))
    assert found.state is State.GOOD
    assert "300 items, 900 events in 400 baskets; 97 % of the events name an item" in found.found
    assert " UTC, " in found.found


def test_a_model_that_is_older_than_expected(tmp_path: Path) -> None:
    root = root_of(tmp_path)
    assert [one.state for one in look(root, 2.9)] == [State.GOOD]
    assert [one.state for one in look(root, 3.1)] == [State.GOOD, State.NOTE]
    assert [one.state for one in look(root, 300, stale_after_days=0)] == [State.GOOD]
    assert "cheval-train.timer" in look(root, 3.1)[1].advice


def test_a_run_that_was_refused_failed_or_killed(tmp_path: Path) -> None:
    root = root_of(tmp_path)
    for outcome, words in (
        (RunOutcome.REFUSED, "events.parquet: cannot be read"),
        (RunOutcome.FAILED, "OperationalError"),
    ):
        at = learned_s(root)
        write_last_run(root, LastRun(at, at, outcome, words))
        good, bad = look(root, 0.5)
        assert (good.state, bad.state, words in bad.found) == (State.GOOD, State.BAD, True)
    write_last_run(root, LastRun(learned_s(root), None, RunOutcome.RUNNING))
    assert "never ended" in look(root, 0.5)[1].found
    assert len(look(root, 0.01)) == 1


def test_a_first_run_that_was_refused_is_told(tmp_path: Path) -> None:
    write_last_run(tmp_path / "looks", LastRun(1, 2, RunOutcome.REFUSED, "ids"))
    states = [one.state for one in look(tmp_path / "looks")]
    assert states == [State.BAD, State.BAD]


def test_the_sizes_model(tmp_path: Path) -> None:
    assert list(sizes_model(None)) == []
    assert [one.state for one in sizes_model(tmp_path / "none")] == [State.BAD]
    fits = read_fits(fit_answers.write(tmp_path / "fits.parquet", fit_answers.draw(400)), answered=True)
    make(fits, tmp_path / "sizes", 7, silent)
    (found,) = sizes_model(tmp_path / "sizes")
    assert (found.state, f"from {len(fits)} answers" in found.found) == (State.GOOD, True)
