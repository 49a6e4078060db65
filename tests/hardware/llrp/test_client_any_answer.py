"""Whatever a reader sends in whatever state, the client answers, skips it or ends the connection with a typed error."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import HardwareError
from hardware.llrp.client_protocol import ClientProtocol
from hardware.llrp.encoding.constants import ConnectionStatus, MessageType, StatusCode
from hardware.llrp.encoding.frames import LlrpFrame
from hardware.llrp.encoding.messages import (
    Capabilities,
    FrequencyPlan,
    GetReaderCapabilitiesResponse,
    GetRospecsResponse,
    GetSupportedVersionResponse,
    LlrpStatus,
    Message,
    ReaderEventNotification,
    StatusResponse,
)
from hardware.llrp.outputs import InventoryStarted, SendBytes
from hardware.llrp.settings import LlrpSettings
from tests.hardware.llrp.client_and_reader import frame

RESPONSES = [kind for kind in MessageType if kind.name.endswith("_RESPONSE")] + [MessageType.ERROR_MESSAGE]
statuses = st.sampled_from(
    [
        LlrpStatus(),
        LlrpStatus(StatusCode.PARAMETER_ERROR, "RFTransmitter"),
        LlrpStatus(StatusCode.PARAMETER_ERROR, "session"),
        LlrpStatus(StatusCode.DEVICE_ERROR),
        LlrpStatus(StatusCode.UNSUPPORTED_VERSION),
        LlrpStatus(StatusCode.UNSUPPORTED_MESSAGE),
    ]
)
capabilities = st.builds(
    Capabilities,
    st.integers(0, 4),
    st.booleans(),
    st.sampled_from([161, 25882]),
    st.just(1),
    st.just("1"),
    st.integers(0, 2),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 9), st.integers(10, 30)), max_size=4).map(tuple),
    st.sampled_from([0, 276]),
    st.just(0),
    st.builds(FrequencyPlan, st.booleans(), st.lists(st.integers(0, 9), max_size=2).map(tuple)),
)
plain = [MessageType.ADD_ROSPEC_RESPONSE, MessageType.DELETE_ROSPEC_RESPONSE, MessageType.ENABLE_ROSPEC_RESPONSE,
         MessageType.START_ROSPEC_RESPONSE, MessageType.DISABLE_ROSPEC_RESPONSE, MessageType.ERROR_MESSAGE,
         MessageType.SET_READER_CONFIG_RESPONSE, MessageType.SET_PROTOCOL_VERSION_RESPONSE]  # fmt: skip
messages: st.SearchStrategy[Message] = st.one_of(
    st.builds(StatusResponse, st.sampled_from(plain), statuses),
    st.builds(StatusResponse, st.sampled_from(plain), st.just(LlrpStatus())),
    st.builds(GetReaderCapabilitiesResponse, statuses, st.none() | capabilities),
    st.builds(GetRospecsResponse, statuses, st.lists(st.sampled_from([77, 1905]), max_size=2).map(tuple)),
    st.builds(GetSupportedVersionResponse, st.integers(0, 4), st.integers(0, 4), statuses),
    st.builds(ReaderEventNotification, connection=st.sampled_from(ConnectionStatus) | st.none()),
)
junk = st.builds(
    LlrpFrame, st.integers(1, 3), st.sampled_from(RESPONSES), st.integers(0, 9), st.binary(max_size=12)
)
# a frame, or the number of seconds in which none comes
steps = st.lists(messages.map(frame) | junk | st.floats(0, 12), max_size=40)
settings = st.builds(
    LlrpSettings,
    antennas=st.sampled_from([(), (1,), (1, 9)]),
    session=st.integers(0, 3),
    power_dbm=st.none() | st.floats(0, 40),
    version=st.sampled_from([1, 2]),
)


@given(settings, steps)
def test_any_answers_in_any_order(wanted: LlrpSettings, order: list[LlrpFrame | float]) -> None:
    client, now, started = ClientProtocol(wanted, 0.0), 0.0, 0
    greeting = frame(ReaderEventNotification(connection=ConnectionStatus.SUCCESS))
    with suppress(HardwareError):
        for step in [greeting, *order]:
            if isinstance(step, LlrpFrame):
                outputs = client.received(step, now)
            else:
                now += step
                outputs = client.tick(now)
            # a request and a message without response at most, so that no answer starts a flood
            assert sum(isinstance(output, SendBytes) for output in outputs) <= 2
            started += sum(isinstance(output, InventoryStarted) for output in outputs)
            assert client.deadline() <= now + wanted.answer_s
    assert started <= 1
    assert client.closing_messages()
