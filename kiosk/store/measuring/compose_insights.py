"""Builds what counts visits and advice, and what reads the insights."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from kiosk.clock import Clocks
from kiosk.core.domain.payment import Order
from kiosk.store.clues.sentiment.calibration_file import WrittenOpinions
from kiosk.store.clues.sentiment.style_texts import MemberTexts
from kiosk.store.db.database import Database
from kiosk.store.errors import ImportStoppedError
from kiosk.store.insights.advice_counts import AdviceCounts
from kiosk.store.insights.opinions.opinion_book import OpinionBook
from kiosk.store.insights.report import Insights
from kiosk.store.insights.room_times import RoomTimes
from kiosk.store.insights.visit_watch import CountedVisits
from kiosk.store.insights.week_book import WeekBook
from kiosk.store.insights.weeks import ShopWeeks
from kiosk.store.payments.promises.order_promises import goods_of, goods_paid
from kiosk.store.settings import StoreSettings
from kiosk.store.trials.running_trial import RunningTrial
from kiosk.store.trials.trial_desk import TrialDesk


@dataclass(frozen=True, slots=True)
class InsightServices:
    """The insights of a store."""

    times: RoomTimes
    trial: RunningTrial
    book: WeekBook
    opinions: OpinionBook
    tables: Insights
    trials: TrialDesk
    advice: AdviceCounts

    @property
    def visits(self) -> CountedVisits:
        """Counts the visits."""
        return CountedVisits(self.times, self.trial)

    def sold(self, order: Order) -> None:
        """An order is settled."""
        self.trial.sold(order.room, order.ticket, len(goods_of(order)), goods_paid(order))

    def tick(self, steady_us: int) -> None:
        """Writes counts that wait. Raises SQLAlchemyError."""
        self.times.tick(steady_us)
        self.trial.tick(steady_us)

    def keep(self, trusted_us: int) -> None:
        """Works out results, adds up a week that has ended, deletes old ones and old trials, counts what was said of
        styles, prepares the tables: one of these at a time. Raises SQLAlchemyError."""
        self.trials.work_out()
        with suppress(ImportStoppedError):
            if self.book.sum_up(trusted_us) is not None:
                self.book.delete_before(trusted_us)
                self.trial.book.delete_before(self.book.oldest(trusted_us))
            elif self.opinions.count(trusted_us) is None:
                self.tables.prepare(trusted_us, self.book.pace)  # no week follows, which would change them

    def stop(self) -> None:
        """Ends what `keep` does at its next pause; may be called from any thread."""
        self.book.pace.stop()
        self.opinions.pace.stop()

    def close(self) -> None:
        """Writes what waits. Raises SQLAlchemyError."""
        self.times.write()
        self.trial.write()


def compose_insights(settings: StoreSettings, database: Database, clocks: Clocks) -> InsightServices:
    """Raises SQLAlchemyError."""
    zone = ZoneInfo(settings.shop.time_zone)
    weeks = ShopWeeks(zone)
    trial = RunningTrial(database, zone, clocks.now_us)
    texts = MemberTexts(database, settings.clues.records, WrittenOpinions(settings.clues.sentiment))
    return InsightServices(
        times=RoomTimes(database, weeks),
        trial=trial,
        book=WeekBook(database, weeks),
        opinions=OpinionBook(database, weeks, texts),
        tables=Insights(database, weeks),
        trials=TrialDesk(trial, tuple(room.room for room in settings.rooms), settings.shop.currency),
        advice=AdviceCounts(),
    )
