"""Asks ALS (the library `implicit`) in another interpreter, since it pulls an older numpy than ours."""

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
"""  # noqa: E501 - a program of its own, kept as it runs


def als_ranks(python: str, baskets: Baskets, asked: list[HoldoutCase], styles: AnyInts) -> Doubles:
    """Rank of each hidden piece by ALS, learned in the interpreter `python`; raises where that has no `implicit`."""
    with tempfile.TemporaryDirectory() as folder:
        question, answer = Path(folder) / "asked.npz", Path(folder) / "ranks.npy"
        np.savez(
            question,
            items=baskets.items,
            start=baskets.start,
            width=len(styles),
            styles=styles,
            room=np.concatenate([each.room for each in asked]),
            room_start=np.cumsum([0, *(len(each.room) for each in asked)]),
            hidden=np.array([each.hidden for each in asked]),
        )
        command = [python, "-c", _PROGRAM, str(question), str(answer)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RecommenderError(f"ALS could not be asked: {done.stderr.strip().splitlines()[-1:]}")
        return np.asarray(np.load(answer, allow_pickle=False), np.float64)
