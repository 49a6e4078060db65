"""Serving looks at the speed of memory: a whole request beside one reading of the item matrix, in the same run.

Processor time of this thread is measured, since other processes of a shared machine must not speak here; ratios are
printed, and only bounds that are safe on a slow machine are asserted.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from recommender.looks import Looks

sys.path.insert(0, str(Path(__file__).parent))
from looks_shelf import shelf_of

ROOMS = 80


def cost(work, rounds=ROOMS, tries=5):
    """(median, 99th percentile) over rounds of the best of a few tries, in microseconds of processor time."""
    best = []
    for at in range(rounds):
        taken = []
        for _ in range(tries):
            start = time.thread_time_ns()
            work(at)
            taken.append(time.thread_time_ns() - start)
        best.append(min(taken) / 1e3)
    return float(np.median(best)), float(np.quantile(best, 0.99))


def measured(items, rounds=ROOMS, tries=5):
    model = shelf_of(items)
    looks = Looks(model)
    rng = np.random.default_rng(1)
    ids = model.shelf.ids
    rooms = [[ids[row] for row in rng.choice(items, 3, replace=False)] for _ in range(ROOMS)]
    stock = looks.stock(ids[::2])
    query = np.ones(model.target.shape[1], np.float32)
    reading, _ = cost(lambda _at: model.target @ query, rounds, tries)
    request, slowest = cost(lambda at: looks.suggest(rooms[at], 6, in_stock=stock), rounds, tries)
    bare, _ = cost(lambda at: looks.order(rooms[at], 50, slot=0), rounds, tries)
    print(
        f"\n{items} items x {len(query)}: matrix read {reading:.0f} us; whole request {request:.0f} us = "
        f"{request / reading:.2f} x; bare ranking of 50 {bare / reading:.2f} x; p99 {slowest / request:.2f} x p50"
    )
    return request / reading


def test_a_whole_request_beside_one_reading_of_the_matrix():
    assert measured(20_000) < 12


@pytest.mark.full
def test_a_whole_request_of_a_large_retailer():
    assert measured(200_000, rounds=20, tries=3) < 5


def test_far_faster_than_lightfm_predicts():
    from recommender.score import scores

    lightfm = pytest.importorskip("lightfm", reason="LightFM is the peer of this measure")
    from scipy import sparse

    items, features, wide = 4000, 12, 64
    rng = np.random.default_rng(2)
    model = lightfm.LightFM(no_components=wide, random_state=1)
    held = sparse.random(items, 600, features / 600, "csr", np.float32, random_state=3)
    described = sparse.hstack([sparse.identity(items, np.float32), held], format="csr", dtype=np.float32)
    room = described[rng.choice(items, 3)].mean(axis=0)
    users = sparse.csr_matrix(room, dtype=np.float32)
    model.fit_partial(sparse.identity(items, np.float32, "coo"), described, described, epochs=1)
    everything = np.arange(items)
    theirs, _ = cost(lambda _at: model.predict(0, everything, described, users), rounds=8, tries=3)
    served = shelf_of(items)
    rows = rng.choice(items, 3).tolist()
    ours, _ = cost(lambda _at: scores(served, rows))
    print(f"\nLightFM.predict {theirs:.0f} us, ours {ours:.0f} us: {theirs / ours:.0f} x faster")
    assert theirs / ours > 5


def test_importing_the_serving_part_costs_little_more_than_numpy():
    program = "import time; t = time.process_time_ns(); import {}; print(time.process_time_ns() - t)"

    def best_of(module):
        return min(
            int(
                subprocess.run(
                    [sys.executable, "-c", program.format(module)], capture_output=True, check=True
                ).stdout
            )
            for _ in range(5)
        )

    numpy, ours = best_of("numpy"), best_of("recommender.fallback")
    print(f"\nimporting numpy {numpy / 1e6:.0f} ms, the serving part {ours / numpy:.2f} x")
    assert ours / numpy < 2


def test_the_serving_part_needs_numpy_and_nothing_heavier():
    program = "import sys, recommender.fallback; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, env={**os.environ}
    )
    assert not {"scipy", "pyarrow", "lightfm", "yaml", "pandas", "sklearn"} & set(done.stdout.split())
