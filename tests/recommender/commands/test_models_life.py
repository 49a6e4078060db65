"""A model from training to rollback by the commands, run in this process."""

import json
from pathlib import Path

import pytest

from recommender.__main__ import main
from tests.recommender import fit_answers, toy_shop


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """(ITEMS, EVENTS, a folder to write to)"""
    folder = tmp_path_factory.mktemp("life")
    return *toy_shop.write(folder / "shop", baskets=300), folder


@pytest.fixture(scope="module")
def model(files: tuple[Path, Path, Path]) -> Path:
    items, events, folder = files
    words = ["train", "--catalogue", items, "--events", events, "--out", folder / "looks", "--epochs", 2]
    assert main(list(map(str, words))) == 0
    return folder / "looks"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(list(map(str, words)))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_publish_accepts_the_result_of_an_evaluation(
    files: tuple[Path, Path, Path], model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items, events, folder = files
    root, verdict = folder / "root", folder / "verdict.json"
    code, first, _ = run(capsys, "publish", "--model", model, "--to", root)
    assert code == 0
    code, _, error = run(capsys, "publish", "--model", model, "--to", root)
    assert (code, error.count("\n")) == (2, 1)
    assert "verdict" in error
    code, out, _ = run(
        capsys, "evaluate", "looks", "--catalogue", items, "--events", events, "--epochs", 2, "--json",
        "--questions", 200, "--out", verdict,
    )  # fmt: skip
    result = json.loads(out)
    assert result == json.loads(verdict.read_text())
    assert code == (0 if result["passes"] else 1)
    verdict.write_text(json.dumps({**result, "passes": True}))
    code, second, _ = run(capsys, "publish", "--model", model, "--to", root, "--verdict", verdict)
    assert (code, second != first) == (0, True)
    assert run(capsys, "rollback", "--to", root)[:2] == (0, first)
    assert run(capsys, "rollback", "--to", root)[0] == 2
    verdict.write_text("[")
    code, _, error = run(capsys, "publish", "--model", model, "--to", root, "--verdict", verdict)
    assert (code, "verdict.json" in error) == (2, True)


def test_an_explanation_adds_up_the_items_of_the_room(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("explain", "--model", model, "--room", "0000-navy,0005-navy", "--item", "0010-navy")
    code, text, _ = run(capsys, *words)
    assert (code, text.count("\n")) == (0, 3)
    code, out, _ = run(capsys, *words, "--json")
    found = json.loads(out)
    assert [one["item_id"] for one in found["room"]] == ["0000-navy", "0005-navy"]
    assert found["place"] >= 1
    code, _, error = run(capsys, "explain", "--model", model, "--room", "0000-navy", "--item", "unknown")
    assert (code, "unknown" in error) == (1, True)


def test_an_update_counts_new_baskets(
    files: tuple[Path, Path, Path], model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, events, folder = files
    code, out, _ = run(
        capsys, "update", "--model", model, "--events", events, "--out", folder / "updated", "--json"
    )
    counts = json.loads(out)
    assert code == 0
    assert counts["events"] > 500
    assert counts["pairs"] >= counts["pairs_before"]
    code, out, _ = run(capsys, "suggest", "--model", folder / "updated", "--room", "0000-navy")
    assert (code, out.count("\n")) == (0, 6)


def test_renew_publishes_a_first_model_and_keeps_it_without_new_events(
    files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    items, _, folder = files
    words = ("renew", "--catalogue", items, "--to", folder / "nights", "--json")
    code, out, _ = run(capsys, *words)
    assert (code, json.loads(out)["published"]) == (0, True)
    code, out, _ = run(capsys, *words)
    again = json.loads(out)
    assert (code, again["published"]) == (0, False)
    assert "too few new events" in again["words"]


@pytest.mark.parametrize("what", ["fit", "size"])
def test_sizes_are_evaluated_on_later_answers(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fits = fit_answers.write(tmp_path / "fits.parquet", fit_answers.draw(1500))
    code, out, _ = run(capsys, "evaluate", what, "--fits", fits)
    assert code in (0, 1)
    assert {"fit": "macro AUC", "size": "guests known by"}[what] in out
    with pytest.raises(SystemExit) as ended:
        run(capsys, "evaluate", what, "--fits", tmp_path / "missing.parquet")
    assert (ended.value.code, capsys.readouterr().err.count("\n")) == (2, 1)


def test_progress_is_one_line_for_each_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    from recommender.commands.progress import Progress

    progress = Progress()
    for done in (0.0, 0.05, 0.1, 0.11, 0.95, 1.0):
        progress("training", done)
    assert capsys.readouterr().err.splitlines() == [
        "training",
        "training 10%",
        "training 95%",
        "training 100%",
    ]
