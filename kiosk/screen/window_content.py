"""The content of the window (QML engine, pages, pictures, language), loaded after the first, empty frame."""

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
    """Used in the Qt thread only. Raises ScreenLoadError if the QML module cannot be loaded."""

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
        self._language = LanguageSwitch()
        self._pictures = PictureLoader(fetch_picture)
        self._mirror = MirrorViewModel(send=send, now_us=now_us, settings=settings, pictures=self._pictures)
        self._clear_after_next_scene = False
        self._configure_engine(settings)
        view.setInitialProperties({"mirror": self._mirror})
        view.loadFromModule("Mirror", "MirrorScreen")
        if view.status() != QQuickView.Status.Ready:
            raise ScreenLoadError("; ".join(error.toString() for error in view.errors()))
        self._idle_detector = IdleDetector(view, self._pictures, no_motion=settings.no_motion)

    def _configure_engine(self, settings: ScreenSettings) -> None:
        self._engine.addImportPath(str(qml()))
        self._engine.addImageProvider("garment", GarmentImageProvider(self._pictures))
        self._engine.addImageProvider("light", LightImageProvider())
        self._engine.addImageProvider("code", QrCodeProvider())
        theme = self._engine.singletonInstance("Mirror", "Theme")
        if theme is None:
            raise ScreenLoadError("the QML module Mirror has no Theme")
        theme.setProperty("noMotion", settings.no_motion)
        theme.setProperty("reducedMotion", settings.reduced_motion)

    @property
    def scene_view_model(self) -> ViewModel:
        return self._mirror.scene_view_model

    @property
    def cached_pictures(self) -> int:
        return self._pictures.cached_count

    def show(self, scene: Scene) -> None:
        """Show a scene in its language."""
        switched = self._language.switch_to(scene.language)
        self._mirror.scene_view_model.update(scene)
        if self._clear_after_next_scene:
            self._clear_after_next_scene = False
            self._mirror.scene_view_model.clear()
        if switched:
            self._engine.retranslate()
        self._idle_detector.mark_changed()

    def wipe(self) -> None:
        """Drop everything of a visit that the current scene does not show."""
        # The scene after the visit may be shown before or after this call; absent cards are cleared in both cases.
        self._clear_after_next_scene = True
        self._pictures.clear()
        self._mirror.scene_view_model.clear()
        self._engine.collectGarbage()

    def when_idle(self, callback: Callable[[], None]) -> None:
        """Call back once the window is idle, with all pictures loaded."""
        self._idle_detector.when_idle(callback)

    def close(self) -> None:
        """Release the translation and the picture workers; call before the window is closed."""
        self._language.uninstall()
        self._pictures.close()
