"""`python -m simulation VERB …`: hands over to the verb's own program."""

import importlib
import sys
from collections.abc import Sequence

VERBS = {
    "demo": "开一个完整的演示大厅 · a whole hall that runs by itself",
    "replay": "用真实的一天重演大厅 · a recorded day, through real programs",
    "bench": "测量速度与可靠性 · figures for speed and reliability",
    "rules": "叫号规则：查看、检查、试行 · calling rules: list, check, try out",
    "backend": "管理平台的参考接收端 · a reference receiver for the management backend",
}


def main(argv: Sequence[str]) -> int:
    """Run one verb; its exit code."""
    if argv and argv[0] in VERBS:
        module = importlib.import_module(f"simulation.{argv[0]}")
        return int(module.main(list(argv[1:])) or 0)
    wanted_help = bool({"-h", "--help"} & set(argv[:1]))
    lines = "".join(f"  {verb:9} {text}\n" for verb, text in VERBS.items())
    usage = f"用法 Usage: python -m simulation VERB …   (VERB --help)\n\n{lines}"
    print(usage, end="", file=sys.stdout if wanted_help else sys.stderr)
    return 0 if wanted_help else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
