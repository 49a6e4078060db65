"""Route of the insights' page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.api.auth import AssociateAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.insights.insight_routes import Weeks
from kiosk.store.insights.report import Insights
from kiosk.store.insights.weeks import Period
from kiosk.store.pages.insights.page import insights_page
from kiosk.store.pages.render import CSP, language_for
from kiosk.store.settings import ShopSettings
from kiosk.store.trials.trial_desk import TrialDesk


def insights_page_router(
    insights: Insights, trials: TrialDesk, auth: AssociateAuth, shop: ShopSettings, now_us: Callable[[], int]
) -> APIRouter:
    """The page for managers and analysts, signed in on the associates' page."""
    router = APIRouter(tags=["managers"], dependencies=[Depends(auth)], route_class=LimitedRoute)

    @router.get("/insights", summary="The insights as a page", response_class=HTMLResponse)
    def page(
        request: Request, weeks: Weeks = Period.FOUR_WEEKS, language: Annotated[str, Query(max_length=8)] = ""
    ) -> HTMLResponse:
        """Tables with charts, to be read and printed; no scripts. `language`: of `LANGUAGES`; else the browser's."""
        accepted = language_for(request.headers.get("accept-language", ""), shop)
        chosen = language if language in LANGUAGES else accepted
        report = insights.report(weeks, now_us(), chosen)
        headers = {"Content-Security-Policy": CSP, "Content-Language": chosen, "Cache-Control": "no-store"}
        return HTMLResponse(insights_page(report, trials.reports(), shop, chosen), headers=headers)

    return router
