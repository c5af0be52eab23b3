"""How a frozen snapshot of what is shown reaches QML."""

import types
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar, get_origin, get_type_hints

import msgspec
from PySide6.QtCore import Property, QObject, Signal


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Base of what a screen shows. Field names are those used in QML, so they are plain words."""


S = TypeVar("S", bound=Snapshot)


class Shown(QObject, Generic[S]):
    """The fields of one snapshot as QML properties; `show` notifies those that differ.

    Nested structs become maps, tuples become lists. Made by `shown`.
    """

    fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, first: S, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = first

    def show(self, following: S) -> None:
        """Replace the snapshot."""
        before, self.now = self.now, following
        for name in self.fields:
            if getattr(before, name) != getattr(following, name):
                getattr(self, f"{name}Changed").emit()


def shown(first: S, parent: QObject | None = None) -> Shown[S]:
    """A view model that shows `first`, and whatever its `show` is given later."""
    made: Shown[S] = _model(type(first))(first, parent)
    return made


@cache
def _model(kind: type[Snapshot]) -> Any:  # noqa: ANN401 - a class that Qt makes as we go
    hints = get_type_hints(kind)
    body: dict[str, Any] = {"fields": kind.__struct_fields__}
    for name in kind.__struct_fields__:
        changed = Signal()
        body[f"{name}Changed"] = changed
        body[name] = Property(_qt_type(hints[name]), _getter(name), notify=changed)
    return types.new_class(f"{kind.__name__}Shown", (Shown,), {}, lambda names: names.update(body))


def _getter(name: str) -> Any:  # noqa: ANN401 - Qt calls it
    def get(self: Shown[Any]) -> object:
        return msgspec.to_builtins(getattr(self.now, name))

    return get


def _qt_type(hint: Any) -> Any:  # noqa: ANN401 - any field's type
    if hint in {bool, int, float, str}:
        return hint
    return "QVariantList" if get_origin(hint) in {tuple, list} else "QVariant"
