"""Speaks one text with Kokoro: JSON on stdin, 16-bit samples at 24 kHz on stdout.

Run by Kokoro's own environment as `kokoro_child.py FOLDER`, so it imports nothing of the hall.
The task is {"language": "zh" or "en", "text": …}: Mandarin with its digits spelled and its letters
in capitals, or English as IPA of espeak-ng. Inputs of the model: tokens [0, *ids, 0], the style row
of their number, the speed.
"""

import json
import re
import sys
from pathlib import Path

VOICES = {"zh": "zf_xiaoxiao", "en": "af_heart"}
SPEED = 0.85
MOST = 120
"""Sounds in one sentence: above it the model hurries."""
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [
            "ˈA",
            "bˈi",
            "sˈi",
            "dˈi",
            "ˈi",
            "ˈɛf",
            "ʤˈi",
            "ˈAʧ",
            "ˈI",
            "ʤˈA",
            "kˈA",
            "ˈɛl",
            "ˈɛm",
            "ˈɛn",
            "ˈO",
            "pˈi",
            "kjˈu",
            "ˈɑɹ",
            "ˈɛs",
            "tˈi",
            "jˈu",
            "vˈi",
            "dˈʌbᵊlju",
            "ˈɛks",
            "wˈI",
            "ʦei↘",
        ],
        strict=True,
    )
)
ENGLISH = (
    ("aɪ", "I"), ("aʊ", "W"), ("eɪ", "A"), ("oʊ", "O"), ("əʊ", "O"), ("ɔɪ", "Y"), ("dʒ", "ʤ"),
    ("tʃ", "ʧ"), ("ɚ", "əɹ"), ("ɝ", "ɜɹ"), ("ɡ", "ɡ"), ("g", "ɡ"), ("r", "ɹ"), ("ɐ", "ə"),
    ("əl", "ᵊl"), ("ɬ", "l"), ("x", "k"), ("ː", ""), ("̩", ""), ("\u0361", ""),
)  # fmt: skip
BREAKS = str.maketrans("，。！？；：、", ",.!?;:,")


def sounds_of(language: str, text: str) -> str:
    """The model's phonemes."""
    if language == "en":
        for espeak, kokoro in ENGLISH:
            text = text.replace(espeak, kokoro)
        return text
    from misaki.zh import ZHG2P  # type: ignore[import-not-found]

    to_sounds = ZHG2P()
    return "".join(
        f"{LETTERS[run]} " if run in LETTERS else to_sounds(run.translate(BREAKS))[0]
        for run in re.findall(r"[A-Z]|[^A-Z]+", text)
    )


def sentences(sounds: str) -> list[str]:
    """Pieces of at most MOST sounds, parted at punctuation where there is any."""
    pieces: list[str] = []
    for piece in re.findall(r"[^,.!?;:]*[,.!?;:]?\s*", sounds):
        if pieces and len(pieces[-1]) + len(piece) <= MOST:
            pieces[-1] += piece
        else:
            pieces += [piece[at : at + MOST] for at in range(0, len(piece), MOST)]
    return [piece for piece in pieces if piece.strip()]


def main(folder: Path) -> int:
    """Speak; 3 where the text has no sound that the model knows."""
    import numpy as np
    import onnxruntime  # type: ignore[import-not-found]

    task = json.load(sys.stdin)
    language = task["language"]
    ids = json.loads((folder / "vocab.json").read_text("utf-8"))["vocab"]
    sounds = sounds_of(language, task["text"])
    session = onnxruntime.InferenceSession(
        str(folder / "model.onnx"), providers=["CPUExecutionProvider"]
    )
    style = np.fromfile(folder / "voices" / f"{VOICES[language]}.bin", np.float32)
    style = style.reshape(-1, 1, 256)
    made = []
    for sentence in sentences(sounds):
        tokens = [ids[sound] for sound in sentence if sound in ids]
        if tokens:
            inputs = {
                "tokens": np.array([[0, *tokens, 0]], np.int64),
                "style": style[len(tokens) - 1],
                "speed": np.array([SPEED], np.float32),
            }
            made.append(session.run(["audio"], inputs)[0])
    if not made:
        return 3
    sound = np.clip(np.concatenate(made), -1, 1)
    sys.stdout.buffer.write(np.round(sound * 32767).astype("<i2").tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
