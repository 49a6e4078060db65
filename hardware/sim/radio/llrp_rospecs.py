"""ROSpecs of the simulated reader: which ones it accepts, and the commands on them."""

from __future__ import annotations

from hardware.llrp.encoding.constants import MessageType, ParameterType, StatusCode
from hardware.llrp.encoding.messages import ErrorDetail, LlrpStatus, Rospec, Transmitter
from hardware.sim.radio.llrp_model import ReaderMemory, ReaderModel, RospecState


def add_rospec(model: ReaderModel, memory: ReaderMemory, rospec: Rospec, *, extensions: bool) -> LlrpStatus:
    """Adds the ROSpec, or says why not. `extensions`: Impinj's extensions are enabled on this connection."""
    refusal = _identity_refusal(model, memory, rospec)
    if refusal is None and not model.checks_at_start:
        refusal = _radio_refusal(model, rospec, extensions)
    if refusal is not None:
        return refusal
    if len(memory.rospecs) >= model.max_rospecs:
        return LlrpStatus(StatusCode.DEVICE_ERROR, "no room for another ROSpec")
    memory.rospecs[rospec.rospec_id] = rospec
    memory.states[rospec.rospec_id] = RospecState.DISABLED
    return LlrpStatus()


def _identity_refusal(model: ReaderModel, memory: ReaderMemory, rospec: Rospec) -> LlrpStatus | None:
    if model.refuses_rospec:
        return _refused("ROReportTrigger is not supported", StatusCode.FIELD_ERROR)
    if not rospec.rospec_id:
        return _refused("ROSpecID may not be 0", StatusCode.INVALID)
    if rospec.rospec_id in memory.rospecs:
        return _refused("ROSpecID is in use", StatusCode.INVALID)
    if any(port > model.antennas for port in rospec.antennas):
        return _refused("no such antenna", StatusCode.OUT_OF_RANGE)
    return None


def _radio_refusal(model: ReaderModel, rospec: Rospec, extensions: bool) -> LlrpStatus | None:
    if rospec.session is not None and not model.takes_session:
        return _refused("not supported", StatusCode.PARAMETER_ERROR, ParameterType.C1G2_INVENTORY_COMMAND)
    if rospec.search_mode is not None and not extensions:
        return _refused("unknown custom parameter", StatusCode.PARAMETER_ERROR, ParameterType.CUSTOM)
    if rospec.transmitter is not None:
        problem = _transmitter_problem(model, rospec.transmitter)
        if problem:
            return _refused(problem, StatusCode.OUT_OF_RANGE, ParameterType.RF_TRANSMITTER)
    return None


def _transmitter_problem(model: ReaderModel, wanted: Transmitter) -> str | None:
    if not model.takes_power:
        return "RFTransmitter is not supported"
    powers = dict(model.capabilities().powers)
    if wanted.power_index not in powers:
        return f"RFTransmitter parameter, invalid TransmitPower ({wanted.power_index})"
    if model.refuses_above_dbm is not None and powers[wanted.power_index] > model.refuses_above_dbm:
        return f"TransmitPower above the limit of the region, {model.refuses_above_dbm:g} dBm"
    plan = model.frequencies
    table_is_wrong = wanted.hop_table not in plan.hop_tables if plan.hopping else wanted.hop_table != 0
    channel_is_wrong = not 1 <= wanted.channel <= max(plan.channels, 1)
    if table_is_wrong and (plan.hopping or model.strict_channels):
        return f"RFTransmitter parameter, invalid HopTableID ({wanted.hop_table})"
    if channel_is_wrong and (not plan.hopping or model.strict_channels):
        return f"RFTransmitter parameter, invalid ChannelIndex ({wanted.channel})"
    return None


def _refused(text: str, code: StatusCode, parameter: ParameterType = ParameterType.ROSPEC) -> LlrpStatus:
    inner = (
        ErrorDetail(StatusCode.PARAMETER_ERROR, parameter=parameter),
        ErrorDetail(code, field=0),
    )
    return LlrpStatus(StatusCode.PARAMETER_ERROR, text, inner)


def command_rospec(
    model: ReaderModel, memory: ReaderMemory, kind: MessageType, rospec_id: int, *, extensions: bool
) -> LlrpStatus:
    """Deletes, enables, disables, starts or stops ROSpecs; `rospec_id` 0: all."""
    known = list(memory.rospecs) if rospec_id == 0 else [rospec_id]
    if any(one not in memory.rospecs for one in known):
        return _field_error("no such ROSpec")
    for one in known:
        if kind is MessageType.START_ROSPEC:
            refusal = _start_refusal(model, memory, one, extensions)
            if refusal is not None:
                return refusal
        problem = _apply(memory, kind, one)
        if problem is not None:
            return _field_error(problem)
    return LlrpStatus()


def _start_refusal(model: ReaderModel, memory: ReaderMemory, one: int, extensions: bool) -> LlrpStatus | None:
    if not model.country:
        return LlrpStatus(StatusCode.DEVICE_ERROR, "the region is not set")
    others = (state for number, state in memory.states.items() if number != one)
    if model.other_runs and RospecState.ACTIVE in others:
        return LlrpStatus(StatusCode.DEVICE_ERROR, "another inventory runs")
    return _radio_refusal(model, memory.rospecs[one], extensions) if model.checks_at_start else None


def _field_error(text: str) -> LlrpStatus:
    return LlrpStatus(StatusCode.FIELD_ERROR, text, (ErrorDetail(StatusCode.INVALID, field=0),))


def _apply(memory: ReaderMemory, kind: MessageType, one: int) -> str | None:
    states = memory.states
    match kind:
        case MessageType.DELETE_ROSPEC:
            del memory.rospecs[one], states[one]
        case MessageType.ENABLE_ROSPEC:
            immediate = memory.rospecs[one].immediate
            states[one] = RospecState.ACTIVE if immediate else RospecState.INACTIVE
        case MessageType.DISABLE_ROSPEC:
            states[one] = RospecState.DISABLED
        case MessageType.START_ROSPEC if states[one] is RospecState.DISABLED:
            return "the ROSpec is disabled"
        case MessageType.START_ROSPEC:
            states[one] = RospecState.ACTIVE
        case MessageType.STOP_ROSPEC:
            states[one] = min(states[one], RospecState.INACTIVE, key=lambda state: state.value)
        case _:
            return "not a command"
    return None
