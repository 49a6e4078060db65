"""Habits of real readers by name, for `python -m hardware.sim.radio --habit NAME[=VALUE]`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from hardware.llrp.encoding.messages import FrequencyPlan
from hardware.sim.radio.llrp_model import ReaderModel

# Zebra (IANA enterprise number); the country United States (ISO 3166)
_ZEBRA: Final = 161
_UNITED_STATES: Final = 840


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit: what it means, the value that is used if none is given, and how it changes the reader."""

    text: str
    default: str
    apply: Callable[[ReaderModel, str], ReaderModel]


def apply_habits(model: ReaderModel, wanted: list[str]) -> ReaderModel:
    """The reader with these habits, each `NAME` or `NAME=VALUE`. Raises ValueError with what is allowed."""
    for word in wanted:
        name, _, value = word.partition("=")
        habit = HABITS.get(name)
        if habit is None:
            raise ValueError(f"no habit {name!r}; there are {', '.join(HABITS)}")
        try:
            model = habit.apply(model, value or habit.default)
        except ValueError as error:
            raise ValueError(f"{word}: {error}") from error
    return model


def describe_habits() -> str:
    """A line for each habit, for `--help`."""
    return "\n".join(
        f"  {name + (f'={habit.default}' if habit.default else ''):24}{habit.text}"
        for name, habit in HABITS.items()
    )


def _hopping(model: ReaderModel, value: str) -> ReaderModel:
    tables = tuple(int(part) for part in value.split(","))
    return replace(model, frequencies=FrequencyPlan(hopping=True, hop_tables=tables), country=_UNITED_STATES)


HABITS: Final[dict[str, Habit]] = {
    "hop-tables": Habit("hops, with the hop tables of these ids", "2", _hopping),
    "channels": Habit(
        "has so many fixed channels",
        "4",
        lambda model, value: replace(model, frequencies=FrequencyPlan(hopping=False, channels=int(value))),
    ),
    "strict-channels": Habit(
        "checks hop table and channel even where they do not count",
        "",
        lambda model, _: replace(model, strict_channels=True),
    ),
    "most-dbm": Habit(
        "highest power of its table", "30", lambda model, value: replace(model, most_dbm=float(value))
    ),
    "refuses-above-dbm": Habit(
        "refuses powers above this one, although its table holds them",
        "27",
        lambda model, value: replace(model, refuses_above_dbm=float(value)),
    ),
    "no-power": Habit("lets no client set its power", "", lambda model, _: replace(model, takes_power=False)),
    "no-session": Habit(
        "lets no client choose the session", "", lambda model, _: replace(model, takes_session=False)
    ),
    "session": Habit("its own session", "1", lambda model, value: replace(model, default_session=int(value))),
    "no-region": Habit("has no region set", "", lambda model, _: replace(model, country=0)),
    "zebra": Habit(
        "a Zebra reader, without Impinj's extensions",
        "",
        lambda model, _: replace(model, manufacturer=_ZEBRA, firmware="3.10.30.0"),
    ),
    "no-extensions": Habit(
        "refuses Impinj's extensions", "", lambda model, _: replace(model, extensions=False)
    ),
    "keeps-dead-client": Habit(
        "keeps the connection of a client that is gone for so many seconds",
        "30",
        lambda model, value: replace(model, keeps_dead_client_s=float(value)),
    ),
    "slow-capabilities": Habit(
        "needs so many seconds for its capabilities",
        "2.6",
        lambda model, value: replace(model, capabilities_delay_s=float(value)),
    ),
    "slow-rospec": Habit(
        "needs so many seconds for ADD_ROSPEC",
        "5",
        lambda model, value: replace(model, rospec_delay_s=float(value)),
    ),
    "no-capabilities": Habit(
        "does not tell its capabilities", "", lambda model, _: replace(model, tells_capabilities=False)
    ),
    "max-rospecs": Habit(
        "holds so many ROSpecs", "1", lambda model, value: replace(model, max_rospecs=int(value))
    ),
    "other-rospec": Habit(
        "holds another program's ROSpec with this id",
        "77",
        lambda model, value: replace(model, other_rospec=int(value)),
    ),
    "other-runs": Habit(
        "runs another program's ROSpec with this id, and no second one",
        "77",
        lambda model, value: replace(
            model, other_rospec=int(value), other_runs=True, max_rospecs=max(2, model.max_rospecs)
        ),
    ),
    "checks-at-start": Habit(
        "checks power and session when the ROSpec is started, not when it is added",
        "",
        lambda model, _: replace(model, checks_at_start=True),
    ),
    "no-rospec-list": Habit(
        "does not answer GET_ROSPECS", "", lambda model, _: replace(model, lists_rospecs=False)
    ),
    "no-keepalives": Habit("sends no keep-alives", "", lambda model, _: replace(model, keepalives=False)),
    "disconnected": Habit(
        "has no antenna at these ports",
        "2",
        lambda model, value: replace(model, disconnected=frozenset(map(int, value.split(",")))),
    ),
    "unknown-parameters": Habit(
        "sends parameters that no version defines",
        "",
        lambda model, _: replace(model, unknown_parameters=True),
    ),
    "bad-reports": Habit(
        "sends reports without EPC among the good ones", "", lambda model, _: replace(model, bad_reports=True)
    ),
    "versions": Habit(
        "accepts these version numbers (1 is LLRP 1.0.1), and begins with the first",
        "2",
        lambda model, value: replace(model, versions=tuple(int(part) for part in value.split(","))),
    ),
}
