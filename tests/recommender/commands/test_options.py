"""Every option of the recommender's commands has a help text, with its default."""

import argparse
from collections.abc import Iterator

import pytest

from recommender.commands import parser


def options(of: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.Action]]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                yield from ((f"{name} {option}", found) for option, found in options(command))
        elif action.dest != "help":
            yield action.option_strings[0], action


def every() -> dict[str, argparse.Action]:
    whole = argparse.ArgumentParser()
    parser.add(whole.add_subparsers())
    return dict(options(whole))


@pytest.mark.parametrize(("name", "action"), every().items(), ids=list(every()))
def test_an_option_has_a_help_text_and_states_its_default(name: str, action: argparse.Action) -> None:
    assert action.help, name
    if not action.required and name not in {"suggest --batch", "suggest --room"}:
        assert "default" in action.help, name


def test_there_are_options_to_test() -> None:
    assert len(every()) > 70
