"""Frames to bytes and back. Bytes that are no frame raise `FrameError`, never anything else."""

import msgspec

from ..domain.codes import CODES, sentence
from .messages import DOCUMENT_OF, ClientFrame, Document, Error, Rejected, ServerFrame

_client = msgspec.json.Decoder(ClientFrame)
_server = msgspec.json.Decoder(ServerFrame)
_encoder = msgspec.json.Encoder()
_documents = {name: msgspec.json.Decoder(kind) for name, kind in DOCUMENT_OF.items()}


class FrameError(Exception):
    """A frame that cannot be understood; `code` is `bad_frame` or `unknown_type`."""

    def __init__(self, code: str, details: dict[str, str]) -> None:
        super().__init__(sentence(code, details, "en"))
        self.code = code
        self.details = details


class _Tag(msgspec.Struct):
    type: str = ""


_tag = msgspec.json.Decoder(_Tag)
_CLIENT_TYPES = {"hello", "command", "read", "resume", "report"}
_SERVER_TYPES = {"welcome", "update", "result", "read_result", "error"}
_UNREADABLE = (msgspec.DecodeError, UnicodeError, RecursionError)


def encode(frame: msgspec.Struct) -> bytes:
    """JSON bytes of a frame or document."""
    return _encoder.encode(frame)


def decode_client(data: str | bytes) -> ClientFrame:
    """A client's frame. Raises `FrameError`."""
    try:
        frame: ClientFrame = _client.decode(data)
    except _UNREADABLE as error:
        raise _explain(data, error, _CLIENT_TYPES) from None
    return frame


def decode_server(data: str | bytes) -> ServerFrame:
    """A server's frame. Raises `FrameError`; `unknown_type` is a newer server's, to be ignored."""
    try:
        frame: ServerFrame = _server.decode(data)
    except _UNREADABLE as error:
        raise _explain(data, error, _SERVER_TYPES) from None
    return frame


def decode_document(topic: str, raw: msgspec.Raw | bytes) -> Document | None:
    """A topic's document, or None where a newer server has a topic this client does not know.

    Raises `FrameError`.
    """
    decoder = _documents.get(topic.partition("/")[0])
    if decoder is None:
        return None
    try:
        return decoder.decode(raw)
    except _UNREADABLE as error:
        raise FrameError("bad_frame", {"detail": str(error)[:200]}) from None


def _explain(data: str | bytes, error: Exception, known: set[str]) -> FrameError:
    try:
        tag = _tag.decode(data).type
    except _UNREADABLE:
        tag = ""
    if tag and tag not in known:
        return FrameError("unknown_type", {"type": tag[:40]})
    return FrameError("bad_frame", {"detail": str(error)[:200]})


def rejected(code: str, details: dict[str, str] | None = None) -> Rejected:
    """A rejection with its sentences filled in."""
    found = details or {}
    kind = CODES[code].kind if code in CODES else "bug"
    return Rejected(code, kind, sentence(code, found, "zh"), sentence(code, found, "en"), found)


def error(code: str, details: dict[str, str] | None = None, *, closing: bool = False) -> Error:
    """An error frame with its sentences filled in."""
    found = details or {}
    return Error(
        code=code,
        zh=sentence(code, found, "zh"),
        en=sentence(code, found, "en"),
        closing=closing,
    )
