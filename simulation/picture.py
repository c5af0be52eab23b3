"""A drawing as pixels, by Qt without a window: a PNG goes into any document or chat."""

import os
import re
from pathlib import Path

_SHARP = 2
"""Pixels a unit of the drawing, so that it prints well."""
_FAMILIES = re.compile(r'font-family="([^",]+)[^"]*"')


class PictureError(Exception):
    """The picture cannot be made; the message is for people, in both languages."""


def png_of(svg: str, target: Path) -> None:
    """Write the drawing as a PNG. Raises `PictureError`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
        from PySide6.QtSvg import QSvgRenderer
    except ImportError as error:
        raise PictureError(
            f"没有 Qt，无法生成 PNG；请用 .svg 或 .html / no Qt here; use .svg or .html: {error}"
        ) from error
    application = QGuiApplication.instance() or QGuiApplication(["picture"])
    # Qt takes a list of families for the name of one.
    drawing = QSvgRenderer(_FAMILIES.sub(r'font-family="\1"', svg).encode())
    if not drawing.isValid():
        raise PictureError("不是 SVG / not an SVG")
    image = QImage(drawing.defaultSize() * _SHARP, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    del application
    if not image.save(str(target), "PNG"):  # type: ignore[call-overload]
        raise PictureError(f"{target}: 无法写入 / cannot be written")
