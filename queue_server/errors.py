"""The base of the server's own errors: a code, and a sentence in both languages."""

from typing import Literal

Kind = Literal["retry", "operator", "bug"]


class HallError(Exception):
    """Something that stops the server, said so that a person knows what to do."""

    def __init__(self, code: str, zh: str, en: str, kind: Kind = "operator") -> None:
        super().__init__(f"[{code}] {zh} / {en}")
        self.code = code
        self.zh = zh
        self.en = en
        self.kind: Kind = kind


class StartError(HallError):
    """The server cannot start."""
