"""`hall voice`: install the better voice for free text, or see which is there."""

import argparse
import sys
from pathlib import Path

from devices.errors import DeviceError
from devices.voice.install import install
from devices.voice.options import VoiceOptions
from devices.voice.text_engine import TextEngine, default_kokoro


def main() -> int:
    """Run one verb; 0 well, 1 after an error told on stderr."""
    parser = argparse.ArgumentParser(prog="hall voice", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verb = verbs.add_parser("install", help="安装 Kokoro 语音合成（需要网络） install Kokoro")
    verb.add_argument("--to", type=Path, default=default_kokoro(), metavar="DIR")
    verb = verbs.add_parser("engine", help="现用的合成程序 the engine that is used now")
    verb.add_argument("--kokoro", default="", metavar="DIR")
    given = parser.parse_args()
    try:
        if given.verb == "install":
            install(given.to.absolute())
        else:
            print(TextEngine(VoiceOptions(kokoro=given.kokoro)).name)
    except DeviceError as error:
        print(f"{error}\n{error.fault.zh}\n{error.fault.en}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
