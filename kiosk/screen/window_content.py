"""What is behind the window: the pages, the pictures and the language, put into it once its first frame is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtQuick import QQuickView

from kiosk.core.scene.scene import Scene
from kiosk.core.visit.touches import Touch
from kiosk.screen.assets import qml
from kiosk.screen.errors import ScreenLoadError
from kiosk.screen.idle_detector import IdleDetector
from kiosk.screen.language import LanguageSwitch, load_fonts
from kiosk.screen.light_images import LightImageProvider
from kiosk.screen.mirror_view_model import MirrorViewModel
from kiosk.screen.picture_loader import FetchPicture, GarmentImageProvider, PictureLoader
from kiosk.screen.qml_types import register
from kiosk.screen.qr_code import QrCodeProvider
from kiosk.screen.settings import ScreenSettings
from kiosk.screen.view_models import ViewModel


class WindowContent:
    """Lives in the Qt loop's thread. Raises ScreenLoadError where the QML module cannot be loaded."""

    def __init__(
        self,
        view: QQuickView,
        *,
        send: Callable[[Touch], None],
        fetch_picture: FetchPicture,
        now_us: Callable[[], int],
        settings: ScreenSettings,
    ) -> None:
        load_fonts()
        register()
        self._engine = view.engine()
        self._tongue = LanguageSwitch()
        self._pictures = PictureLoader(fetch_picture)
        self._mirror = MirrorViewModel(send=send, now_us=now_us, settings=settings, pictures=self._pictures)
        self._wiped = False
        self._provide(settings)
        view.setInitialProperties({"mirror": self._mirror})
        view.loadFromModule("Mirror", "MirrorScreen")
        if view.status() != QQuickView.Status.Ready:
            raise ScreenLoadError("; ".join(error.toString() for error in view.errors()))
        self._settling = IdleDetector(view, self._pictures, no_motion=settings.no_motion)

    def _provide(self, settings: ScreenSettings) -> None:
        self._engine.addImportPath(str(qml()))
        self._engine.addImageProvider("garment", GarmentImageProvider(self._pictures))
        self._engine.addImageProvider("light", LightImageProvider())
        self._engine.addImageProvider("code", QrCodeProvider())
        theme = self._engine.singletonInstance("Mirror", "Theme")
        if theme is None:
            raise ScreenLoadError("the module Mirror has no Theme")
        theme.setProperty("noMotion", settings.no_motion)
        theme.setProperty("reducedMotion", settings.reduced_motion)

    @property
    def shown(self) -> ViewModel:
        return self._mirror.shown

    @property
    def pictures_held(self) -> int:
        return self._pictures.held

    def show(self, scene: Scene) -> None:
        """Show a scene, in its language."""
        spoken = self._tongue.switch_to(scene.language)
        self._mirror.shown.update(scene)
        if self._wiped:
            self._wiped = False
            self._mirror.shown.clear()
        if spoken:
            self._engine.retranslate()
        self._settling.stir()

    def wipe(self) -> None:
        """Forget all that the present scene does not show."""
        # The next visit's first scene may be shown before or after: what it leaves behind goes either way.
        self._wiped = True
        self._pictures.clear()
        self._mirror.shown.clear()
        self._engine.collectGarbage()

    def when_idle(self, callback: Callable[[], None]) -> None:
        """Call back once everything shown stands still with all its pictures."""
        self._settling.when_idle(callback)

    def close(self) -> None:
        """Before the window goes."""
        self._tongue.uninstall()
        self._pictures.close()
