"""Evaluates ALS (library `implicit`) in another Python interpreter, since it requires an older numpy."""

import subprocess
import tempfile
from pathlib import Path

import numpy as np

from recommender.arrays import AnyInts, Doubles
from recommender.errors import RecommenderError
from recommender.inputs.baskets import Baskets
from recommender.inputs.leave_one_out import HoldoutCase

_PROGRAM = """
import sys
import numpy as np
from scipy import sparse
from implicit.als import AlternatingLeastSquares
t = np.load(sys.argv[1])
held = sparse.csr_matrix((np.ones(len(t["items"]), np.float32), t["items"], t["start"]), shape=(len(t["start"]) - 1, int(t["width"])))
als = AlternatingLeastSquares(factors=128, regularization=0.05, alpha=20, iterations=15, random_state=7, num_threads=1)
als.fit(held, show_progress=False)
rooms = sparse.csr_matrix((np.ones(len(t["room"]), np.float32), t["room"], t["room_start"]), shape=(len(t["room_start"]) - 1, int(t["width"])))
styles = t["styles"]
ranks = np.empty(rooms.shape[0])
for at in range(rooms.shape[0]):
    who = als.recalculate_user(at, rooms[at])
    scores = als.item_factors @ who
    own = scores[t["hidden"][at]]
    room = t["room"][t["room_start"][at]:t["room_start"][at + 1]]
    rivals = scores[~np.isin(styles, styles[room])]
    ranks[at] = (rivals > own).sum() + ((rivals == own).sum() - 1) / 2
np.save(sys.argv[2], ranks)
"""  # noqa: E501 - a separate program


def als_ranks(python: str, baskets: Baskets, cases: list[HoldoutCase], styles: AnyInts) -> Doubles:
    """Rank of each hidden item by ALS, trained in the interpreter `python`. Raises `RecommenderError` if
    `implicit` is missing there."""
    with tempfile.TemporaryDirectory() as folder:
        input_file, output_file = Path(folder) / "asked.npz", Path(folder) / "ranks.npy"
        np.savez(
            input_file,
            items=baskets.items,
            start=baskets.start,
            width=len(styles),
            styles=styles,
            room=np.concatenate([case.room for case in cases]),
            room_start=np.cumsum([0, *(len(case.room) for case in cases)]),
            hidden=np.array([case.hidden for case in cases]),
        )
        command = [python, "-c", _PROGRAM, str(input_file), str(output_file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RecommenderError(f"ALS could not be evaluated: {done.stderr.strip().splitlines()[-1:]}")
        return np.asarray(np.load(output_file, allow_pickle=False), np.float64)
