"""The result of a soak test as one JSON object."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, Final

from kiosk.demo.soak.evidence import Evidence
from kiosk.demo.soak.judge import MEASURES, MIN_TREND_S, Violation, growth, quantile, thirds

MAX_NOTES: Final = 20


def result(evidence: Evidence, found: tuple[Violation, ...], **facts: Any) -> dict[str, Any]:
    """Counts, measures and the first violations. Memory is in kB, times in ms; loops are calibration loops."""
    line: dict[str, Any] = {
        **facts,
        "run_s": round(evidence.run_s),
        "violations": len(found),
        "visits": evidence.visits,
        "requests": len(evidence.requests),
        "bagged": len(evidence.bagged),
        "receipts_on_mirrors": len(evidence.receipts_on_mirrors),
        "orders_paid": sum(minor > 0 for minor in evidence.books.paid.values()),
        "charges": sum(charge.times > 0 for charge in evidence.charges),
        "faults": len(evidence.disturbed),
        "trends_judged": evidence.run_s >= MIN_TREND_S,
        "answers_ms": _answers(evidence),
        "thirds": [_third(evidence, index) for index in (0, 1)],
        "processes": {name: _process(evidence, name) for name in evidence.samples},
    }
    if found:
        line["violations_by_kind"] = dict(Counter(violation.kind for violation in found))
        line["notes"] = [f"{violation.kind}: {violation.text}" for violation in found[:MAX_NOTES]]
    return line


def _answers(evidence: Evidence) -> dict[str, dict[str, float]]:
    kinds: defaultdict[str, list[float]] = defaultdict(list)
    for answer in evidence.answers:
        kinds[answer.kind].append(answer.ms)
    return {
        kind: {"n": len(ms), "p50": round(quantile(ms, 0.5), 1), "p99": round(quantile(ms, 0.99), 1)}
        for kind, ms in sorted(kinds.items())
    }


def _third(evidence: Evidence, index: int) -> dict[str, float]:
    third = thirds(evidence)[index]
    return {"answers": third.answers, "p99_ms": round(third.p99_ms, 1), "p99_loops": round(third.loops, 2)}


def _process(evidence: Evidence, name: str) -> dict[str, list[int]]:
    samples = evidence.samples[name]
    return {
        measure.name: [round(value) for value in growth(samples, evidence.run_s, measure)]
        for measure in MEASURES
    }
