"""The root view model of QML: the scene, the settings of the screen, and one slot for each touch event."""

# ruff: noqa: N802, N815  # QML naming; a slot renamed by @Slot(name=...) recurses without end (PySide6 6.11)
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Slot

from kiosk.core.domain.fit_feedback import FitArea, FitRating
from kiosk.core.domain.ids import ArticleId, ItemId, PieceId, RequestId
from kiosk.core.domain.promise.values import DeliveryWay
from kiosk.core.domain.service_request import RequestKind
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.delivery.delivery_touches import DeliveryOpened, DeliveryWayChosen, DeliveryZoneChosen
from kiosk.core.visit.pairing import PairingKey
from kiosk.core.visit.touches import (
    AllPiecesChosen,
    AsideRequested,
    AsideWithdrawn,
    BackPressed,
    BasketToggled,
    ColourChosen,
    Destination,
    FitAnswered,
    FitField,
    FitFieldChanged,
    FitQuestionOpened,
    FitRated,
    GarmentOpened,
    LanguageChosen,
    MessageClosed,
    MessageOpened,
    PageOpened,
    PairingKeyPressed,
    PaymentCancelRequested,
    PaymentConfirmed,
    PaymentRequested,
    PieceConfirmed,
    PreparedOpened,
    ReceiptPrintRequested,
    RequestWithdrawn,
    ScreenDarkened,
    ScreenWoken,
    ServiceRequested,
    SizeChosen,
    SizesOpened,
    SuggestionDismissed,
    SuggestionOpened,
    Touch,
    VisitClosed,
)
from kiosk.screen.picture_loader import PictureLoader
from kiosk.screen.settings import ScreenSettings
from kiosk.screen.view_models import ViewModel, view_model_type

SceneViewModel = view_model_type(Scene)
if TYPE_CHECKING:
    SceneViewModel = ViewModel


class MirrorViewModel(QObject):
    """Properties for QML to bind to, and slots that send touch events to the mirror."""

    def __init__(
        self,
        *,
        send: Callable[[Touch], None],
        now_us: Callable[[], int],
        settings: ScreenSettings,
        pictures: PictureLoader,
    ) -> None:
        super().__init__()
        self._send, self._now, self._settings, self._pictures = send, now_us, settings, pictures
        self._scene = SceneViewModel()

    @property
    def scene_view_model(self) -> ViewModel:
        """The view model of the scene, to be updated."""
        return self._scene

    scene = Property(SceneViewModel, lambda self: self._scene, constant=True)
    pictures = Property(PictureLoader, lambda self: self._pictures, constant=True)
    pageArea = Property(str, lambda self: self._settings.page_area.value, constant=True)
    readerSide = Property(str, lambda self: self._settings.reader_side.value, constant=True)
    noMotion = Property(bool, lambda self: self._settings.no_motion, constant=True)
    drift = Property(bool, lambda self: self._settings.drift, constant=True)
    scale = Property(float, lambda self: self._settings.scale, constant=True)
    rotation = Property(int, lambda self: self._settings.rotation, constant=True)

    @Slot()
    def wake(self) -> None:
        self._send(ScreenWoken(self._now()))

    @Slot(str)
    def openPage(self, destination: str) -> None:
        self._send(PageOpened(self._now(), Destination(destination)))

    @Slot(str)
    def openGarment(self, piece: str) -> None:
        self._send(GarmentOpened(self._now(), PieceId(piece)))

    @Slot(str)
    def openSuggestion(self, item: str) -> None:
        self._send(SuggestionOpened(self._now(), ItemId(item)))

    @Slot()
    def openSizes(self) -> None:
        self._send(SizesOpened(self._now()))

    @Slot(str)
    def chooseSize(self, size: str) -> None:
        self._send(SizeChosen(self._now(), size))

    @Slot(str)
    def chooseColour(self, code: str) -> None:
        self._send(ColourChosen(self._now(), code))

    @Slot(str, str)
    def rateFit(self, rating: str, area: str) -> None:
        self._send(
            FitRated(self._now(), FitRating(rating) if rating else None, FitArea(area) if area else None)
        )

    @Slot()
    def openFitQuestion(self) -> None:
        self._send(FitQuestionOpened(self._now()))

    @Slot(str, int)
    def changeFitField(self, field: str, by: int) -> None:
        self._send(FitFieldChanged(self._now(), FitField(field), by))

    @Slot(bool)
    def answerFitQuestion(self, answered: bool) -> None:
        self._send(FitAnswered(self._now(), answered))

    @Slot()
    def goBack(self) -> None:
        self._send(BackPressed(self._now()))

    @Slot(str, bool)
    def confirmPiece(self, piece: str, mine: bool) -> None:
        self._send(PieceConfirmed(self._now(), PieceId(piece), mine))

    @Slot(str)
    def dismissSuggestion(self, item: str) -> None:
        self._send(SuggestionDismissed(self._now(), ItemId(item)))

    @Slot(str, str, bool)
    def requestService(self, kind: str, article: str, at_door: bool) -> None:
        self._send(
            ServiceRequested(self._now(), RequestKind(kind), ArticleId(article) if article else None, at_door)
        )

    @Slot(str, str, str)
    def requestBoth(self, kind: str, article: str, second: str) -> None:
        """Asks for two sizes of a garment together."""
        both = ServiceRequested(self._now(), RequestKind(kind), ArticleId(article), second=ArticleId(second))
        self._send(both)

    @Slot(str, str)
    def askFor(self, kind: str, service: str) -> None:
        """Asks for a service: `kind` is "service" for those that the mirror has no kind for."""
        asked = RequestKind(kind)
        own = service if asked is RequestKind.SERVICE else ""
        self._send(ServiceRequested(self._now(), asked, service=own))

    @Slot(str)
    def withdrawRequest(self, request_id: str) -> None:
        self._send(RequestWithdrawn(self._now(), RequestId(request_id)))

    @Slot(str, str)
    def putAside(self, article: str, piece: str) -> None:
        """Has a piece put aside; `piece`: the one in the room, empty for one of the shop's."""
        self._send(AsideRequested(self._now(), ArticleId(article), PieceId(piece) if piece else None))

    @Slot(str)
    def takeBackAside(self, aside_id: str) -> None:
        self._send(AsideWithdrawn(self._now(), aside_id))

    @Slot(str, bool)
    def choosePiece(self, piece: str, wanted: bool) -> None:
        self._send(BasketToggled(self._now(), PieceId(piece), wanted))

    @Slot()
    def chooseAll(self) -> None:
        self._send(AllPiecesChosen(self._now()))

    @Slot()
    def openDelivery(self) -> None:
        self._send(DeliveryOpened(self._now()))

    @Slot(str, str)
    def chooseWay(self, way: str, piece: str) -> None:
        """Chooses how a piece reaches her; `piece` empty: all of the basket."""
        self._send(DeliveryWayChosen(self._now(), DeliveryWay(way), PieceId(piece) if piece else None))

    @Slot(str)
    def chooseZone(self, zone: str) -> None:
        self._send(DeliveryZoneChosen(self._now(), zone))

    @Slot()
    def requestPayment(self) -> None:
        self._send(PaymentRequested(self._now()))

    @Slot()
    def confirmPayment(self) -> None:
        self._send(PaymentConfirmed(self._now()))

    @Slot()
    def cancelPayment(self) -> None:
        self._send(PaymentCancelRequested(self._now()))

    @Slot()
    def printReceipt(self) -> None:
        self._send(ReceiptPrintRequested(self._now()))

    @Slot(str, str)
    def openMessage(self, message_id: str, article: str) -> None:
        """`article`: which piece of a look; empty for a message with one piece."""
        self._send(MessageOpened(self._now(), message_id, ArticleId(article) if article else None))

    @Slot(str)
    def openPrepared(self, article: str) -> None:
        self._send(PreparedOpened(self._now(), ArticleId(article)))

    @Slot(str)
    def closeMessage(self, message_id: str) -> None:
        self._send(MessageClosed(self._now(), message_id))

    @Slot(str)
    def chooseLanguage(self, language: str) -> None:
        self._send(LanguageChosen(self._now(), language))

    @Slot(str)
    def pressPairingKey(self, key: str) -> None:
        self._send(PairingKeyPressed(self._now(), PairingKey(key)))

    @Slot()
    def darkenScreen(self) -> None:
        self._send(ScreenDarkened(self._now()))

    @Slot()
    def closeVisit(self) -> None:
        self._send(VisitClosed(self._now()))
