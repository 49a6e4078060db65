"""Habits of the simulated reader by name, and its command."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from hardware.llrp.encoding.messages import FrequencyPlan
from hardware.sim.radio.habits import HABITS, apply_habits, describe_habits
from hardware.sim.radio.llrp_model import ReaderModel

# habits whose value, if none is given, is the simulated reader's own
_AS_IT_IS = {"channels", "most-dbm", "session", "keeps-dead-client", "max-rospecs"}


def test_every_habit_changes_the_reader_and_is_described() -> None:
    for name in HABITS:
        assert (apply_habits(ReaderModel(), [name]) == ReaderModel()) == (name in _AS_IT_IS), name
        assert name in describe_habits()


def test_habits_are_read_with_their_values() -> None:
    model = apply_habits(ReaderModel(), ["hop-tables=3,4", "disconnected=1,2", "versions=3,2"])
    assert model.frequencies == FrequencyPlan(hopping=True, hop_tables=(3, 4))
    assert (model.disconnected, model.versions) == ({1, 2}, (3, 2))


@pytest.mark.parametrize("wrong", ["slow", "session=x", "disconnected=1,", ""])
def test_a_wrong_habit_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong or "there are"):
        apply_habits(ReaderModel(), [wrong])


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hardware.sim.radio", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_port_that_is_in_use_is_a_message() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for arguments in (("--port", port, "--control-port", "0"), ("--port", "0", "--control-port", port)):
            done = run(*arguments)
            assert done.returncode == 1
            assert port in done.stderr
            assert "Choose other ports" in done.stderr
            assert "Traceback" not in done.stderr


def test_wrong_options_are_messages() -> None:
    for arguments in (("--habit", "slow"), ("--port", "99999"), ("--host", "10.0.0..7")):
        done = run(*arguments)
        assert done.returncode in (1, 2)
        assert done.stderr
        assert "Traceback" not in done.stderr
