"""A vendor's photo decoder in its child: small C libraries that decode, crash, hang, refuse.

They know nothing of WLF: they prove how a library is called and how its end is survived.
"""

import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest

from devices.errors import DeviceError
from devices.id_reader.photo import HEIGHT, WIDTH, Photo, PhotoDecoder, picture

SOURCE = r"""
/* Declared here, so that a compiler is enough, without the C library's headers. */
typedef struct stream FILE;
extern FILE *stdout;
FILE *fopen(const char *, const char *);
int fclose(FILE *), fflush(FILE *), printf(const char *, ...), fork(void), pause(void);
void *memset(void *, int, unsigned long);
void exit(int), abort(void);
#define RAW (102 * 126 * 3)

int decode(const unsigned char *wlf, int wlf_len, unsigned char *out, int *out_len) {
    printf("a library that chatters\n"); fflush(stdout);
    if (wlf_len != 1024 || *out_len < RAW) return 0;
    for (int i = 0; i < RAW; i += 3) {
        out[i] = wlf[0]; out[i + 1] = wlf[1]; out[i + 2] = wlf[1023];
    }
    *out_len = RAW;
    return 1;
}
int unpack(const unsigned char *wlf, unsigned char *out, int flag) {
    FILE *left = fopen("zp.bmp", "w"); if (left) fclose(left);
    memset(out, wlf[0] + flag, RAW);
    return 1;
}
int out_first(unsigned char *out, int *out_len, const unsigned char *wlf) {
    memset(out, wlf[2], RAW); *out_len = RAW; return 0;
}
int refuse(const unsigned char *w, int n, unsigned char *o, int *l) { return -3; }
int segfault(const unsigned char *w, int n, unsigned char *o, int *l) { return *(volatile int *)8; }
int leave(const unsigned char *w, int n, unsigned char *o, int *l) { exit(0); }
int give_up(const unsigned char *w, int n, unsigned char *o, int *l) { abort(); }
int hang(const unsigned char *w, int n, unsigned char *o, int *l) { for (;;) pause(); }
int fork_and_hang(const unsigned char *w, int n, unsigned char *o, int *l) {
    if (fork() == 0) for (;;) pause();
    for (;;) pause();
}
int too_long(const unsigned char *w, int n, unsigned char *o, int *l) { *l = 1 << 30; return 1; }
int negative(const unsigned char *w, int n, unsigned char *o, int *l) { *l = -5; return 1; }
int short_one(const unsigned char *w, int n, unsigned char *o, int *l) { *l = 7; return 1; }
"""
WLF = b"\x11\x22\x33" + bytes(1020) + b"\x44"
GRADIENT = bytes(
    (x + y + c) % 256 for y in range(HEIGHT) for x in range(WIDTH) for c in (0, 70, 140)
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    compiler = shutil.which("tcc") or shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("NO C COMPILER: that a vendor's photo decoder cannot harm is NOT tested here")
    folder = tmp_path_factory.mktemp("decoder")
    (folder / "decoder.c").write_text(SOURCE)
    target = folder / "libdecoder.so"
    options = ("-shared", "-nostdlib", "-fPIC", "-fno-builtin", "-w")
    subprocess.run([compiler, *options, "-o", target, folder / "decoder.c"], check=True)
    return str(target)


def code_of(decoder: PhotoDecoder) -> str:
    with pytest.raises(DeviceError) as caught:
        decoder.decode(WLF)
    return caught.value.code


def test_a_picture_comes_back(library: str) -> None:
    assert PhotoDecoder(library=library).decode(WLF).rgb == b"\x44\x22\x11" * (WIDTH * HEIGHT)
    as_rgb = PhotoDecoder(library=library, order="rgb").decode(WLF)
    assert as_rgb.rgb == b"\x11\x22\x44" * (WIDTH * HEIGHT)


def test_other_signatures(library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    photo = PhotoDecoder(library=library, function="unpack", arguments="wlf,out,0x10").decode(WLF)
    assert set(photo.rgb) == {0x21}
    assert list(tmp_path.iterdir()) == [], "what it leaves behind is thrown away"
    other = PhotoDecoder(
        library=library, function="out_first", arguments="out,out_len,wlf", success=0
    )
    assert set(other.decode(WLF).rgb) == {0x33}


@pytest.mark.parametrize(
    ("function", "code"),
    [
        ("refuse", "id_reader.photo_invalid"),
        ("segfault", "id_reader.photo_crashed"),
        ("give_up", "id_reader.photo_crashed"),
        ("leave", "id_reader.photo_invalid"),
        ("too_long", "id_reader.photo_invalid"),
        ("negative", "id_reader.photo_invalid"),
        ("short_one", "id_reader.photo_invalid"),
        ("no_such_function", "id_reader.photo_library"),
    ],
)
def test_whatever_it_does_is_a_code(library: str, function: str, code: str) -> None:
    assert code_of(PhotoDecoder(library=library, function=function)) == code


@pytest.mark.parametrize("function", ["hang", "fork_and_hang"])
def test_one_that_hangs_is_ended_with_all_it_started(library: str, function: str) -> None:
    decoder = PhotoDecoder(library=library, function=function, timeout=1.0)
    codes: list[str] = []
    thread = threading.Thread(target=lambda: codes.append(code_of(decoder)))
    thread.start()
    thread.join(30)
    assert codes == ["id_reader.photo_timeout"]
    deadline = time.monotonic() + 30
    while running(library) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(library)


def running(library: str) -> list[str]:
    """Processes that have the library on their command line."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
            state = (entry.parent / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if library.encode() in words and state != "Z":
            found.append(entry.parent.name)
    return found


def test_no_library_no_picture_and_no_harm(tmp_path: Path) -> None:
    assert code_of(PhotoDecoder(library=f"{tmp_path}/none.so")) == "id_reader.photo_library"
    (tmp_path / "text.so").write_text("no library")
    assert code_of(PhotoDecoder(library=f"{tmp_path}/text.so")) == "id_reader.photo_library"
    wrong = PhotoDecoder(library=f"{tmp_path}/text.so", arguments="wlf,magic")
    assert code_of(wrong) == "id_reader.photo_library"


def test_bmp_and_back() -> None:
    photo = Photo(GRADIENT)
    bmp = photo.bmp()
    assert len(bmp) == 54 + 308 * 126
    assert picture(bmp) == photo
    top_down = bytearray(bmp)
    top_down[22:26] = (-HEIGHT).to_bytes(4, "little", signed=True)
    rows = [bmp[54 + y * 308 :][:308] for y in range(HEIGHT)]
    assert picture(bytes(top_down[:54]) + b"".join(reversed(rows))) == photo
    assert repr(photo) == "Photo(…)"


@pytest.mark.parametrize("at", [18, 22, 28, 30])
def test_a_picture_of_another_shape_is_none(at: int) -> None:
    bmp = bytearray(Photo(GRADIENT).bmp())
    bmp[at] ^= 0x08
    with pytest.raises(DeviceError, match="photo_invalid"):
        picture(bytes(bmp))


def test_a_picture_cut_short_is_none() -> None:
    with pytest.raises(DeviceError, match="photo_invalid"):
        picture(Photo(GRADIENT).bmp()[:-1])
