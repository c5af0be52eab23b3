"""Codes as cameras see them: blurred, pale, turned, aslant, and what is none."""

import cv2
import numpy as np
import pytest

from devices.camera.decode import Decoder, Found
from devices.camera.frame import Frame, Image
from devices.camera.options import USUAL
from devices.camera.scene import Scene, code_picture, jpeg

TEXT = "https://hall.example/t/0192f0c1a7b87d3e9f00112233445566"
SCENE = Scene()


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    return Decoder(USUAL)


def grey(picture: Image) -> Image:
    seen = Frame(0.0, jpeg=jpeg(picture)).grey
    assert seen is not None
    return seen


def texts(decoder: Decoder, picture: Image) -> list[str]:
    return [code.text for code in decoder.find(grey(picture))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("QRCode", TEXT),
        ("QRCode", "预约码：乙七"),
        ("Code128", "YY20250612A7"),
        ("Code39", "A012"),
        ("EAN13", "6901234567892"),
        ("EAN8", "69012341"),
        ("PDF417", "政务服务 A012"),
        ("DataMatrix", "A012"),
    ],
)
@pytest.mark.parametrize("size", [(640, 480), (1280, 720)])
def test_each_kind(decoder: Decoder, size: tuple[int, int], name: str, text: str) -> None:
    for picture in Scene(*size).with_code(text, name):
        assert decoder.find(grey(picture)) == [Found(text, name)]


@pytest.mark.parametrize("sigma", [1.0, 2.0])
def test_blurred(decoder: Decoder, sigma: float) -> None:
    for picture in SCENE.with_code(TEXT):
        blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)
        assert texts(decoder, blurred) == [TEXT]


@pytest.mark.parametrize("share", [0.5, 0.2, 0.1])
def test_pale(decoder: Decoder, share: float) -> None:
    for picture in SCENE.with_code(TEXT):
        pale = (picture * share + 110).astype(np.uint8)
        assert texts(decoder, pale) == [TEXT]


@pytest.mark.parametrize("degrees", range(0, 360, 30))
def test_turned(decoder: Decoder, degrees: int) -> None:
    matrix = cv2.getRotationMatrix2D((320, 240), degrees, 1)
    turned = cv2.warpAffine(SCENE.with_code(TEXT)[0], matrix, (640, 480))
    assert texts(decoder, np.asarray(turned, np.uint8)) == [TEXT]


@pytest.mark.parametrize("depth", [0.1, 0.2, 0.3])
def test_aslant(decoder: Decoder, depth: float) -> None:
    shift = 300 * depth
    corners = np.array(
        [(170, 90 + shift / 2), (470, 90), (470, 390), (170, 390 - shift / 2)], np.float32
    )
    assert texts(decoder, SCENE.laid(code_picture(TEXT), corners)) == [TEXT]


def test_light_on_dark(decoder: Decoder) -> None:
    assert texts(decoder, np.asarray(255 - SCENE.with_code(TEXT)[0], np.uint8)) == [TEXT]


def test_several_at_once(decoder: Decoder) -> None:
    left = np.array([(40, 120), (280, 120), (280, 360), (40, 360)], np.float32)
    right = left + np.array([320, 0], np.float32)
    both = SCENE.laid(code_picture("A012"), left)
    other = SCENE.laid(code_picture("B034"), right.astype(np.float32))
    both[:, 320:] = other[:, 320:]
    assert sorted(texts(decoder, both)) == ["A012", "B034"]


def test_nothing_in_nothing(decoder: Decoder) -> None:
    assert texts(decoder, SCENE.desk) == []
    noise = np.random.default_rng(1).integers(0, 256, (480, 640, 3), np.uint8)
    assert texts(decoder, noise) == []


def test_what_is_no_picture_is_none() -> None:
    for data in (b"", b"\xff\xd8\xff", b"x" * 1000):
        frame = Frame(0.0, jpeg=data)
        assert frame.grey is None
        assert frame.bgr is None
        assert frame.preview(320, mirror=True) == b""


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_preview_is_small_and_mirrored(is_packed: bool) -> None:
    picture = np.zeros((480, 640, 3), np.uint8)
    picture[:, :320] = 255
    frame = Frame(0.0, jpeg=jpeg(picture)) if is_packed else Frame(0.0, bgr=picture)
    small = cv2.imdecode(np.frombuffer(frame.preview(320, mirror=True), np.uint8), 0)
    assert small is not None
    assert small.shape == (240, 320)
    assert small[:, :150].mean() < 10
    assert small[:, 170:].mean() > 245
