"""Free text to sound: Kokoro where `hall voice install` put it, else espeak-ng with pinyin.

Each text is made by child processes with a time-out, so nothing that fails there reaches the calls.
"""

import io
import subprocess
import threading
import wave
from pathlib import Path
from typing import Final

import msgspec

from devices.errors import DeviceError
from devices.voice.options import VoiceOptions
from devices.voice.pcm import SAMPLE_RATE
from devices.voice.text_plan import english, mandarin, pinyin

ESPEAK_ZH: Final = ("espeak-ng", "-v", "cmn-latn-pinyin", "-b", "1", "-s", "150", "--stdout")
ESPEAK_EN: Final = ("espeak-ng", "-v", "en-gb", "-b", "1", "-s", "150", "--stdout")
ESPEAK_IPA: Final = ("espeak-ng", "-v", "en-us", "-b", "1", "-q", "--ipa")
PAUSE: Final = 0.5
"""Seconds between the languages."""
LOUDNESS: Final = 0.1
"""Root mean square of full scale that made speech is brought to, near the clips'."""
CHILD: Final = Path(__file__).with_name("kokoro_child.py")


def default_kokoro() -> Path:
    """Where `hall voice install` puts Kokoro unless told otherwise."""
    return Path.home() / ".local" / "share" / "hall" / "kokoro"


class TextEngine:
    """Kokoro or espeak-ng, asked anew each time: an installation is noticed without a restart."""

    def __init__(self, options: VoiceOptions) -> None:
        self._folder = Path(options.kokoro) if options.kokoro else default_kokoro()
        self._timeout = options.text_timeout
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    @property
    def name(self) -> str:
        """`kokoro` or `espeak-ng`."""
        return "kokoro" if (self._folder / "ready").exists() else "espeak-ng"

    def pcm(self, zh: str, en: str) -> bytes:
        """Both texts, the Mandarin first; an empty one is left out. DeviceError `voice.…`."""
        import numpy as np

        if not zh.strip() and not en.strip():
            raise DeviceError("voice.text", "empty")
        runs: list[bytes] = []
        if zh.strip():
            runs.append(self._mandarin(zh))
        if en.strip():
            runs.append(self._english(en))
        pause = bytes(2 * round(PAUSE * SAMPLE_RATE))
        levelled = []
        for run in runs:
            samples = np.frombuffer(run, dtype="<i2").astype(np.float32)
            level = float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0
            if level < 1.0:
                raise DeviceError("voice.engine_failed", "the engine made silence")
            peak = float(np.abs(samples).max())
            gain = min(LOUDNESS * 32768 / level, 32000 / peak)
            levelled.append((samples * gain).astype("<i2").tobytes())
        return pause.join(levelled)

    def stop(self) -> None:
        """End what runs; later texts fail."""
        with self._lock:
            self._is_stopped = True
            if self._child is not None:
                self._child.kill()

    def _mandarin(self, text: str) -> bytes:
        if self.name == "kokoro":
            return self._kokoro("zh", mandarin(text))
        return _samples(self._run(ESPEAK_ZH, pinyin(text).encode()))

    def _english(self, text: str) -> bytes:
        if self.name == "kokoro":
            ipa = self._run(ESPEAK_IPA, english(text).encode()).decode(errors="replace")
            return self._kokoro("en", " ".join(ipa.split()))
        return _samples(self._run(ESPEAK_EN, english(text).encode()))

    def _kokoro(self, language: str, text: str) -> bytes:
        python = self._folder / "venv" / "bin" / "python"
        task = msgspec.json.encode({"language": language, "text": text})
        return self._run((str(python), "-I", str(CHILD), str(self._folder)), task)

    def _run(self, command: tuple[str, ...], task: bytes) -> bytes:
        with self._lock:
            if self._is_stopped:
                raise DeviceError("voice.engine_failed", "stopped")
            try:
                child = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                )
            except OSError as error:
                detail = f"{command[0]}: {error.strerror}"
                raise DeviceError("voice.no_engine", detail) from error
            self._child = child
        try:
            out, words = child.communicate(task, self._timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise DeviceError("voice.engine_timeout", command[0]) from None
        finally:
            with self._lock:
                self._child = None
        if child.returncode != 0 or not out:
            last = words.decode(errors="replace").strip()[-200:]
            raise DeviceError(
                "voice.engine_failed", f"{command[0]} ended with {child.returncode}: {last}"
            )
        return out


def _samples(file: bytes) -> bytes:
    """A mono 16-bit WAV of any rate, in our rate. espeak-ng writes to a pipe, so its header's
    length is a guess: what follows the header counts."""
    import numpy as np

    try:
        with wave.open(io.BytesIO(file), "rb") as wav:
            rate, form = wav.getframerate(), (wav.getnchannels(), wav.getsampwidth())
            if form != (1, 2):
                raise DeviceError("voice.engine_failed", f"channels and bytes {form}")
            made = np.frombuffer(wav.readframes(len(file))[: len(file) & ~1], dtype="<i2")
    except (wave.Error, EOFError, ValueError) as error:
        raise DeviceError("voice.engine_failed", str(error)) from error
    times = np.arange(0, len(made) / rate, 1 / SAMPLE_RATE)
    even = np.interp(times, np.arange(len(made)) / rate, made)
    return bytes(even.astype("<i2").tobytes())
