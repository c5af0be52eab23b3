"""`python -m ui PROGRAM`: the programs with a window, and the pictures of them."""

import importlib
import sys

PROGRAMS = {
    "caller": ("ui.caller.app", "叫号器 the counter staff's caller"),
    "screen": ("ui.counter_screen.app", "窗口屏 the screen over one counter"),
    "board": ("ui.board.app", "综合屏 the hall's board"),
    "pad": ("ui.pad.app", "评价器 the rating pad"),
    "pictures": ("ui.pictures.take", "全部画面的图片 pictures of every screen"),
}


def main(arguments: list[str]) -> int:
    """Hand over to one program."""
    if not arguments or arguments[0] not in PROGRAMS:
        print("python -m ui PROGRAM [--help]\n")
        for name, (_, text) in PROGRAMS.items():
            print(f"  {name:10}{text}")
        return 0 if arguments[:1] in (["--help"], ["-h"]) else 2
    module, _ = PROGRAMS[arguments[0]]
    code: int = importlib.import_module(module).main(arguments[1:])
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
