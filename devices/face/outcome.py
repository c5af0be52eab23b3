"""What a face check says: hints on the way, one outcome at the end. No picture, no template."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """That the citizen agreed, when, and to which version of the text they read.

    A face is sensitive personal information: without this no check starts (PIPL articles 29, 31).
    """

    at: datetime
    text_version: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("consent: the time needs its zone")
        if not self.text_version.strip():
            raise ValueError("consent: which text was agreed to?")


class Outcome(StrEnum):
    """`ask_staff` wherever the machine is not sure: a person looks, nobody is turned away by it."""

    PASS = "pass"  # noqa: S105 - no password
    ASK_STAFF = "ask_staff"
    FAIL = "fail"


class Hint(StrEnum):
    """What to tell the citizen now; `face.…` texts are in HINTS."""

    LOOK = "face.look"
    NO_FACE = "face.no_face"
    SEVERAL = "face.several"
    FAR = "face.far"
    NEAR = "face.near"
    EDGE = "face.edge"
    DARK = "face.dark"
    BRIGHT = "face.bright"
    BLURRED = "face.blurred"
    TURNED = "face.turned"
    TURN_LEFT = "face.turn_left"
    TURN_RIGHT = "face.turn_right"


class Words(msgspec.Struct, frozen=True):
    """A sentence in both languages."""

    zh: str
    en: str


HINTS: Final[dict[Hint, Words]] = {
    Hint.LOOK: Words("请正视镜头，保持不动", "Look at the camera and keep still"),
    Hint.NO_FACE: Words("请站到镜头前", "Please stand before the camera"),
    Hint.SEVERAL: Words("请只留一人在镜头前", "One person at a time, please"),
    Hint.FAR: Words("请靠近一些", "Please come closer"),
    Hint.NEAR: Words("请退后一些", "Please step back a little"),
    Hint.EDGE: Words("请站到画面中间", "Please move to the middle"),
    Hint.DARK: Words("光线太暗，请面向亮处", "Too dark. Please face the light"),
    Hint.BRIGHT: Words("光线太强，请避开强光", "Too bright. Please turn away from the light"),
    Hint.BLURRED: Words("请保持不动", "Please keep still"),
    Hint.TURNED: Words("请正对镜头", "Please face the camera"),
    Hint.TURN_LEFT: Words("请向左转头，再转回来", "Turn your head to the left, then back"),
    Hint.TURN_RIGHT: Words("请向右转头，再转回来", "Turn your head to the right, then back"),
}


class FaceHint(msgspec.Struct, frozen=True, tag=True):
    """The hint has changed."""

    hint: Hint


class Reason(StrEnum):
    """Why a check ended as it did."""

    SAME = "face.same"
    DIFFERENT = "face.different"
    UNSURE = "face.unsure"
    NOT_SEEN = "face.not_seen"
    NO_TURN = "face.no_turn"
    CARD_PHOTO = "face.card_photo"
    CAMERA = "face.camera"
    MODELS = "face.models"


class FaceResult(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The check's end; said once. `similarity` is the median cosine of the judged frames, for
    setting thresholds, rounded; None where no frame was judged."""

    outcome: Outcome
    reason: Reason
    similarity: float | None = None


class CardPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """The chip's photo, decoded: `width` × `height` × 3 bytes, RGB, rows from the top."""

    width: int
    height: int
    rgb: bytes

    def __post_init__(self) -> None:
        if not (16 <= self.width <= 1024 and 16 <= self.height <= 1024):
            raise ValueError("card photo: sides of 16 to 1,024 pixels")
        if len(self.rgb) != self.width * self.height * 3:
            raise ValueError("card photo: width × height × 3 bytes")

    def __repr__(self) -> str:
        return f"CardPhoto({self.width}×{self.height})"


class FaceSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One-to-one thresholds and patience.

    SFace's published same-person threshold is a cosine of 0.363 (LFW 99.4 %). A chip's photo is
    small and years old, so the band around it is a person's to decide: at `pass_at` and above the
    same, below `fail_below` another, between them staff look. To be set on a hall's own cases (?).
    """

    pass_at: Annotated[float, Meta(description="通过 passes from this likeness on")] = 0.42
    fail_below: Annotated[float, Meta(description="不符 fails below this likeness")] = 0.28
    agree: Annotated[int, Meta(description="一致画面数 so many of the last frames must agree")] = 3
    of: Annotated[int, Meta(description="画面数 last judged frames that count")] = 5
    spacing: Annotated[float, Meta(description="间隔 least time between two of them, s")] = 0.2
    limit: Annotated[float, Meta(description="时限 staff are asked after this time, s")] = 15.0
    head_turn: Annotated[bool, Meta(description="转头 also ask for a turn of the head")] = False
    """It shows that somebody moves, no more: a film of a face, or a mask, moves too. No claim that
    the face is alive is made."""
    smallest: Annotated[int, Meta(description="人脸最小宽度 least width of a face, pixels")] = 90
    darkest: Annotated[float, Meta(description="最暗 least mean brightness of it, 0 to 255")] = 50.0
    brightest: Annotated[float, Meta(description="最亮 most mean brightness of it")] = 225.0
    least_sharpness: Annotated[
        float, Meta(description="清晰度 least variance of its Laplacian at 112 × 112 (?)")
    ] = 25.0
    most_yaw: Annotated[float, Meta(description="最大偏转 most turn of a judged face (?)")] = 0.25
    """As `gate.yaw` measures it."""
    turn_yaw: Annotated[float, Meta(description="转头幅度 least turn that was asked for (?)")] = 0.4

    def __post_init__(self) -> None:
        problems = [
            text
            for text, is_wrong in (
                ("fail_below must not exceed pass_at", self.fail_below > self.pass_at),
                ("pass_at and fail_below lie in -1 to 1", not -1 <= self.fail_below <= 1),
                ("pass_at and fail_below lie in -1 to 1", not -1 <= self.pass_at <= 1),
                ("agree must be more than half of `of`", not self.of / 2 < self.agree <= self.of),
                ("of: 1 to 50", not 1 <= self.of <= 50),
                ("spacing: 0 to 5 seconds", not 0 <= self.spacing <= 5),
                ("limit: 1 to 120 seconds", not 1 <= self.limit <= 120),
            )
            if is_wrong
        ]
        if problems:
            raise ValueError("; ".join(problems))
