"""Plays random programs of the whole checkout. Prints one JSON line; exit code 1 if a rule was broken.

A failing program is printed as a list of steps; `--steps` plays such a list.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from tests.faults.checkout.program import Program, play, play_random
from tests.faults.checkout.reduce import reduced
from tests.faults.checkout.template import Template
from tests.faults.soak_counts import VIOLATIONS, Soak, options

REDUCING_TRIES = 80


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. 0 if all rules held, 1 if one was broken."""
    parser = options("Plays random programs of the whole checkout.", "python -m tests.faults.checkout")
    parser.add_argument("--steps", help="plays these steps, separated by commas, and nothing else")
    given = parser.parse_args(arguments)
    with _without_log(), closing(Template()) as template:
        if given.steps is not None:
            return _replayed(template, [step.strip() for step in given.steps.split(",")])
        return _soaked(template, Soak.of(given, "programs"))


@contextmanager
def _without_log() -> Iterator[None]:
    """The store's log is off; afterwards it is as before, since tests call `main` too."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _replayed(template: Template, steps: Sequence[str]) -> int:
    program = play(template, steps)
    for sentence in program.wrong:
        print(sentence)
    print(f"{len(program.wrong)} violations")
    return 1 if program.wrong else 0


def _soaked(template: Template, soak: Soak) -> int:
    notes: list[str] = []
    for number in soak.rounds():
        program = play_random(template, f"{soak.seed}-{number}")
        counts: Counter[str] = Counter(program.counts)
        counts.update({"programs": 1, VIOLATIONS: 1 if program.wrong else 0})
        if program.wrong:
            notes.append(shown(template, program))
            print(notes[-1], file=sys.stderr, flush=True)
        soak.add(number, counts)
    return soak.conclude(notes)


def shown(template: Template, program: Program) -> str:
    """What is wrong, and a short program that shows it; the whole one where it does not fail again."""
    steps = program.played
    if play(template, steps).wrong:
        steps = reduced(steps, lambda some: bool(play(template, some).wrong), REDUCING_TRIES)
    return f"{program.wrong[0]}; steps: {', '.join(steps)}"


if __name__ == "__main__":
    sys.exit(main())
