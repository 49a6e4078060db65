"""From a trained model to the one that is served: the gate, the atomic step, and the way back."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from recommender.artefacts import versions
from recommender.artefacts.versions import Standing
from recommender.errors import ModelError, PublishError
from recommender.looks.pipeline.model_card import judged
from recommender.looks.serving import artefact
from recommender.looks.serving.model import LooksModel
from recommender.looks.training.blend_choice import SINGLE

# Versions kept for the way back.
KEPT = 5
_BEST_SELLERS = 500


def publish(model: Path, root: Path, verdict: Mapping[str, Any] | None, key: bytes | None = None) -> str:
    """Publishes the model folder under `root` and returns its version.

    `verdict` is what `evaluate looks --out` wrote. The gate: the model can be read and proved, its blend was not below
    the best single method, and the verdict is neither below it nor below the published model beyond the interval.
    The first model of a root may come without a verdict. Raises `PublishError` or `ModelError`; the served one stays.
    """
    read = artefact.read(model, key=key)
    before = _before(root)
    _gate(read.facts, verdict, first=before is None)
    version = _next(root, _short(model))
    target = versions.folder_of(root, version)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.parent / f".{version}"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(model, fresh)
    if verdict is not None and verdict.get("methods"):
        _tell(fresh, verdict)
    fresh.rename(target)
    artefact.read(target, key=key)
    _note_popular(root, read)
    history = () if before is None else (before.version, *before.before)
    versions.serve(root, Standing(version, history[: KEPT - 1]))
    _sweep(root)
    return version


def roll_back(root: Path, key: bytes | None = None) -> str:
    """Serves and returns the latest earlier version that can still be proved; `PublishError` if there is none."""
    now = versions.standing(root)
    for at, version in enumerate(now.before):
        try:
            artefact.read(versions.folder_of(root, version), key=key)
        except ModelError:
            continue
        versions.serve(root, Standing(version, now.before[at + 1 :]))
        return version
    raise PublishError("there is no earlier model to go back to")


def _before(root: Path) -> Standing | None:
    try:
        return versions.standing(root)
    except ModelError:
        return None


def _gate(facts: Mapping[str, Any], verdict: Mapping[str, Any] | None, *, first: bool) -> None:
    choice = facts.get("choice", {})
    singles = [choice[name]["at_10"] for name in SINGLE if name in choice]
    if singles and choice[facts["chosen"]]["at_10"] < max(singles):
        raise PublishError("its own blend did worse than a single method on the days held back")
    if verdict is None:
        if not first:
            raise PublishError(
                "a model is already served; bring the verdict of `evaluate looks --against` with it"
            )
        return
    if not verdict.get("passes"):
        gain = ", ".join(f"{value:+.4f}" for value in verdict.get("gain_at_10", ()))
        raise PublishError(f"the evaluation says it is worse than what is there (gain at 10: {gain})")


def _tell(folder: Path, verdict: Mapping[str, Any]) -> None:
    """Adds to the model card how the model was judged."""
    card = folder / "MODEL_CARD.md"
    said = card.read_text(encoding="utf-8") if card.exists() else "# Looks model\n"
    card.write_text(said + judged(verdict), encoding="utf-8")


def _short(model: Path) -> str:
    seal = json.loads((model / "manifest.json").read_text(encoding="ascii"))["seal"]
    return str(seal).rsplit(":", 1)[-1][:8]


def _next(root: Path, seal: str) -> str:
    taken = [int(name.split("-")[0]) for name in versions.on_disk(root) if name.split("-")[0].isdecimal()]
    return f"{max(taken, default=0) + 1:04d}-{seal}"


def _note_popular(root: Path, model: LooksModel) -> None:
    shelf = model.shelf
    rows = np.argsort(-shelf.sales, kind="stable")[:_BEST_SELLERS]
    told = [
        [shelf.ids[row], int(shelf.styles[row]), int(shelf.sales[row])]
        for row in rows
        if shelf.sales[row] > 0
    ]
    fresh = root / f".{versions.POPULAR}"
    fresh.write_text(json.dumps(told), encoding="utf-8")
    fresh.replace(root / versions.POPULAR)


def _sweep(root: Path) -> None:
    """Removes versions that neither serve nor lie on the way back."""
    now = versions.standing(root)
    for version in versions.on_disk(root):
        if version not in {now.version, *now.before}:
            shutil.rmtree(versions.folder_of(root, version), ignore_errors=True)
