"""ROSpecs that are tried in turn: which one a reader with habits of its own gets, and what is noted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import ReaderRefusedError, ReaderSettingError
from hardware.llrp.encoding.constants import MessageType, ParameterType, StatusCode
from hardware.llrp.encoding.impinj_extensions import DUAL_TARGET
from hardware.llrp.encoding.messages import (
    AddRospec,
    Capabilities,
    ErrorDetail,
    FrequencyPlan,
    LlrpStatus,
    Rospec,
    RospecCommand,
    Transmitter,
)
from hardware.llrp.outputs import Noted
from hardware.llrp.settings import LlrpSettings
from hardware.llrp.setup.rospec_attempts import Part, RospecAttempt, first_attempt, refused_part
from hardware.ports import NoteKind
from hardware.sim.radio.habits import apply_habits
from hardware.sim.radio.llrp_model import ReaderModel, RospecState
from tests.hardware.llrp.client_and_reader import ClientAndReader

OWN = LlrpSettings().rospec_id
# in the simulated reader's table 10 dBm has the index 1, and each further step of 0.25 dB one more
AT_24_DBM, AT_30_DBM = 57, 81


def play(habits: list[str], **settings: object) -> ClientAndReader:
    """Connects to a reader with these habits, over memory."""
    model = apply_habits(ReaderModel(), habits)
    return ClientAndReader(model, replace(LlrpSettings(), **settings)).connect()  # type: ignore[arg-type]


def notes(pair: ClientAndReader) -> str:
    found = [output for output in pair.learned if isinstance(output, Noted)]
    assert len({(note.kind, note.antenna) for note in found}) == len(found)
    return "; ".join(note.text for note in found)


@pytest.mark.parametrize(
    ("habits", "wanted_dbm", "transmitter", "words"),
    [
        ([], None, None, []),
        ([], 24.0, Transmitter(0, 1, AT_24_DBM), []),
        ([], 24.1, Transmitter(0, 1, AT_24_DBM), []),
        (["channels=10"], 24.0, Transmitter(0, 1, AT_24_DBM), []),
        (["channels=10", "strict-channels"], 24.0, Transmitter(0, 1, AT_24_DBM), []),
        (["hop-tables=1"], 24.0, Transmitter(1, 1, AT_24_DBM), []),
        (["hop-tables=2"], 24.0, Transmitter(2, 1, AT_24_DBM), []),
        (["hop-tables=7,9", "strict-channels"], 24.0, Transmitter(7, 1, AT_24_DBM), []),
        ([], 31.5, Transmitter(0, 1, AT_30_DBM), ["31.5 dBm asked, 30 dBm used", "10 to 30 dBm"]),
        ([], 5.0, Transmitter(0, 1, 1), ["5 dBm asked, 10 dBm used", "10 to 30 dBm"]),
        (
            ["most-dbm=31.5", "refuses-above-dbm=30"],
            31.5,
            Transmitter(0, 1, AT_30_DBM - 2),
            ["31.5 dBm asked, 29.5 dBm used"],
        ),
        (["refuses-above-dbm=12"], 30.0, Transmitter(0, 1, 1), ["30 dBm asked, 10 dBm used", "refuses more"]),
        (["refuses-above-dbm=12"], 24.0, Transmitter(0, 1, 9), ["24 dBm asked, 12 dBm used", "refuses more"]),
        (["refuses-above-dbm=9"], 30.0, None, ["30 dBm asked", "its own power"]),
        (["no-power"], 24.0, None, ["refuses every setting of its power", "24 dBm asked"]),
    ],
)
def test_the_power_is_the_nearest_that_the_reader_takes(
    habits: list[str], wanted_dbm: float | None, transmitter: Transmitter | None, words: list[str]
) -> None:
    pair = play(habits, power_dbm=wanted_dbm)
    assert pair.memory.rospecs[OWN].transmitter == transmitter
    assert pair.memory.rospecs[OWN].session == 0
    assert all(word in notes(pair) for word in words)
    assert bool(words) == bool(notes(pair))


@pytest.mark.parametrize(
    ("habits", "session", "got_session", "mode", "words"),
    [
        ([], 0, 0, DUAL_TARGET, []),
        ([], 2, 2, None, []),
        (["zebra"], 0, 0, None, ["no link monitor"]),
        (["no-extensions"], 0, 0, None, ["no link monitor"]),
        (["no-session"], 0, None, None, ["lets no client choose session 0", "too seldom"]),
        (["zebra", "no-session"], 1, None, None, ["lets no client choose session 1"]),
    ],
)
def test_session_0_is_asked_for_unless_told_otherwise(
    habits: list[str], session: int, got_session: int | None, mode: int | None, words: list[str]
) -> None:
    pair = play(habits, session=session)
    rospec = pair.memory.rospecs[OWN]
    assert (rospec.session, rospec.search_mode) == (got_session, mode)
    assert all(word in notes(pair) for word in words)
    assert bool(words) == bool(notes(pair))


def test_a_power_that_cannot_be_set_is_told() -> None:
    """Without capabilities, and without a table of powers in them."""
    pair = play(["no-capabilities"], power_dbm=10.0)
    assert pair.client.running
    assert pair.memory.rospecs[OWN] == Rospec(OWN, session=0)
    assert "cannot be set to 10 dBm" in notes(pair)
    for capabilities in (None, Capabilities(4, True, 161, 1, "1")):
        attempt = first_attempt(LlrpSettings(power_dbm=10.0), capabilities, extensions=False)
        assert attempt.rospec.transmitter is None
        assert "cannot be set to 10 dBm" in "".join(attempt.notes)


def test_a_refusal_of_the_session_leaves_the_power_and_the_reverse() -> None:
    pair = play(["no-session"], power_dbm=24.0)
    rospec = pair.memory.rospecs[OWN]
    assert (rospec.session, rospec.transmitter) == (None, Transmitter(0, 1, AT_24_DBM))
    pair = play(["no-power"], power_dbm=24.0)
    rospec = pair.memory.rospecs[OWN]
    assert (rospec.session, rospec.transmitter, rospec.search_mode) == (0, None, DUAL_TARGET)
    both = play(["no-power", "no-session"], power_dbm=24.0)
    assert both.memory.rospecs[OWN] == replace(rospec, session=None, search_mode=None)
    assert "its own power" in notes(both)
    assert "lets no client choose" in notes(both)


def test_antennas_that_the_reader_does_not_have_are_left_out() -> None:
    pair = play([], antennas=(2, 64))
    assert pair.memory.rospecs[OWN].antennas == (2,)
    (note,) = [output for output in pair.learned if isinstance(output, Noted)]
    assert (note.kind, note.antenna) == (NoteKind.ANTENNA, 64)
    with pytest.raises(ReaderSettingError, match="4 antennas and none with the number 7, 64"):
        play([], antennas=(7, 64))


def deletions_of_all(pair: ClientAndReader) -> int:
    return pair.said.count(RospecCommand(MessageType.DELETE_ROSPEC, 0))


@pytest.mark.parametrize(
    ("habits", "power_dbm", "deletions", "left"),
    [
        (["other-rospec=77"], None, 1, {OWN}),
        (["other-rospec=77", "no-rospec-list"], None, 1, {OWN}),
        (["other-rospec=77", "max-rospecs=2"], None, 0, {77, OWN}),
        # these refusals do not come from a full table
        (["other-rospec=77", "max-rospecs=2", "no-power", "no-session"], 24.0, 0, {77, OWN}),
        (["no-power", "no-session"], 24.0, 0, {OWN}),
        (["hop-tables=9", "strict-channels", "other-rospec=77", "max-rospecs=8"], 24.0, 0, {77, OWN}),
    ],
)
def test_other_programs_rospecs_are_deleted_only_if_the_table_is_full(
    habits: list[str], power_dbm: float | None, deletions: int, left: set[int]
) -> None:
    model = apply_habits(ReaderModel(), habits)
    pair = ClientAndReader(model, LlrpSettings(power_dbm=power_dbm))
    pair.connect()
    if not pair.client.running:
        # GET_ROSPECS is not answered
        pair.now = pair.client.deadline()
        for raw in pair.answers(pair.client.tick(pair.now)):
            pair.play(raw)
    assert pair.client.running
    assert deletions_of_all(pair) == deletions
    assert set(pair.memory.rospecs) == left
    assert ("another program" in notes(pair)) == bool(deletions)


@pytest.mark.parametrize(
    ("habits", "stopped", "words"),
    [
        (["other-runs=77"], True, "inventory (ROSpec) 77 of another program was stopped"),
        (["max-rospecs=2", "other-rospec=77"], False, ""),
        (["other-runs=77", "checks-at-start", "no-power"], True, "its own power"),
        (["checks-at-start", "no-power", "no-session"], False, "lets no client choose session 0"),
        (["checks-at-start", "hop-tables=5", "strict-channels"], False, ""),
        (["checks-at-start", "refuses-above-dbm=22"], False, "24 dBm asked, 22 dBm used"),
    ],
)
def test_a_refusal_to_start_is_met_like_one_to_add(habits: list[str], stopped: bool, words: str) -> None:
    pair = play(habits, power_dbm=24.0)
    assert pair.client.running
    assert pair.memory.states[OWN] is RospecState.ACTIVE
    assert deletions_of_all(pair) == 0
    assert words in notes(pair)
    assert bool(words) == bool(notes(pair))
    disabled = [said for said in pair.said if said == RospecCommand(MessageType.DISABLE_ROSPEC, 0)]
    assert bool(disabled) == stopped
    # another program's ROSpec stays in the table
    assert (77 in pair.memory.rospecs) == any("77" in habit for habit in habits)


def test_without_a_region_nothing_is_tried_in_vain() -> None:
    pair = ClientAndReader(apply_habits(ReaderModel(), ["no-region"]), LlrpSettings(power_dbm=24.0))
    with pytest.raises(ReaderRefusedError, match="the region is not set"):
        pair.connect()
    assert sum(isinstance(said, AddRospec) for said in pair.said) == 1


def test_a_reader_that_refuses_everything_is_asked_a_bounded_number_of_times() -> None:
    pair = ClientAndReader(ReaderModel(refuses_rospec=True), LlrpSettings(power_dbm=30.0))
    with pytest.raises(ReaderRefusedError, match="ROReportTrigger is not supported"):
        pair.connect()
    assert 4 < sum(isinstance(said, AddRospec) for said in pair.said) < 20
    assert deletions_of_all(pair) == 0


plans = st.none() | st.builds(
    FrequencyPlan, st.booleans(), st.lists(st.integers(0, 255), max_size=3).map(tuple)
)
tables = st.lists(st.tuples(st.integers(0, 300), st.floats(-10, 40)), max_size=9).map(tuple)
known = st.none() | st.builds(
    lambda powers, plan: Capabilities(4, True, 161, 1, "1", powers=powers, frequencies=plan), tables, plans
)
blame = st.sampled_from(
    [
        (),
        (ErrorDetail(StatusCode.PARAMETER_ERROR, parameter=ParameterType.RF_TRANSMITTER),),
        (ErrorDetail(StatusCode.PARAMETER_ERROR, parameter=ParameterType.C1G2_SINGULATION_CONTROL),),
        (ErrorDetail(StatusCode.PARAMETER_ERROR, parameter=ParameterType.CUSTOM),),
        (ErrorDetail(StatusCode.PARAMETER_ERROR, parameter=ParameterType.ROSPEC),),
    ]
)


@given(
    known,
    st.none() | st.floats(0, 40),
    st.integers(0, 3),
    st.booleans(),
    st.lists(blame, min_size=60, max_size=60),
)
def test_whatever_is_refused_the_attempts_end_with_the_plainest_rospec(
    capabilities: Capabilities | None,
    power_dbm: float | None,
    session: int,
    extensions: bool,
    refusals: list[tuple[ErrorDetail, ...]],
) -> None:
    settings = LlrpSettings(power_dbm=power_dbm, session=session)
    attempt: RospecAttempt | None = first_attempt(settings, capabilities, extensions=extensions)
    asked: list[Rospec] = []
    for details in refusals:
        if attempt is None:
            break
        asked.append(attempt.rospec)
        attempt = attempt.after_refusal(LlrpStatus(StatusCode.PARAMETER_ERROR, "", details))
    assert attempt is None
    assert asked[0].session == session
    assert asked[-1] == Rospec(settings.rospec_id)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("RFTransmitter parameter, invalid HopTableID (1)", Part.POWER),
        ("LLRP [310] : //RFTransmitter/TransmitPower : out-of-range", Part.POWER),
        ("unsupported C1G2SingulationControl", Part.SESSION),
        ("", Part(0)),
        ("no room for another ROSpec", Part(0)),
    ],
)
def test_the_part_is_found_in_the_words_of_a_refusal(text: str, part: Part) -> None:
    assert refused_part(LlrpStatus(StatusCode.FIELD_ERROR, text)) == part


def test_another_programs_inventory_is_stopped_also_if_the_reader_does_not_list_it() -> None:
    pair = ClientAndReader(apply_habits(ReaderModel(), ["other-runs=77", "no-rospec-list"]))
    pair.connect()
    pair.now = pair.client.deadline()
    for raw in pair.answers(pair.client.tick(pair.now)):
        pair.play(raw)
    assert pair.client.running
    assert "may have left was stopped" in notes(pair)
    assert set(pair.memory.rospecs) == {77, OWN}
