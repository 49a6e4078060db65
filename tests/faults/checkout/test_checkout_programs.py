"""The whole checkout with everything that goes wrong, in any order: written programs, random ones, planted faults."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from kiosk.store.lifecycle import Store
from tests.distribution import APART
from tests.faults.checkout.__main__ import main, shown
from tests.faults.checkout.machine import CheckoutMachine
from tests.faults.checkout.planted import PLANTED
from tests.faults.checkout.program import Program, play, play_random
from tests.faults.checkout.reduce import reduced
from tests.faults.checkout.template import Template
from tests.faults.checkout.written import PROGRAMS
from tests.kiosk.store import postgres

WAIT_S: Final = 60.0
PARTS, PROGRAMS_EACH = 40, 250
"""The long run: so many parts of so many programs."""


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_written_program_ends_well(template: Template, name: str) -> None:
    assert play(template, PROGRAMS[name]).wrong == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(template: Template, name: str) -> None:
    planted = PLANTED[name]
    wrong = play(template, planted.steps, planted.fault).wrong
    assert any(planted.found in one for one in wrong), wrong


class HeldSweep:
    """A fault that is none: once `held`, the sweep reads the journal when it may, and then waits before it asks."""

    def __init__(self) -> None:
        self.held = False
        self.begun, self.may_read, self.has_read, self.may_ask = Event(), Event(), Event(), Event()

    def __call__(self, store: Store) -> None:
        sweep: Any = store.payments.sweep
        read_journal = sweep._read_journal

        def in_turn() -> None:
            self.begun.set()
            assert self.may_read.wait(WAIT_S)
            read_journal()
            self.has_read.set()
            assert self.may_ask.wait(WAIT_S)

        if self.held:
            sweep._read_journal = in_turn


def test_a_start_is_not_quiet_before_what_is_open_was_asked_for(template: Template) -> None:
    fault = HeldSweep()
    program = Program(template, fault)
    for text in (
        "configure swapped",
        "order 1 shirt1",
        "fault c present unanswered",
        "collect 1",
        "tap o1.1.1",
    ):
        program.step(text)
    fault.held, rest = True, program.world.rest
    program.world.restart("usual")
    assert fault.begun.wait(WAIT_S)
    assert not rest.is_quiet()
    # planted fault: the sweep is looked at first, and reads the journal before its list is looked at
    sweep_first = rest.sweeping() + rest.live()
    fault.may_read.set()
    assert fault.has_read.wait(WAIT_S)
    assert sweep_first + rest.unread() == []
    assert not rest.is_quiet()
    fault.may_ask.set()
    program.world.until_quiet()
    assert rest.is_quiet()
    assert program.finish() == []


def programs(template: Template, part: str, count: int) -> Counter[str]:
    """Plays random programs; fails with the steps of the first that breaks a rule. What was counted."""
    counts: Counter[str] = Counter()
    for number in range(count):
        program = play_random(template, f"{part}-{number}")
        assert not program.wrong, shown(template, program)
        counts.update(program.counts)
    return counts


def test_random_programs_end_well_and_most_of_their_steps_do_something(template: Template) -> None:
    counts = programs(template, "short", 4)
    print(dict(counts))
    assert counts["paid"] > 0
    assert counts["refused"] < counts["steps"] / 3, "or the programs would prove little"


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", [pytest.param(part, id=f"{APART}{part}") for part in range(PARTS)])
def test_ten_thousand_programs_end_well(template: Template, part: int) -> None:
    counts = programs(template, f"full{part}", PROGRAMS_EACH)
    print(dict(counts))
    assert counts["paid"] > PROGRAMS_EACH / 2


@pytest.fixture
def in_postgres(postgres_server: str) -> Iterator[Template]:
    made = Template(lambda: postgres.fresh_database(postgres_server))
    yield made
    made.close()


def test_a_program_ends_well_in_postgresql(in_postgres: Template) -> None:
    assert play(in_postgres, PROGRAMS["exchanged, then returned, killed in between"]).wrong == []


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(4))
def test_random_programs_end_well_in_postgresql(in_postgres: Template, part: int) -> None:
    print(dict(programs(in_postgres, f"postgres{part}", 50)))


def searched(template: Template, examples: int, number: int) -> None:
    """Lets hypothesis search for a program that breaks a rule."""
    machine = type("Machine", (CheckoutMachine,), {"template": template})
    run_state_machine_as_test(
        seed(number)(machine),
        settings=settings(
            max_examples=examples, stateful_step_count=20, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_hypothesis_finds_no_program_that_ends_badly(template: Template) -> None:
    searched(template, 2, 1)


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", range(4))
def test_hypothesis_finds_none_at_length(template: Template, number: int) -> None:
    searched(template, 150, number)


def test_a_failing_program_is_made_short(template: Template) -> None:
    planted = PLANTED["a hidden task"]
    steps = ["minute", *planted.steps]

    def fails(some: list[str]) -> bool:
        program: Program = play(template, some, planted.fault)
        return bool(program.wrong)

    assert reduced(steps, lambda some: fails(list(some))) == list(planted.steps)


def test_the_command_adds_its_counts_and_prints_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = tmp_path / "counts.json"
    assert main(["--n", "1", "--seed", "5", "--counts", str(counts)]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["programs"], line["violations"]) == (1, 0)
    assert json.loads(counts.read_text(encoding="utf-8"))["total"]["programs"] == 1


def test_the_command_plays_written_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--steps", "order 1 shirt1, collect 1, tap o1.1.1"]) == 0
    assert capsys.readouterr().out == "0 violations\n"
