"""ROSpecs to try in turn, from the one that is wanted to one that every reader accepts.

Readers differ in what they accept: some check the hop table and the channel although only one of them counts in their
region, some refuse powers that their own table holds, some let no client choose the session. A refused ROSpec is
followed by one that asks for less. What differs from the wanted settings is noted in sentences for a technician.

Sources: RFTransmitter (LLRP 1.0.1, clause 12.2.6.2) and the tables that it refers to (clause 9.2.4.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Flag, auto
from typing import Final

from hardware.errors import ReaderSettingError
from hardware.llrp.encoding.constants import ParameterType
from hardware.llrp.encoding.impinj_extensions import DUAL_TARGET
from hardware.llrp.encoding.messages import Capabilities, LlrpStatus, Rospec, Transmitter
from hardware.llrp.settings import LlrpSettings

# a table of powers has steps of 0.1 to 1 dB; a power that differs by more than this from the wanted one is noted
_SAME_DB: Final = 0.25
# powers that are tried after a refusal, in dB below the nearest one of the table
_LESS_DB: Final = (0.5, 1.0, 2.0, 3.0, 4.5, 6.0, 9.0, 12.0, 16.0, 20.0)


class Part(Flag):
    """A part of a ROSpec that a reader may refuse."""

    POWER = auto()
    SESSION = auto()
    SEARCH_MODE = auto()


_Choice = tuple[Transmitter | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RospecAttempt:
    """A ROSpec to try. `powers`: transmitter settings in the order of trial, `power` the index of the one to try."""

    settings: LlrpSettings
    antennas: tuple[int, ...]
    powers: tuple[_Choice, ...]
    power: int = 0
    has_session: bool = True
    has_mode: bool = False
    # whether the search mode was wanted at first
    wants_mode: bool = False

    @property
    def rospec(self) -> Rospec:
        settings = self.settings
        return Rospec(
            settings.rospec_id,
            self.antennas,
            settings.report_every,
            session=settings.session if self.has_session else None,
            transmitter=self.powers[self.power][0],
            search_mode=DUAL_TARGET if self.has_mode else None,
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """In which way the ROSpec is not what was wanted."""
        notes = self.powers[self.power][1]
        if not self.has_session:
            session = self.settings.session
            return (
                *notes,
                f"it lets no client choose session {session} and uses its own; tags may be read too seldom",
            )
        if self.wants_mode and not self.has_mode:
            return (
                *notes,
                "it refuses Impinj's search mode; it may read a tag that stays in the field only once",
            )
        return notes

    def after_refusal(self, status: LlrpStatus) -> RospecAttempt | None:
        """What to try after this ROSpec was refused: less of the part that the refusal names, else less of the first
        part that can be left out. None if nothing is left to try."""
        blamed = refused_part(status)
        last = len(self.powers) - 1
        if Part.SEARCH_MODE in blamed and self.has_mode:
            return replace(self, has_mode=False)
        if Part.POWER in blamed and self.power < last:
            return replace(self, power=self.power + 1)
        if Part.SESSION in blamed and self.has_session:
            return replace(self, has_session=False, has_mode=False)
        if self.has_mode:
            return replace(self, has_mode=False)
        if not self.has_session:
            return replace(self, power=last) if self.power < last else None
        if self.power < last:
            return replace(self, power=self.power + 1)
        # perhaps the power was never the reason
        return replace(self, has_session=False, power=0)


def first_attempt(
    settings: LlrpSettings, capabilities: Capabilities | None, *, extensions: bool
) -> RospecAttempt:
    """The ROSpec that is wanted, without antennas that the reader does not have.

    `extensions`: Impinj's extensions work on this connection. Raises ReaderSettingError if no antenna is left.
    """
    missing = missing_antennas(settings, capabilities)
    known = capabilities.antennas if capabilities else 0
    antennas = tuple(port for port in settings.antennas if port not in missing)
    if missing and not antennas:
        ports = ", ".join(map(str, missing))
        raise ReaderSettingError(f"it has {known} antennas and none with the number {ports}")
    # only session 0 does not silence tags that stay in the field, if the search goes on in both directions
    has_mode = extensions and settings.session == 0
    powers = tuple(_transmitters(settings.power_dbm, capabilities))
    return RospecAttempt(settings, antennas or (0,), powers, has_mode=has_mode, wants_mode=has_mode)


def missing_antennas(settings: LlrpSettings, capabilities: Capabilities | None) -> tuple[int, ...]:
    """The wanted antennas that the reader does not have."""
    if capabilities is None or not capabilities.antennas:
        return ()
    return tuple(port for port in settings.antennas if port > capabilities.antennas)


def _transmitters(wanted_dbm: float | None, capabilities: Capabilities | None) -> Iterator[_Choice]:
    """Transmitter settings to try, each with its notes; the last one, None, leaves the reader's own power."""
    if wanted_dbm is None:
        yield None, ()
        return
    asked = f"{wanted_dbm:g} dBm"
    if capabilities is None or not capabilities.powers:
        why = "it reports no table of transmit powers"
        yield None, (f"its power cannot be set to {asked}, because {why}; it uses its own power",)
        return
    least, most = (pick(dbm for _, dbm in capabilities.powers) for pick in (min, max))
    allowed = f"it allows {least:g} to {most:g} dBm"
    index, dbm = nearest_power(capabilities.powers, wanted_dbm)
    nearest = () if abs(dbm - wanted_dbm) <= _SAME_DB else (f"{asked} asked, {dbm:g} dBm used: {allowed}",)
    for hop_table, channel in _channels(capabilities):
        yield Transmitter(hop_table, channel, index), nearest
    hop_table, channel = _channels(capabilities)[0]
    tried = {index}
    for less in _LESS_DB:
        index, lower = nearest_power(capabilities.powers, dbm - less)
        if index not in tried and lower < dbm:
            tried.add(index)
            note = f"{asked} asked, {lower:g} dBm used: it refuses more"
            yield Transmitter(hop_table, channel, index), (note,)
    yield None, (f"it refuses every setting of its power ({asked} asked); it uses its own power",)


def nearest_power(powers: tuple[tuple[int, float], ...], wanted_dbm: float) -> tuple[int, float]:
    """The entry (index, dBm) of a table of powers that is nearest to `wanted_dbm`, the lower one of two."""
    return min(powers, key=lambda entry: (abs(entry[1] - wanted_dbm), entry[1]))


def _channels(capabilities: Capabilities) -> tuple[tuple[int, int], ...]:
    """HopTableID and ChannelIndex to try. The one that does not count in the region is checked by some readers:
    a channel counts from 1, but Impinj's own answers hold 0 where it hops; without hopping no table exists."""
    plan = capabilities.frequencies
    if plan is None:
        return (1, 1), (0, 1)
    if plan.hopping:
        tables = plan.hop_tables[:2] or (1,)
        return tuple((table, channel) for table in tables for channel in (1, 0))
    return (0, 1), (1, 1)


def refused_part(status: LlrpStatus) -> Part:
    """The parts of the ROSpec that a refusal names, by parameter types or in words; none if it names none of them."""
    found = Part(0)
    for detail in status.details:
        if detail.parameter is not None:
            found |= _PART_OF_PARAMETER.get(detail.parameter, Part(0))
    text = status.text.lower()
    for word, part in _PART_OF_WORD.items():
        if word in text:
            found |= part
    return found


_PART_OF_PARAMETER: Final[dict[int, Part]] = {
    ParameterType.RF_TRANSMITTER: Part.POWER,
    ParameterType.C1G2_INVENTORY_COMMAND: Part.SESSION,
    ParameterType.C1G2_RF_CONTROL: Part.SESSION,
    ParameterType.C1G2_SINGULATION_CONTROL: Part.SESSION,
    ParameterType.CUSTOM: Part.SEARCH_MODE,
}
# words of the descriptions that readers send: an Intermec IF2 names the parameter RFTransmitter and an invalid
# HopTableID, an Impinj reader the path of the field TransmitPower
_PART_OF_WORD: Final = {
    "transmit": Part.POWER,
    "hoptable": Part.POWER,
    "channelindex": Part.POWER,
    "power": Part.POWER,
    "singulation": Part.SESSION,
    "session": Part.SESSION,
    "searchmode": Part.SEARCH_MODE,
}
