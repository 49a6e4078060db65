"""What the reader of a stand asks the store, over the connections of a mirror's client."""

from __future__ import annotations

from urllib.parse import quote

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.sales.stand import StandAnswer
from kiosk.core.domain.status.mirror_status import MirrorStatus
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.mirror.store_client import StoreClient


class StandClient:
    """The requests of one stand. Every method raises StoreClientError. The ticket of a question is the tap's id."""

    def __init__(self, client: StoreClient, stand: str) -> None:
        self._client, self._base = client, f"/api/v1/stands/{quote(stand, safe='')}"

    def begin(self, question: IdentifyShopper) -> tuple[str, bytes]:
        """Begins a card authentication: its id and the first command for the card."""
        begun = self._client.ask_path("POST", f"{self._base}/meetings", question)
        return self._client.read(str, begun, "meeting_id"), self._client.command(begun)

    def proceed(self, meeting_id: str, answer: bytes) -> bytes | StandAnswer:
        """Sends the card's answer: the next command, or at the end the purchase."""
        path = f"{self._base}/meetings/{quote(meeting_id, safe='')}"
        step = self._client.ask_path("POST", path, {"answer": answer.hex()})
        if isinstance(step, dict) and "command" in step:
            return self._client.command(step)
        return self._purchase(step)

    def tap(self, question: IdentifyShopper) -> StandAnswer:
        """Buys with the signed link of a tap."""
        return self._purchase(self._client.ask_path("POST", f"{self._base}/taps", question))

    def state(self, order_id: OrderId) -> StandAnswer:
        """The state of a purchase."""
        return self._purchase(self._client.ask_path("GET", f"{self._base}/orders/{quote(order_id, safe='')}"))

    def seen(self, order_id: OrderId) -> None:
        """The reader has shown that a purchase is paid."""
        self._client.ask_path("PUT", f"{self._base}/orders/{quote(order_id, safe='')}/seen")

    def report_status(self, status: MirrorStatus) -> None:
        """Reports how the stand is."""
        self._client.ask_path("PUT", f"{self._base}/status", status)

    def _purchase(self, body: object) -> StandAnswer:
        answer: StandAnswer = self._client.read(StandAnswer, body, "purchase")
        return answer
