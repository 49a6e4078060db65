"""Routes of the insights for managers and for commands of this computer: tables, files, trials."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.advice.learned import LearnedModels
from kiosk.store.api.auth import AdministratorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.insights.model_routes import add_models
from kiosk.store.api.insights.trial_routes import add_trials
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.errors import StoreError
from kiosk.store.insights.report import Insights, Report
from kiosk.store.insights.table import Table, TableName, Unit
from kiosk.store.insights.table_files import FileFormat, as_csv, as_parquet
from kiosk.store.insights.weeks import Period
from kiosk.store.trials.trial_desk import TrialDesk

Weeks = Annotated[Period, Query(description="whole weeks that have ended, in the shop's time zone")]
Language = Annotated[
    str, Query(max_length=8, description="of names of styles and colours; by default the shop's")
]
_Since = Annotated[int, Query(ge=0, lt=2**63)]
_TYPES = {FileFormat.CSV: "text/csv; charset=utf-8", FileFormat.PARQUET: "application/vnd.apache.parquet"}


class GoneError(StoreError):
    """What was asked for is not there any more; the text says what to use."""

    status = 410
    title = "Gone"


class ColumnAnswer(JsonObject):
    """A column: its key, and what its cells are."""

    key: str
    unit: Unit


class TableAnswer(JsonObject):
    """A table. A null cell is a number under 10, or one that would tell of such a group; the others are in tens (15
    stands for 10 to 19), or computed from such ones. `hidden`: groups that are left out whole."""

    name: TableName
    columns: tuple[ColumnAnswer, ...]
    rows: tuple[tuple[str | int | None, ...], ...]
    hidden: int


class TablesAnswer(JsonObject):
    """All tables of a period of whole weeks. `weeks`: how many of them are added up; fewer in a new shop."""

    first: date
    last: date
    weeks: int
    tables: tuple[TableAnswer, ...]


def insights_router(
    insights: Insights, trials: TrialDesk, models: LearnedModels, auth: AdministratorAuth, language: str,
    now_us: Callable[[], int],
) -> APIRouter:  # fmt: skip
    """No persons, no serials, no single visits. `language`: the shop's."""
    router = APIRouter(
        prefix="/api/v1/insights", tags=["managers"], dependencies=[Depends(auth)], route_class=LimitedRoute
    )

    def report(weeks: Period, wanted: str) -> Report:
        return insights.report(weeks, now_us(), wanted if wanted in LANGUAGES else language)

    @router.get("/tables", summary="All tables")
    def tables(weeks: Weeks = Period.FOUR_WEEKS, language: Language = "") -> TablesAnswer:
        """What was tried, kept, asked for, suggested, advised, by style, size, colour, hour and kind of request."""
        found = report(weeks, language)
        answers = tuple(_answer(table) for table in found.tables.values())
        return TablesAnswer(first=found.first, last=found.last, weeks=found.weeks, tables=answers)

    @router.get("/tables/{name}.{kind}", summary="A table as a file", response_class=Response)
    def file(
        name: TableName, kind: FileFormat, weeks: Weeks = Period.FOUR_WEEKS, language: Language = ""
    ) -> Response:
        """CSV (UTF-8, no text is a formula) or Parquet."""
        table = report(weeks, language).tables[name]
        content = as_csv(table) if kind is FileFormat.CSV else as_parquet(table)
        headers = {"Content-Disposition": f'attachment; filename="{name.value}.{kind.value}"'}
        return Response(content, media_type=_TYPES[kind], headers=headers)

    @router.get("/items", summary="Gone: see /tables", deprecated=True)
    def items(since_us: _Since = 0) -> None:  # noqa: ARG001 as it was
        """Showed groups of any size. 410."""
        raise GoneError("use /api/v1/insights/tables, which shows no group under 10")

    @router.get("/items.csv", summary="Gone: see /tables", deprecated=True)
    def items_file(since_us: _Since = 0) -> None:  # noqa: ARG001 as it was
        """Showed groups of any size. 410."""
        raise GoneError("use /api/v1/insights/tables/articles.csv, which shows no group under 10")

    add_models(router, models)
    add_trials(router, trials)
    return router


def _answer(table: Table) -> TableAnswer:
    columns = tuple(ColumnAnswer(key=column.key, unit=column.unit) for column in table.columns)
    return TableAnswer(name=table.name, columns=columns, rows=table.rows, hidden=table.hidden)
