"""Sets a reader up over REST until it would report reads: region, antennas, operating mode, start of the inventory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from hardware.errors import ReaderRefusedError, ReaderSettingError
from hardware.json_fields import as_number, as_text
from hardware.ports import NoteKind
from hardware.zebra.errors import EndpointError, NoRegionError
from hardware.zebra.operating_mode import Mode, is_same, our_mode, shortcomings, weaker_modes
from hardware.zebra.reader_state import ReaderState, reader_state
from hardware.zebra.rest_client import ZebraRest
from hardware.zebra.settings import RadioSettings, ZebraSettings

Note = Callable[[NoteKind, str], None]
_MODE: Final = "/cloud/mode"
# the inventory is started again by the driver, not by the reader after a restart
_START: Final[dict[str, object]] = {"doNotPersistState": True}
_NO_REGION: Final = frozenset({"", "none", "not set", "unknown"})


@dataclass(frozen=True, slots=True)
class Region:
    """The region as the reader names it, and its highest transmit power in dBm, if it reports it."""

    name: str
    max_power_dbm: float | None
    min_power_dbm: float | None


def read_region(rest: ZebraRest) -> Region | None:
    """The region of GET /cloud/region; None if this firmware does not report it. Raises NoRegionError."""
    try:
        reported = rest.get("/cloud/region")
    except ReaderRefusedError as error:
        if error.status in (401, 403):
            raise
        return None
    if not {"region", "country"} & reported.keys():
        return None
    names = [
        name
        for key in ("region", "country")
        if (name := as_text(reported.get(key))).lower() not in _NO_REGION
    ]
    if not names:
        raise NoRegionError("no region is set, so it does not transmit: set the country in its console")
    highest, lowest = (
        _power_dbm(reported.get(key)) for key in ("maxTxPowerSupported", "minTxPowerSupported")
    )
    return Region(", ".join(dict.fromkeys(names)), highest, lowest)


def _power_dbm(value: object) -> float | None:
    """The reader reports tenths of a dBm (300 for the 30 dBm of the FCC)."""
    tenths = as_number(value, 0, 400)
    return None if tenths is None else tenths / 10


def read_state(rest: ZebraRest, *, quick: bool = False) -> ReaderState:
    """The state of GET /cloud/status. Raises ReaderRefusedError if the reader does not reach its radio."""
    state = reader_state(rest.get("/cloud/status", quick=quick))
    if state.radio is False:
        raise ReaderRefusedError("it has no connection to its radio module: restart the reader")
    return state


def check_antennas(antennas: tuple[int, ...], state: ReaderState) -> None:
    """Raises ReaderSettingError for an antenna that the reader does not have."""
    ports = state.ports
    wrong = [port for port in antennas if ports and port not in ports]
    if wrong:
        named = ", ".join(map(str, wrong))
        raise ReaderSettingError(
            f"antennas={named}: the reader has the antennas {', '.join(map(str, ports))}"
        )


def prepare_mode(rest: ZebraRest, settings: ZebraSettings, state: ReaderState, note: Note) -> None:
    """Writes our operating mode if the reader has another one, or checks the retailer's own (`radio` None)."""
    found, radio = rest.get(_MODE), settings.radio
    if radio is None:
        for kind, text in shortcomings(found):
            note(kind, text)
        return
    region = read_region(rest)
    wanted = our_mode(_allowed(radio, region, note), settings.antennas)
    if is_same(found, wanted):
        return
    if state.reads:
        rest.put("/cloud/stop", {})
    _write_mode(rest, wanted, note)


def start_inventory(rest: ZebraRest) -> None:
    """Starts to read, if the reader does not read already."""
    if not read_state(rest).reads:
        rest.put("/cloud/start", _START)


def _allowed(radio: RadioSettings, region: Region | None, note: Note) -> RadioSettings:
    """The settings with a transmit power that the region allows."""
    most = region.max_power_dbm if region else None
    if radio.power_dbm is None or most is None or radio.power_dbm <= most:
        return radio
    note(
        NoteKind.SETTING,
        f"transmit power {radio.power_dbm:g} dBm is not allowed in its region: {most:g} dBm is used instead",
    )
    return replace(radio, power_dbm=most)


def _write_mode(rest: ZebraRest, wanted: Mode, note: Note) -> None:
    """Writes the mode; after a refusal with fewer settings, so that a reader with other limits still reads."""
    tries: Iterator[tuple[Mode, str]] = iter([(wanted, ""), *weaker_modes(wanted)])
    first: ReaderRefusedError | None = None
    for mode, left_out in tries:
        try:
            rest.put(_MODE, mode)
        except ReaderRefusedError as error:
            if error.status not in (400, 422) or isinstance(error, EndpointError):
                raise
            first = first or error
            continue
        if first is not None:
            note(NoteKind.SETTING, f"it refused {left_out}: its own value is used instead")
        return
    if first is not None:
        raise first
