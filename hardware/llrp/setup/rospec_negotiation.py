"""What follows when a reader refuses to add, enable or start the ROSpec: less is asked for, or other ROSpecs give way.

Other programs' ROSpecs are touched only if they can be the reason, at most once on a connection, with a note.
"""

from __future__ import annotations

from hardware.errors import ReaderRefusedError
from hardware.llrp.encoding.constants import MessageType
from hardware.llrp.encoding.messages import Capabilities, GetRospecsResponse, LlrpStatus
from hardware.llrp.encoding.status import describe_status
from hardware.llrp.notes import ConnectionNotes
from hardware.llrp.settings import LlrpSettings
from hardware.llrp.setup.refusals import missing_region
from hardware.llrp.setup.rospec_attempts import (
    Part,
    RospecAttempt,
    first_attempt,
    missing_antennas,
    refused_part,
)
from hardware.llrp.setup.sequence import SetupState


class RospecNegotiation:
    """The ROSpec to add on one connection, and the state after each refusal."""

    def __init__(
        self,
        settings: LlrpSettings,
        capabilities: Capabilities | None,
        notes: ConnectionNotes,
        *,
        extensions: bool,
    ) -> None:
        """`extensions`: Impinj's extensions work on this connection. Raises ReaderSettingError."""
        self._own_id = settings.rospec_id
        self._capabilities = capabilities
        self._notes = notes
        self.attempt: RospecAttempt = first_attempt(settings, capabilities, extensions=extensions)
        self._refused_request = MessageType.ADD_ROSPEC
        self._refusal = LlrpStatus()
        self._listed_for: set[MessageType] = set()
        if capabilities is not None:
            for port in missing_antennas(settings, capabilities):
                notes.missing_antenna(port, capabilities.antennas)

    def accepted(self) -> None:
        """The inventory runs: what differs from the settings is noted."""
        for note in self.attempt.notes:
            self._notes.setting(note)

    def refused(self, request: MessageType, status: LlrpStatus) -> SetupState:
        """The state after ADD_ROSPEC, ENABLE_ROSPEC or START_ROSPEC was refused.

        A refusal that names none of our settings may come from another program's ROSpec: many readers hold one only,
        or run one at a time. Raises ReaderRefusedError if nothing is left to try.
        """
        self._refused_request, self._refusal = request, status
        if request is not MessageType.ADD_ROSPEC and missing_region(self._capabilities) is not None:
            # no ROSpec can be started
            raise self._error()
        names_own_setting = refused_part(status) & _parts_of(self.attempt)
        if request not in self._listed_for and not names_own_setting:
            self._listed_for.add(request)
            return SetupState.GET_ROSPECS
        return self._ask_for_less()

    def listed(self, response: GetRospecsResponse | None) -> SetupState:
        """The state after GET_ROSPECS; None: refused or not answered."""
        if self._refused_request is MessageType.ADD_ROSPEC:
            return self._make_room(response)
        others = self._others(response)
        if response is None:
            self._notes.setting("an inventory (ROSpec) that another program may have left was stopped")
            return SetupState.DISABLE_ALL_ROSPECS
        if not others:
            return self._ask_for_less()
        self._notes.setting(
            f"inventory (ROSpec) {others} of another program was stopped, because it runs one at a time; "
            "let only one program use it"
        )
        return SetupState.DISABLE_ALL_ROSPECS

    def _make_room(self, response: GetRospecsResponse | None) -> SetupState:
        """Other ROSpecs are deleted if the table is full, or, where the reader does not list them, if it holds one."""
        most = self._capabilities.max_rospecs if self._capabilities else 0
        if response is None:
            if most > 1:
                return self._ask_for_less()
            self._notes.setting("an inventory (ROSpec) that another program may have left was deleted")
            return SetupState.DELETE_ALL_ROSPECS
        others = self._others(response)
        if not others or len(response.rospec_ids) < most:
            return self._ask_for_less()
        self._notes.setting(
            f"its table of inventories was full, so ROSpec {others} of another program was deleted; "
            "let only one program use it"
        )
        return SetupState.DELETE_ALL_ROSPECS

    def _others(self, response: GetRospecsResponse | None) -> str:
        """The ids of other programs' ROSpecs, at most five of them."""
        numbers = response.rospec_ids if response is not None else ()
        return ", ".join([str(number) for number in numbers if number != self._own_id][:5])

    def _ask_for_less(self) -> SetupState:
        following = self.attempt.after_refusal(self._refusal)
        if following is None:
            raise self._error()
        self.attempt = following
        # also after a refusal to add: an error about another message may have been taken for it
        return SetupState.REPLACE_ROSPEC

    def _error(self) -> ReaderRefusedError:
        what = f"{self._refused_request.name} was refused: {describe_status(self._refusal)}"
        return ReaderRefusedError(what, self._refusal.code)


def _parts_of(attempt: RospecAttempt) -> Part:
    """The parts of the ROSpec that can be left out."""
    rospec, found = attempt.rospec, Part(0)
    if rospec.transmitter is not None:
        found |= Part.POWER
    if rospec.session is not None:
        found |= Part.SESSION
    if rospec.search_mode is not None:
        found |= Part.SEARCH_MODE
    return found
