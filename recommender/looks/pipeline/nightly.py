"""One training run of the looks model (every night): train, evaluate, publish. If it fails, the served model stays.

A shop without sales gets the cold-start model, with the try-ons of the first weeks added. With enough
baskets, a trained model is evaluated beside it and the better one is used. A model is published if it is not
worse than the served one and not below the best single method, each by the 95 % interval.

Before anything is trained, the tables are compared with what the served model was trained on (`comparison`,
`loss_check`).

One case is published without an evaluation: the catalogue changed and there are no new days to evaluate on. The served
model does not know the new items, so the new model replaces it. One that cannot be read is replaced likewise.
"""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from recommender.arrays import Bools
from recommender.artefacts import versions
from recommender.artefacts.last_run import RunOutcome
from recommender.errors import PublishError
from recommender.inputs.baskets import baskets_of
from recommender.inputs.history_limits import HistoryLimits
from recommender.inputs.stylist_looks import StylistLook
from recommender.inputs.tables import Events, Items
from recommender.looks.evaluation.holdout_evaluation import (
    ModelMaker,
    evaluate_makers,
    evaluation_split,
    has_enough_cases,
    trained_until,
)
from recommender.looks.evaluation.report import evaluation_json
from recommender.looks.pipeline.cold_start import COLD_START, cold_start_model
from recommender.looks.pipeline.comparison import before_run
from recommender.looks.pipeline.loss_check import check_losses, history_facts
from recommender.looks.pipeline.make import golden_rooms, iso_day, make
from recommender.looks.pipeline.model_card import catalogue_coverage, model_card
from recommender.looks.pipeline.publish import publish
from recommender.looks.serving import artefact
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.serving.model import LooksModel
from recommender.looks.serving.size_coverage import shares
from recommender.looks.training.build import build
from recommender.looks.training.hyperparameters import Hyperparameters

# Minimum number of baskets with two items or more for training; and the number up to which the cold-start
# model is evaluated as well.
MIN_LEARNED_BASKETS, MAX_COLD_BASKETS = 150, 3000
Progress = Callable[[str, float], None]
_PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class TrainingInputs:
    """The tables of one run. `events` None: there are no events yet; `bands`: see `serving.size_coverage`."""

    items: Items
    events: Events | None
    looks: Sequence[StylistLook] = ()
    bands: Bools | None = None
    limits: HistoryLimits = field(default_factory=HistoryLimits)
    accept_loss: bool = False
    """A loss against the served model is intended: the tables are not compared with it, and a new model is published
    even if there are no new days, so that the next run is compared with what is left."""


@dataclass(frozen=True, slots=True)
class NightlyResult:
    """Result of one run: the version that is served now, the kind of model, whether it is new, and why."""

    version: str
    kind: str
    message: str
    evaluation: dict[str, Any] | None = None

    @property
    def published(self) -> bool:
        """Whether this run's model is served now."""
        return self.message == _PUBLISHED

    @property
    def refused(self) -> bool:
        """Whether this run's model was evaluated and found worse."""
        return self.evaluation is not None and not self.published

    @property
    def outcome(self) -> RunOutcome:
        """The result as it is recorded."""
        if self.published:
            return RunOutcome.PUBLISHED
        return RunOutcome.REFUSED if self.refused else RunOutcome.UNCHANGED


def renew_model(
    inputs: TrainingInputs,
    root: Path,
    parameters: Hyperparameters,
    progress: Progress,
    key: bytes | None = None,
) -> NightlyResult:
    """One run. Raises `RecommenderError` if no model can be made; the served one stays.

    `LossError`: the tables lost too much. The caller sees to it that no other run works in `root` (`recorded_run`).
    """
    before = before_run(root, key)
    served = before.served
    if not inputs.accept_loss:
        check_losses(inputs.items, inputs.events, before.trained_on, inputs.limits.max_loss)
    makers = _makers(inputs, parameters, progress)
    evaluations = _evaluations(inputs, served, parameters, makers, progress)
    if served is not None and _knows_catalogue(served, inputs) and not evaluations and not inputs.accept_loss:
        now = versions.read_served(root).version
        return NightlyResult(
            now, str(served.metadata.get("chosen")), "too few new events to evaluate another model"
        )
    kind = _best(evaluations) if evaluations else next(iter(makers))
    evaluation = evaluations.get(kind)
    if before.trained_on is not None and evaluation is None:
        # published without an evaluation: see the module docstring
        evaluation = {"passes": True, "questions": 0}
    with tempfile.TemporaryDirectory(prefix=".night-", dir=_prepared_root(root)) as temporary:
        folder = Path(temporary) / "looks"
        _write(inputs, kind, parameters, folder, progress, key)
        try:
            version = publish(folder, root, evaluation, key)
        except PublishError as refused:
            if served is None:
                raise
            return NightlyResult(versions.read_served(root).version, kind, str(refused), evaluation)
    return NightlyResult(version, kind, _PUBLISHED, evaluation)


def _knows_catalogue(served: LooksModel | None, inputs: TrainingInputs) -> bool:
    """Whether the served model was trained for this catalogue."""
    return served is not None and served.metadata.get("catalogue") == inputs.items.digest


def _makers(inputs: TrainingInputs, parameters: Hyperparameters, progress: Progress) -> dict[str, ModelMaker]:
    """The ways to make a model that this much history allows."""
    baskets = 0 if inputs.events is None else int((baskets_of(inputs.events).sizes >= 2).sum())
    makers: dict[str, ModelMaker] = {}
    if baskets >= MIN_LEARNED_BASKETS:
        makers["learned"] = lambda events: build(inputs.items, events, parameters, progress)[0]
    if baskets < MAX_COLD_BASKETS:
        makers[COLD_START] = lambda events: cold_start_model(inputs.items, inputs.looks, events)
    return makers


def _evaluations(
    inputs: TrainingInputs,
    served: LooksModel | None,
    parameters: Hyperparameters,
    makers: dict[str, ModelMaker],
    progress: Progress,
) -> dict[str, dict[str, Any]]:
    """An evaluation for each maker; empty if there are not enough days."""
    if inputs.events is None:
        return {}
    # an earlier version may have trained it on events dated in the future: the days it has seen are unknown
    until = None if served is None else trained_until(served.metadata)
    dated = until is None or until <= inputs.limits.latest
    older, newer, unseen = evaluation_split(
        inputs.items, inputs.events, served if dated else None, parameters
    )
    if served is not None and not dated:
        progress("not comparing with the served model, whose last day is in the future", 0.0)
    elif not unseen and _knows_catalogue(served, inputs) and not inputs.accept_loss:
        return {}
    if not len(older) or not has_enough_cases(inputs.items, newer):
        return {}
    progress("evaluating", 0.0)
    served_looks = LooksRecommender(served) if served is not None and unseen else None
    usable = {name: make for name, make in makers.items() if name == COLD_START or _enough_to_train(older)}
    return {
        name: evaluation_json(evaluation)
        for name, evaluation in evaluate_makers(
            inputs.items, older, newer, parameters, usable, served_looks
        ).items()
    }


def _enough_to_train(older: Events) -> bool:
    return int((baskets_of(older).sizes >= 2).sum()) >= MIN_LEARNED_BASKETS // 2


def _best(evaluations: dict[str, dict[str, Any]]) -> str:
    """The maker with the highest recall at 10; the first of equal ones."""
    return max(evaluations, key=lambda name: evaluations[name]["methods"]["model"]["at_10"])


def _write(
    inputs: TrainingInputs,
    kind: str,
    parameters: Hyperparameters,
    folder: Path,
    progress: Progress,
    key: bytes | None,
) -> None:
    if kind == COLD_START:
        _write_cold(inputs, folder, parameters, key)
    elif inputs.events is not None:
        make(inputs.items, inputs.events, parameters, folder, progress, key, inputs.bands)


def _write_cold(inputs: TrainingInputs, folder: Path, parameters: Hyperparameters, key: bytes | None) -> None:
    events = inputs.events
    model = cold_start_model(inputs.items, inputs.looks, events)
    metadata: dict[str, Any] = {
        "catalogue": inputs.items.digest,
        "items": len(inputs.items),
        "sold": 0 if events is None else len(np.unique(events.item)),
        **({"events": 0, "baskets": 0} if events is None else events.sizes),
        **history_facts(events),
        "from": "" if events is None else iso_day(events.at.min()),
        "until": "" if events is None else iso_day(events.at.max()),
        "looks": len(inputs.looks),
        "chosen": COLD_START,
        "choice": {},
        "weights": {},
    }
    card = model_card(
        metadata, catalogue_coverage(model), () if inputs.bands is None else shares(model, inputs.bands)
    )
    golden_answers = artefact.golden_answers(model, golden_rooms(model, parameters.seed))
    artefact.write(replace(model, metadata={}), folder, {**metadata, "golden": golden_answers}, key, card)
    artefact.read(folder, key=key, catalogue=inputs.items.digest)


def _prepared_root(root: Path) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    for leftover in (*root.glob(".night-*"), *(root / versions.MODELS_FOLDER).glob(".*")):
        # left by an interrupted run
        shutil.rmtree(leftover, ignore_errors=True)
    return root
