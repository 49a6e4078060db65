"""Fit and size predictions on real rental answers, against required figures: pass or fail."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recommender.sizes.serving.advisor import Body, SizeAdvisor
from recommender.sizes.serving.fit_table import read_fits
from recommender.sizes.training.make import make
from tests.bench.timing_in_turns import in_turns
from tests.recommender import fit_answers
from tests.recommender.quick import silent

pytestmark = [pytest.mark.full, pytest.mark.timeout(1800)]


def told(shared_data: Path, tree: Path, *asked: str) -> str:
    fits = shared_data / "fit" / "rental_fit_80.parquet"
    if not fits.exists():
        pytest.skip("no rental answers beside the tree (../shared/data/fit)")
    done = subprocess.run(
        [sys.executable, "-m", "recommender", "evaluate", *asked, "--fits", str(fits)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tree,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def verdict(name: str, *, passed: bool) -> None:
    """Prints whether a bar is reached, and no figure: none that derives from these answers may be passed on."""
    sys.stdout.write(f"{name}: {'pass' if passed else 'fail'}\n")
    assert passed, name


def figures(table: str, method: str) -> tuple[float, float]:
    """Macro AUC and calibration error of a method."""
    line = next(line for line in table.splitlines() if line.startswith(method + " " * 3))
    values = line.removeprefix(method).split()
    return float(values[0]), float(values[-1])


@pytest.mark.untimed
def test_a_later_trial_is_predicted_as_well_as_required(shared_data: Path, tree: Path) -> None:
    auc, _ = figures(told(shared_data, tree, "fit", "--split", "time"), "model")
    verdict("fit, later answers", passed=auc >= 0.705)


@pytest.mark.untimed
def test_trees_raise_the_fit_model(shared_data: Path, tree: Path) -> None:
    """Mean of three random splits, a fifth of the answers held out, on the table that is here.

    The area that is wanted (0.774, better 0.775) was measured on a larger table, and the area grows with the number of
    answers: it is printed, and not required here. Required are what the trees gain on the same answers (0.001: the
    distance from the model before to the area wanted), a gain for guests, and that no calibration is worse for them.
    """
    tables = [told(shared_data, tree, "fit", "--split", "random", "--seed", seed) for seed in ("7", "8", "9")]
    ours, plain = (means(tables, name) for name in ("model", "model without trees"))
    for wanted in (0.774, 0.775):
        sys.stdout.write(f"fit, area {wanted}: {'pass' if ours[0] >= wanted else 'fail'}\n")
    sys.stdout.write(f"fit, gain of 0.002: {'pass' if ours[0] - plain[0] >= 0.002 else 'fail'}\n")
    verdict("fit, gain by the trees", passed=ours[0] - plain[0] >= 0.001)
    verdict("fit, calibration", passed=ours[1] <= plain[1] + 0.0005)
    for place in (1, 2):
        parts = [table.split("guests known by")[place] for table in tables]
        ours, plain = (means(parts, name) for name in ("model", "model without trees"))
        known = parts[0].splitlines()[0].strip()
        verdict(f"guests, {known}: gain by the trees", passed=ours[0] > plain[0])
        verdict(f"guests, {known}: calibration", passed=ours[1] <= plain[1] + 0.0005)


def means(tables: list[str], method: str) -> tuple[float, float]:
    """Mean macro AUC and calibration error of a method."""
    area, error = zip(*(figures(table, method) for table in tables), strict=True)
    return sum(area) / len(tables), sum(error) / len(tables)


@pytest.mark.untimed
def test_the_size_model_reaches_the_required_accuracy(shared_data: Path, tree: Path) -> None:
    table = told(shared_data, tree, "size")
    lines = table.splitlines()
    ratio = next(line for line in lines if line.startswith("model by last fitting"))
    verdict("size, hits by the simple rule", passed=float(ratio.split("x ")[1].split()[0]) >= 1.55)
    error = float(next(line for line in lines if "calibration" in line).split()[-1])
    verdict("size, calibration", passed=error <= 0.03)
    right = float(next(line for line in lines if "stated in" in line).split()[-1].rstrip("%"))
    verdict("size, stated alone and right", passed=right >= 75.0)
    guests = lines[next(n for n, line in enumerate(lines) if line.startswith("guests known by")) + 1 :]
    assert len(guests) == 5
    for line in guests:
        verdict(f"size, {line[:22].strip()}, calibration", passed=float(line.split()[-3]) <= 0.03)


def test_a_request_with_height_and_weight_costs_little_more(tmp_path: Path) -> None:
    """Printed as ratios to a request with the usual size alone: all lighter bodies are answered at once, and the trees
    of guests are asked about the size that she carries."""
    fits = read_fits(fit_answers.write(tmp_path / "fits.parquet", fit_answers.draw(6000)), answered=True)
    make(fits, tmp_path / "model", 7, silent)
    advisor, run = SizeAdvisor.open(tmp_path / "model"), fit_answers.RUN

    def asked(usual: str, carried: str, body: Body | None) -> Callable[[int], object]:
        return lambda _: advisor.choose(fit_answers.TRUE, run, usual, carried=carried, body=body)

    known = {
        "usual size, 60 kg": ("M", "", Body(168, 60)),
        "usual size, 120 kg": ("M", "", Body(168, 120)),
        "carried size": ("", "M", None),
        "carried size, 60 kg": ("", "M", Body(168, 60)),
        "carried size, 120 kg": ("", "M", Body(168, 120)),
    }
    times = in_turns([asked("M", "", None), *(asked(*each) for each in known.values())], rounds=100)
    plain, *others = np.median(times, axis=1)
    for name, taken in zip(known, others, strict=True):
        sys.stdout.write(f"size request, {name}: {taken / plain:.1f} x one with the usual size alone\n")
        assert taken / plain < 3.0, name
