"""What the camera sees, for who stands before it: the latest picture alone, gone when it closes."""

from PySide6.QtCore import Property, QObject, QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickImageProvider

PROVIDER = "camera"


class Preview(QObject):
    """`source` is an Image's; empty where there is nothing to show. For the GUI thread."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._serial = 0
        self._provider: _Provider | None = None

    def serve(self, engine: QQmlEngine) -> None:
        """Let `engine`'s images ask for the picture; before its window is loaded."""
        self._provider = _Provider(self)
        engine.addImageProvider(PROVIDER, self._provider)

    def show(self, jpeg: bytes) -> None:
        """Show this picture; one that is none is passed over."""
        image = QImage.fromData(jpeg)
        if not image.isNull():
            self._set(image)

    def clear(self) -> None:
        """Forget the picture now."""
        if not self._image.isNull():
            self._set(QImage())

    @property
    def image(self) -> QImage:
        """The picture at hand."""
        return self._image

    def _set(self, image: QImage) -> None:
        self._image = image
        self._serial += 1
        self.changed.emit()

    def _source(self) -> str:
        return "" if self._image.isNull() else f"image://{PROVIDER}/{self._serial}"

    source = Property(str, _source, notify=changed)


class _Provider(QQuickImageProvider):
    def __init__(self, preview: Preview) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._preview = preview

    def requestImage(self, _name: str, size: QSize, _wanted: QSize) -> QImage:
        image = self._preview.image
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
