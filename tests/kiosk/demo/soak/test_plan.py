"""Scripts of faults: how they are read, and when the faults of a run happen."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk import paths
from kiosk.config import tree
from kiosk.demo.soak.plan import Fault, FaultKind, FaultScript, PlanError, parse
from kiosk.demo.soak.strangers import KINDS

FLOODS = frozenset(KINDS)
CUT = {"at_s": 10, "fault": "network-cut", "for_s": 5}


def script(*faults: dict[str, Any], **more: Any) -> Any:
    return {"cycle_s": 100, "faults": list(faults), **more}


def shipped() -> FaultScript:
    text = (paths.assets() / "demo" / "soak" / "day.yaml").read_text("utf-8")
    return parse(tree.read(text).value, FLOODS)


def test_the_shipped_script_has_every_kind_of_fault() -> None:
    assert {fault.kind for fault in shipped().faults} == set(FaultKind)


def test_faults_are_repeated_until_the_end() -> None:
    timeline = parse(script(CUT), FLOODS).timeline(250.0, 5.0)
    assert [fault.at_s for fault in timeline] == [10.0, 110.0]
    assert timeline[0] == Fault(FaultKind.NETWORK_CUT, 10.0, 5.0)


def test_a_short_run_plays_the_whole_cycle_and_ends_calmly() -> None:
    late = {"at_s": 90, "fault": "strangers", "flood": "silent", "for_s": 1}
    timeline = parse(script(late, CUT), FLOODS).timeline(50.0, 4.0)
    assert [(fault.title, fault.at_s, fault.for_s) for fault in timeline] == [
        ("network-cut", 5.0, 5.0),
        ("strangers silent", 45.0, 1.0),
    ]
    assert len(parse(script(late, CUT), FLOODS).timeline(50.0, 4.5)) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([], "a script is an object"),
        ({"cycle_s": 100}, "the list `faults`"),
        (script(CUT, cycle_s=5), "`cycle_s` is a number from 10"),
        (script(CUT, cycle_s=True), "`cycle_s` is a number"),
        (script(CUT, fault=1), "unknown key 'fault'"),
        (script({**CUT, "fault": "earthquake"}), "fault 1: `fault` is one of reader-lost"),
        (script({**CUT, "at_s": 101}), "fault 1: `at_s` is a number from 0 to 100"),
        (script(CUT, {**CUT, "for_s": 0}), "fault 2: `for_s` is a number from 0.1 to 60"),
        (script({**CUT, "fault": "strangers"}), "fault 1: `flood` of strangers is one of"),
        (script({**CUT, "flood": "silent"}), "fault 1: `flood` of strangers"),
        (script({**CUT, "now": 1}), "fault 1: unknown key 'now'"),
        (script("cut"), "fault 1: is not an object"),  # type: ignore[arg-type]
    ],
    ids=range(12),
)
def test_mistakes_of_a_script_are_named(wrong: Any, said: str) -> None:
    with pytest.raises(PlanError) as refused:
        parse(wrong, FLOODS)
    assert said in str(refused.value)
