"""`python -m kiosk`: the kiosk; `pictures DIR`: its screens; `hash-password`: for its exit."""

import sys
import time

BEGAN = time.monotonic()


def main(arguments: list[str]) -> int:
    """Do what the first word says; without one, run the kiosk."""
    match arguments:
        case ["pictures", *rest]:
            from kiosk.pictures import main as pictures

            return pictures(rest)
        case ["hash-password"]:
            from getpass import getpass

            from kiosk.password import hashed

            print(hashed(getpass("退出密码（数字） exit password, digits: ")))
            return 0
        case _:
            from kiosk import app

            return app.main(arguments, BEGAN)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
