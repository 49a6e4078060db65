"""Serving time of looks: a whole request relative to one read of the item matrix, in the same run.

The reference is one float32 product of the matrix of sold items (items x 226) with a vector, row after row and on one
thread: the fastest known, and no exact ranking can read less. Request and reference are timed in turns, and the medians
compared. Ratios are printed; the asserted bounds also hold on a busy machine.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.looks.serving.looks import LooksRecommender
from tests.bench.random_looks_model import plain_model, random_model, random_rooms
from tests.bench.timing_in_turns import in_turns, one_by_one
from tests.optional_values import present

ROOMS = 80


def measured(items: int, rounds: int = ROOMS, tries: int = 5, in_stock: int | None = None) -> float:
    """`in_stock`: so many items are in stock; None: every second."""
    model = random_model(items)
    looks = LooksRecommender(model)
    rooms = random_rooms(model, ROOMS)
    stock = looks.stock_mask(model.items.ids[:: items // in_stock if in_stock else 2])
    query = np.ones(model.target.shape[1], np.float32)
    reading, request, bare = np.median(
        in_turns(
            [
                lambda _at: np.vecdot(model.target, query),
                lambda at: looks.suggest(rooms[at], 6, in_stock=stock),
                lambda at: looks.order(rooms[at], 50, slot=0),
            ],
            rounds,
            tries,
        ),
        axis=1,
    )
    print(
        f"\n{items} items x {len(query)}: one matrix product {reading:.0f} us; whole request {request:.0f} us = "
        f"{request / reading:.2f} x; bare ranking of 50 {bare / reading:.2f} x"
    )
    return float(request / reading)


def test_a_whole_request_beside_one_reading_of_the_matrix() -> None:
    assert measured(20_000) < 4.5


def test_a_request_where_almost_nothing_is_in_stock_takes_no_longer() -> None:
    assert measured(17_000, in_stock=12) < 3


@pytest.mark.full
@pytest.mark.timeout(900)
def test_a_whole_request_of_a_large_retailer() -> None:
    assert measured(200_000, rounds=20, tries=3) < 2.5
    assert measured(200_000, rounds=20, tries=3, in_stock=12) < 2.5


def beside_format_1(items: int, rounds: int = ROOMS, tries: int = 5) -> float:
    models = [random_model(items), plain_model(items)]
    rooms = random_rooms(models[0], ROOMS)
    stock = LooksRecommender(models[0]).stock_mask(models[0].items.ids[::2])

    def work(looks: LooksRecommender) -> Callable[[int], object]:
        return lambda at: looks.suggest(rooms[at], 6, in_stock=stock)

    now, before = np.median(
        in_turns([work(LooksRecommender(model)) for model in models], rounds, tries), axis=1
    )
    print(
        f"\n{items} items: request with item factors and weights by room size {now / before:.2f} x one without"
    )
    return float(now / before)


def smallest(ratio: Callable[[], float], bound: float, measurements: int = 4) -> float:
    """The smallest of several measured ratios; the first below `bound` ends the measurements.

    Another process that fills the shared cache makes a ratio larger, never smaller.
    """
    found = ratio()
    while found >= bound and measurements > 1:
        found, measurements = min(found, ratio()), measurements - 1
    return found


def test_a_request_with_item_factors_costs_less_than_three_without() -> None:
    assert smallest(lambda: beside_format_1(20_000), 2.6) < 3


@pytest.mark.full
@pytest.mark.timeout(900)
def test_a_request_with_item_factors_of_a_large_retailer() -> None:
    assert smallest(lambda: beside_format_1(200_000, rounds=20, tries=3), 2.6) < 3


def test_far_faster_than_lightfm_predicts_and_the_same() -> None:
    pytest.importorskip("lightfm", reason="LightFM is needed for the comparison")
    from scipy import sparse

    from recommender.inputs.baskets import Baskets
    from recommender.looks.serving.score import mean_context
    from recommender.looks.signals.training_rows import training_rows
    from recommender.looks.training.hyperparameters import Hyperparameters
    from recommender.looks.training.lightfm_training import fit_lightfm

    items, baskets = 20_000, 4000
    rng = np.random.default_rng(2)
    held = rng.integers(items, size=(baskets, 3)).astype(np.int32)
    held.sort(axis=1)
    start = np.arange(0, 3 * baskets + 1, 3)
    ones = np.ones(3 * baskets, np.float32)
    bought, code = np.ones(3 * baskets, np.int32), np.arange(baskets, dtype=np.int32)
    rows = training_rows(Baskets(start, held.ravel(), ones, bought, start[:-1], code), items, 7)
    words = sparse.random(items, 600, 12 / 600, "csr", np.float32, random_state=3)
    parameters = Hyperparameters(dimensions=95, epochs=1)
    model, described, learned = fit_lightfm(
        rows, words, np.ones(items, np.bool_), parameters, lambda *_: None
    )
    # the room's bias is the same for every item; without it single precision keeps more digits of the differences
    model.user_biases[:] = 0
    everything, users = np.arange(items), (rows.others @ described).tocsr().astype(np.float32)
    target = np.hstack([learned.target, learned.bias[:, None]])
    context = np.hstack([learned.context, np.ones((items, 1), np.float32)])
    room = rows.others[0].indices.tolist()

    def theirs(_at: int) -> Any:
        return model.predict(0, everything, item_features=described, user_features=users)

    def ours(_at: int) -> Any:
        return np.vecdot(target, mean_context(context, room, None))

    assert np.abs(theirs(0) - ours(0)).max() < 1e-5
    # not in turns: LightFM would evict our matrix from the cache, which does not happen in a store
    slow, fast = np.median(in_turns([theirs], 8, 3)), np.median(in_turns([ours], 80, 3))
    print(
        f"\nLightFM.predict {slow:.0f} us, the same scores by one product {fast:.0f} us: {slow / fast:.0f} x faster"
    )
    assert slow / fast > 10


RENDERING = """
import sys
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickView
app = QGuiApplication(sys.argv[:1])
view = QQuickView()
part = QQmlComponent(view.engine())
part.setData(b'''import QtQuick
Rectangle { width: 1080; height: 1920; color: "black"
    Repeater { model: 40
        Rectangle { y: index * 48; width: 300; height: 40; radius: 20; opacity: 0.8; color: "white"
            NumberAnimation on x { from: 0; to: 780; duration: 900 + index; loops: Animation.Infinite } } } }''', "")
view.setContent("", part, part.create())
shown = 0
def swapped():
    global shown
    shown += 1
    print(shown, flush=True)
view.frameSwapped.connect(swapped)
view.show()
app.exec()
"""


def test_the_slowest_requests_while_a_mirror_renders() -> None:
    looks = LooksRecommender(random_model(20_000))
    rooms = random_rooms(looks.model, ROOMS)
    stock = looks.stock_mask(looks.model.items.ids[::2])

    def ask(at: int) -> None:
        looks.suggest(rooms[at % ROOMS], 6, in_stock=stock)

    one_by_one(ask, 100)
    with subprocess.Popen(
        [sys.executable, "-c", RENDERING], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as mirror:
        try:
            output = present(mirror.stdout)
            first = int(output.readline())
            began = time.monotonic()
            thread, clock = one_by_one(ask, 3000)
            lasted = time.monotonic() - began
        finally:
            mirror.terminate()
        frames = max(chain([first], map(int, output))) - first
    (half, slow), (half_clock, slow_clock) = (np.quantile(taken, [0.5, 0.99]) for taken in (thread, clock))
    print(
        f"\nbeside a window of {frames / lasted:.0f} frames/s: p50 {half:.0f} us, p99 {slow / half:.2f} x "
        f"(by the clock {half_clock:.0f} us, {slow_clock / half_clock:.2f} x)"
    )
    assert frames > 10
    assert slow / half < 5


def test_importing_the_serving_part_costs_little_more_than_numpy(tmp_path: Path) -> None:
    program = "import time; t = time.process_time_ns(); import {}; print(time.process_time_ns() - t)"
    # as installed: numpy has compiled bytecode, so ours must have it as well
    command = [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c"]
    taken: dict[str, list[int]] = {
        "numpy": [],
        "recommender.looks.serving.looks": [],
        "recommender.looks.serving.model_reloader": [],
    }
    for _ in range(9):
        for module, times in taken.items():
            done = subprocess.run([*command, program.format(module)], capture_output=True, check=True, env={})
            times.append(int(done.stdout))
    numpy, looks, fallback = (statistics.median(times[1:]) for times in taken.values())
    print(
        f"\nimporting numpy {numpy / 1e6:.0f} ms, looks {looks / numpy:.2f} x, with fallbacks {fallback / numpy:.2f} x"
    )
    assert looks / numpy < 1.5


def test_the_serving_part_needs_numpy_and_nothing_heavier() -> None:
    program = "import sys, recommender.looks.serving.model_reloader; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert not {"scipy", "pyarrow", "lightfm", "yaml", "pandas", "sklearn"} & {
        name.split(".")[0] for name in done.stdout.split()
    }
