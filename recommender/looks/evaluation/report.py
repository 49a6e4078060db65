"""The result of an evaluation as JSON and as text."""

from typing import Any

from recommender.looks.evaluation.evaluate import REFERENCE, LooksEvaluation


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
    if evaluation.segments and REFERENCE in evaluation.ranks:
        metadata["segments"] = {name: _segment_json(evaluation, name) for name in evaluation.segments}
    return {**metadata, "questions": len(evaluation.case_weights), "passes": passes}


def _segment_json(evaluation: LooksEvaluation, segment: str) -> dict[str, Any]:
    """Recall of model and reference in one segment; a ratio is None where the reference finds nothing."""
    found: dict[str, Any] = {
        "questions": int(evaluation.segments[segment].sum()),
        "share": evaluation.share(segment),
    }
    for name in ("model", REFERENCE):
        reached = evaluation.recall(name, segment)
        found[name] = {"at_10": reached.at_10, "at_50": reached.at_50}
    for depth in (10, 50):
        below = found[REFERENCE][f"at_{depth}"]
        found[f"ratio_at_{depth}"] = found["model"][f"at_{depth}"] / below if below else None
    return found


def segment_table(evaluation: LooksEvaluation) -> list[str]:
    """Lines of text: recall of the model and of the reference in each segment, and the ratio of both."""
    lines = [
        f"{'segment':24} cases  share  R@10 model / {REFERENCE} = ratio      R@50 model / {REFERENCE} = ratio"
    ]
    for name in evaluation.segments:
        it = _segment_json(evaluation, name)
        columns = [
            f"{it['model'][at]:10.4f} / {it[REFERENCE][at]:.4f} = {_ratio_text(it[f'ratio_{at}']):>6}"
            for at in ("at_10", "at_50")
        ]
        lines.append(f"{name:24} {it['questions']:5d} {it['share']:6.1%}  {'        '.join(columns)}")
    return lines


def _ratio_text(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.3f}"
