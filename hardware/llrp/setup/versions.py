"""The LLRP version of one connection (LLRP 1.1, clause 9.1; numbers in the header: 1 is LLRP 1.0.1, 2 is LLRP 1.1)."""

from __future__ import annotations

from typing import Final

from hardware.llrp.encoding.constants import StatusCode
from hardware.llrp.encoding.messages import GetSupportedVersionResponse, LlrpStatus
from hardware.llrp.setup.refusals import version_refusal
from hardware.llrp.setup.sequence import NEGOTIATING, SetupState

LATEST_VERSION: Final = 2


class Versions:
    """`used`: in our messages; `wanted`: to be agreed with the reader."""

    def __init__(self, wanted: int) -> None:
        self.used = 1
        self.wanted = wanted
        self._asked = False
        # the version of the reader's messages, if it is none of ours
        self._foreign: int | None = None

    def in_state(self, state: SetupState) -> int:
        """The version of a message that is sent in this state. The two requests about versions exist from version 2 on,
        and are sent before a version is agreed."""
        self._asked |= state is SetupState.GET_VERSION
        return LATEST_VERSION if state in NEGOTIATING else self.used

    def first_state(self) -> SetupState:
        return SetupState.GET_CAPABILITIES if self.wanted == 1 else SetupState.GET_VERSION

    def greeted_in(self, version: int) -> None:
        """The version of the reader's first message: a reader that uses LLRP 1.1 may not answer older messages."""
        self.wanted = max(self.wanted, min(version, LATEST_VERSION))

    def foreign_message(self, version: int, state: SetupState) -> SetupState | None:
        """A message of a later version: the state to enter, None if the message is to be read in this state.

        The reader is asked once to use one of our versions. Raises ReaderVersionError if it goes on with its own.
        """
        if state is SetupState.CONNECTION_EVENT:
            self._foreign, self.wanted = version, LATEST_VERSION
            return SetupState.GET_VERSION
        if state not in NEGOTIATING:
            raise version_refusal(version)
        return None

    def supported(self, message: GetSupportedVersionResponse) -> LlrpStatus:
        """Takes the reader's latest version if it is older than ours; a refusal if nothing needs to be agreed."""
        self.wanted = min(self.wanted, max(message.supported, 1))
        if self.wanted == message.current == 1:
            return LlrpStatus(StatusCode.UNSUPPORTED_VERSION)
        return message.status

    def agreed(self) -> None:
        self.used = self.wanted

    def refused(self, state: SetupState, status: LlrpStatus) -> SetupState | None:
        """A refusal in this state: the state to enter if it concerns the version, else None.

        A reader may accept LLRP 1.1 only. Raises ReaderVersionError if it accepts none of our versions.
        """
        if state in NEGOTIATING:
            if self._foreign is not None:
                raise version_refusal(self._foreign)
            return None
        if status.code != StatusCode.UNSUPPORTED_VERSION:
            return None
        if self._asked:
            raise version_refusal(None)
        self.wanted = LATEST_VERSION
        return SetupState.GET_VERSION
