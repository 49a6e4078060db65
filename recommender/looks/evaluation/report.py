"""The result of an evaluation as JSON."""

from typing import Any

from recommender.looks.evaluation.evaluate import LooksEvaluation


def evaluation_json(evaluation: LooksEvaluation) -> dict[str, Any]:
    """The evaluation as plain JSON; `passes` is what the gate reads."""
    best = evaluation.best_single
    methods = {}
    for name in evaluation.ranks:
        reached = evaluation.recall(name)
        methods[name] = {
            "at_10": reached.at_10,
            "at_50": reached.at_50,
            "complement_at_10": reached.complement_at_10,
            "unseen_at_50": evaluation.unseen_at_50(name),
            "at_10_between": list(evaluation.between(name, 10)),
        }
    gain = evaluation.difference("model", best, 10)
    passes = gain.high >= 0
    metadata: dict[str, Any] = {
        "methods": methods,
        "best_single": best,
        "gain_at_10": [gain.mean, gain.low, gain.high],
    }
    if "model published" in evaluation.ranks:
        against = evaluation.difference("model", "model published", 10)
        metadata["against_published_at_10"] = [against.mean, against.low, against.high]
        passes = passes and against.high >= 0
    return {**metadata, "questions": len(evaluation.case_weights), "passes": passes}
