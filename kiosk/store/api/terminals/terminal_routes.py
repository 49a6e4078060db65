"""Routes of the payment terminals for managers and for commands of this computer: list, probe, test purchase."""

from typing import Annotated

from fastapi import APIRouter, Depends

from kiosk.connectors.payments.port import TerminalProbe
from kiosk.core.domain.ids import OrderId
from kiosk.store.api.auth import Administrator, AdministratorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.payments.terminals.terminal_desk import ConfiguredTerminal, TerminalDesk, TrialPurchase


class TerminalsAnswer(JsonObject):
    """The terminals that the store can use."""

    terminals: Wire[tuple[ConfiguredTerminal, ...]]


class ProbeAnswer(JsonObject):
    """What a terminal answers to a probe."""

    probe: Wire[TerminalProbe]


class TrialAnswer(JsonObject):
    """A test purchase."""

    test: Wire[TrialPurchase]


def terminal_router(desk: TerminalDesk, auth: AdministratorAuth) -> APIRouter:
    """The routes of the terminals."""
    router = APIRouter(
        prefix="/api/v1/terminals", tags=["managers"], dependencies=[Depends(auth)], route_class=LimitedRoute
    )

    @router.get("", summary="The payment terminals")
    def terminals() -> TerminalsAnswer:
        """With what each can do and the amount of a test purchase."""
        return TerminalsAnswer(terminals=desk.terminals())

    @router.post("/{name}/probe", summary="Try a terminal")
    def probe(name: str) -> ProbeAnswer:
        """Moves no money; takes up to 15 s."""
        return ProbeAnswer(probe=desk.probe(name))

    @router.post("/{name}/test", summary="Begin a test purchase", status_code=202)
    def begin(name: str, who: Annotated[Administrator, Depends(auth)]) -> TrialAnswer:
        """Collects the smallest amount from a card and gives it back at once."""
        return TrialAnswer(test=desk.begin_test(name, "a command" if who.local else who.name))

    @router.get("/tests/{order_id}", summary="A test purchase")
    def test(order_id: OrderId) -> TrialAnswer:
        """How far it has come."""
        return TrialAnswer(test=desk.test(order_id))

    @router.delete("/tests/{order_id}", summary="Stop a test purchase", status_code=202)
    def stop(order_id: OrderId) -> TrialAnswer:
        """Asks the terminal to stop waiting for the card; what it collects all the same is given back."""
        return TrialAnswer(test=desk.cancel_test(order_id))

    return router
