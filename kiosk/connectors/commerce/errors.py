"""What can go wrong between the store and a system of the retailer. Texts contain nothing that the system said.

CommerceError
|-- NoConnectorError   the configuration cannot be used; permanent
|-- CredentialsError   the system does not accept the key (any more); somebody must act
|-- UnavailableError   no answer, or not now; passing, with the time after which to ask again if it is stated
`-- AnswerError        it answers something else than the description says
    `-- ChangedError   its list changes faster than it is read; passing
"""

from __future__ import annotations


class CommerceError(Exception):
    """Root of the errors. The text says why in a few words; it fits behind the connector's name and a colon."""


class NoConnectorError(CommerceError):
    """The configuration cannot be used; the text says what is wrong with it."""


class CredentialsError(CommerceError):
    """The system does not accept the key: it has expired, was withdrawn or is wrong."""


class UnavailableError(CommerceError):
    """The system does not answer, or not now. `retry_after_s`: as it states it, 0 if it does not."""

    def __init__(self, why: str, retry_after_s: int = 0) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(why)


class AnswerError(CommerceError):
    """The system answers, but not what was expected. `status`: that of HTTP, where it is the fault, else 0."""

    def __init__(self, why: str, status: int = 0) -> None:
        self.status = status
        super().__init__(why)


class ChangedError(AnswerError):
    """The list changed during each reading, so that rows may be missing."""
