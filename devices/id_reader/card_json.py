"""A card as one JSON object, for a technician's eyes: masked unless it is to be shown."""

from datetime import date

from devices.id_reader.events import CardRead
from devices.id_reader.identity import CardKind, Identity, Validity

FOREVER = "长期"


def card_json(card: CardRead, day: date, *, show: bool = False) -> dict[str, object]:
    """The card's fields, dates as ISO 8601, and whether it is in force on `day`.

    Masked: names but their first character, birth, address, all numbers but four characters.
    """
    who = card.identity
    masked = who.masked()
    validity = who.validity_on(day)
    newest = card.newest_addresses[-1] if card.newest_addresses else who.newest_address
    found: dict[str, object] = {
        "kind": who.kind.value,
        "name": who.name if show else masked.name if who.name else "",
        "english_name": who.english_name if show else _short(who.english_name),
        "sex": who.sex.value,
        "nation": who.nation,
        "birth": who.birth.isoformat() if show else "****-**-**",
        "address": _hidden(who.address, show),
        "number": _number(who.number, show),
        "issuer": who.issuer,
        "valid_from": who.valid_from.isoformat(),
        "valid_to": who.valid_to.isoformat() if who.valid_to else FOREVER,
        "validity": validity.value,
        "expired": validity is Validity.EXPIRED,
        "newest_address": _hidden(newest, show),
    }
    found |= _of_kind(who, show)
    if card.chip_number:
        found["chip_number"] = _number(card.chip_number, show)
    if card.fingerprint_size:
        found["fingerprint_bytes"] = card.fingerprint_size
    return found


def _of_kind(who: Identity, show: bool) -> dict[str, str]:
    match who.kind:
        case CardKind.CITIZEN:
            return {}
        case CardKind.HMT:
            return {"permit": _number(who.permit, show), "issues": who.issues}
        case CardKind.FOREIGN_2017:
            return {"country": who.nation, "version": who.version}
        case CardKind.FOREIGN_2023:
            old = _hidden(who.old_number, show)
            return {"country": who.nation, "renewals": who.renewals, "old_number": old}


def _short(name: str) -> str:
    return name[:1] + "*" if name else ""


def _hidden(text: str, show: bool) -> str:
    return text if show or not text else "***"


def _number(text: str, show: bool) -> str:
    return text if show else "*" * max(0, len(text) - 4) + text[-4:]
