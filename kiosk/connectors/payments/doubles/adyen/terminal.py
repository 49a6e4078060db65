"""The terminal of the double: takes messages in plain text, keeps its journal, waits for cards, plays faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from threading import Condition
from typing import Any, Final
from urllib.parse import quote

from kiosk.connectors.payments.doubles.adyen.book import Book, Entry, Key
from kiosk.connectors.payments.doubles.adyen.faults import Fault, Kind, Planned
from kiosk.connectors.payments.doubles.adyen.schema import request_faults
from kiosk.connectors.payments.doubles.adyen.wording import (
    Answer,
    busy,
    failure,
    rejected,
    response,
    response_header,
    with_fault,
)

POI: Final = "V400m-324688179"
"""MODEL-SERIAL of a double that was given none."""
KINDS: Final[Mapping[str, Kind]] = {
    "Payment": Kind.PAYMENT,
    "TransactionStatus": Kind.STATUS,
    "Abort": Kind.ABORT,
}


class AdyenTerminal:
    """One terminal. `handle` returns when the request is answered; safe to use from many threads."""

    def __init__(self, poi: str = POI, card_wait_s: float = 120.0) -> None:
        self.poi, self.card_wait_s = poi, card_wait_s
        self.book = Book()
        self.shown = ""
        self._used: set[Key] = set()
        self._planned: list[Planned] = []
        self._changed = Condition()
        self._closed = False

    def plan(self, kind: Kind, fault: Fault, late_s: float = 0.0) -> None:
        """The next such request goes wrong."""
        with self._changed:
            self._planned.append(Planned(kind, fault, late_s))

    def waits(self) -> bool:
        """Whether a payment waits for its card."""
        with self._changed:
            return self.book.waiting() is not None

    def tap(self, *, good: bool = True, partial: Decimal = Decimal(0)) -> bool:
        """Lays a card on it, which has only `partial` unless that is 0; False where no payment waits."""
        with self._changed:
            entry = self.book.waiting()
            if entry is None:
                return False
            self.book.decide(entry, good=good, partial=partial)
            self._changed.notify_all()
        return True

    def listed(self) -> list[dict[str, Any]]:
        """All transactions, as the provider has them."""
        with self._changed:
            return [entry.listed() for entry in self.book.entries]

    def restart(self) -> None:
        """Loses the terminal's journal."""
        with self._changed:
            self.book.forget()
            self._changed.notify_all()

    def close(self) -> None:
        """Ends everything that waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait_closed(self, within_s: float) -> None:
        """Returns after that time, or at once when the terminal is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed, within_s)

    def handle(self, message: dict[str, Any]) -> Answer:
        """Answers one message (`SaleToPOIRequest`)."""
        wrong = request_faults(message)
        whole = message.get("SaleToPOIRequest")
        header = whole.get("MessageHeader") if isinstance(whole, dict) else None
        if not isinstance(whole, dict) or not isinstance(header, dict):
            return Answer(rejected(message, "Invalid message"))
        category = str(header.get("MessageCategory"))
        if wrong:
            return Answer(failure(header, category, "MessageFormat", f"errors={quote('; '.join(wrong))}"))
        if header["POIID"] != self.poi:
            return Answer(rejected(message, "Unknown POIID"))
        return self._carried_out(header, category, whole[f"{category}Request"])

    def _carried_out(self, header: dict[str, Any], category: str, body: dict[str, Any]) -> Answer:
        key = (header["SaleID"], header["ServiceID"])
        with self._changed:
            planned = self._take(header, category, body)
            if planned and planned.fault is Fault.NEVER_ARRIVES:
                return Answer(drop=True)
            if planned and planned.fault is Fault.IN_PROGRESS:
                return busy(header, category)
            if key in self._used:
                # combinations are rejected for 48 hours; how is not documented
                return Answer(failure(header, category, "NotAllowed", "message=ServiceID+already+used"))
            self._used.add(key)
            reply = self._REQUESTS[category](self, header, body, planned)
            if reply is None and category == "Payment":
                return Answer(drop=True)
            if planned and planned.fault is Fault.EMPTY_BOOK:
                self.book.forget()
        return with_fault(reply, planned)

    def _take(self, header: dict[str, Any], category: str, body: dict[str, Any]) -> Planned | None:
        if category == "Reversal":
            kind: Kind | None = Kind.REFUND if "ReversedAmount" in body else Kind.VOID
        else:
            kind = KINDS.get(category)
        if kind is Kind.STATUS:
            # the question that comes while a payment waits is not the one that is meant
            entry = self.book.find(_referred(header, body))
            if entry is not None and entry.body is None:
                return None
        found = next((p for p in self._planned if p.kind is kind), None)
        if found is not None:
            self._planned.remove(found)
        return found

    def _payment(
        self, header: dict[str, Any], body: dict[str, Any], planned: Planned | None
    ) -> dict[str, Any] | None:
        other = self.book.waiting()
        if other is not None:
            said = f"message=Forbidden+Request&serviceId={other.key[1]}"
            return failure(header, "Payment", "Busy", said)
        amounts = body["PaymentTransaction"]["AmountsReq"]
        entry = Entry(
            "Payment",
            (header["SaleID"], header["ServiceID"]),
            Decimal(str(amounts["RequestedAmount"])),
            amounts["Currency"],
            body["SaleData"]["SaleTransactionID"]["TransactionID"],
        )
        self.book.entries.append(entry)
        if planned and planned.fault is Fault.TAKEN_UP_LOST:
            return None
        if not self._changed.wait_for(lambda: entry.body is not None or self._closed, self.card_wait_s):
            self.book.end(entry, "Cancel", "message=126+Shopper+did+not+present+card")
        return None if entry.body is None else response(header, "Payment", entry.body)

    def _reversal(
        self, header: dict[str, Any], body: dict[str, Any], _: Planned | None
    ) -> dict[str, Any] | None:
        of = body["OriginalPOITransaction"].get("POITransactionID", {})
        amount = Decimal(str(body["ReversedAmount"])) if "ReversedAmount" in body else None
        said = body.get("SaleData", {}).get("SaleToAcquirerData", "")
        entry = Entry(
            "Reversal",
            (header["SaleID"], header["ServiceID"]),
            amount or Decimal(0),
            said.removeprefix("currency="),
            of=of.get("TransactionID", ""),
        )
        self.book.entries.append(entry)
        self.book.reverse(entry, of.get("TimeStamp", ""), amount)
        return response(header, "Reversal", entry.body or {})

    def _status(
        self, header: dict[str, Any], body: dict[str, Any], _: Planned | None
    ) -> dict[str, Any] | None:
        referred = _referred(header, body)
        reference = {"MessageReference": body.get("MessageReference", {})}
        entry = self.book.find(referred)
        if entry is None:
            return failure(
                header, "TransactionStatus", "NotFound", "message=Transaction+not+found", reference
            )
        entry.asked += 1
        if entry.body is None:
            return failure(header, "TransactionStatus", "InProgress", "message=In+progress", reference)
        again = {
            "MessageHeader": {
                **response_header(header, entry.category),
                "SaleID": entry.key[0],
                "ServiceID": entry.key[1],
            },
            "RepeatedResponseMessageBody": {f"{entry.category}Response": entry.body},
        }
        good = {"Response": {"Result": "Success"}, "RepeatedMessageResponse": again, **reference}
        return response(header, "TransactionStatus", good)

    def _abort(
        self, header: dict[str, Any], body: dict[str, Any], _: Planned | None
    ) -> dict[str, Any] | None:
        entry = self.book.find(_referred(header, body))
        if entry is not None and entry.body is None:
            self.book.end(entry, "Aborted", "message=104+Merchant+cancelled+tx")
            self._changed.notify_all()
        return None

    def _diagnosis(
        self, header: dict[str, Any], _: dict[str, Any], __: Planned | None
    ) -> dict[str, Any] | None:
        state = {
            "GlobalStatus": "Busy" if self.book.waiting() else "OK",
            "CommunicationOKFlag": True,
            "CardReaderOKFlag": True,
        }
        hosts = [{"AcquirerID": 1, "IsReachableFlag": True}]
        good = {"Response": {"Result": "Success"}, "POIStatus": state, "HostStatus": hosts}
        return response(header, "Diagnosis", good)

    def _display(
        self, header: dict[str, Any], body: dict[str, Any], _: Planned | None
    ) -> dict[str, Any] | None:
        output = body["DisplayOutput"][0]
        lines = output["OutputContent"].get("OutputText", [])
        self.shown = "\n".join(line["Text"] for line in lines)
        result = {
            "Device": output["Device"],
            "InfoQualify": output["InfoQualify"],
            "Response": {"Result": "Success"},
        }
        return response(header, "Display", {"OutputResult": [result]})

    _REQUESTS: Mapping[str, Callable[..., dict[str, Any] | None]] = {
        "Payment": _payment,
        "Reversal": _reversal,
        "TransactionStatus": _status,
        "Abort": _abort,
        "Diagnosis": _diagnosis,
        "Display": _display,
    }


def _referred(header: Mapping[str, Any], body: Mapping[str, Any]) -> Key:
    named = body.get("MessageReference", {})
    return named.get("SaleID", header["SaleID"]), named.get("ServiceID", "")
