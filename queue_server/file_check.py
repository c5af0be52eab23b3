"""Whether everything that `hall.toml` defines fits together, found before a hall is told of it.

Each definition is put to the rules as the server does at its start (`file_definitions`), in a hall
that knows nothing but the file.
"""

from pathlib import Path
from typing import NoReturn

from .almanac import ALMANAC
from .config import CatalogueConfig, read_config
from .domain.codes import sentence
from .domain.context import By, Given, Rejection
from .domain.decide import decide
from .domain.hall import Hall
from .domain.values import Ms
from .file_definitions import Definition, definitions


def check_file(path: Path) -> None:
    """Raises `ConfigError` with every mistake, a line of the file with each.

    A file that leaves services, areas or work profiles to the hall is checked as far as it goes.
    """
    read_config(path, definition_mistakes)


def definition_mistakes(catalogue: CatalogueConfig) -> list[str]:
    """What a hall that knows nothing else refuses of these definitions, each with its place."""
    if not (catalogue.services and catalogue.areas and catalogue.profiles):
        return []  # what they name the hall may have from before
    hall, mistakes, first = Hall(), list[str](), dict[tuple[str, str], int]()
    given = Given(
        now=Ms(0),
        by=By("configuration", manager=True),
        new_id=_nothing,
        person_key=_nothing,
        almanac=ALMANAC,
    )
    for one in definitions(catalogue):
        if one.kind == "calendar":
            continue  # what is wrong with a day was found when the file was read
        path = f"catalogue.{one.kind}" + ("" if one.number is None else f"[{one.number}]")
        earlier = first.setdefault((one.kind, one.id), one.number or 0)
        if one.number is not None and earlier != one.number:
            mistakes.append(f"{path}.id: 与 [{earlier}] 相同 / the same as [{earlier}]")
            continue
        refused = decide(hall, one.command, given)
        if isinstance(refused, Rejection):
            mistakes.append(_told(path, refused))
        _note(hall, one)  # refused ones too: who names them makes no mistake of their own
    return mistakes


def _told(path: str, refused: Rejection) -> str:
    detail = refused.details.get("detail", "")
    field, colon, words = detail.partition(": ")
    if colon and not set(field) & set(" ;"):
        return f"{path}.{field}: {words}"
    zh, en = (sentence(refused.code, refused.details, language) for language in ("zh", "en"))
    return f"{path}: {zh} / {en}"


def _note(hall: Hall, one: Definition) -> None:
    if one.kind == "settings":
        hall.settings = one.value  # type: ignore[assignment]
    else:
        getattr(hall, one.kind)[one.id] = one.value


def _nothing(*_: object) -> NoReturn:
    raise AssertionError("no definition needs an id or a person")
