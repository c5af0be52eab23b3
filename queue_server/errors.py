"""What stops the server: each with a code and a sentence in both languages."""

from collections.abc import Iterable
from pathlib import Path
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
    """The server cannot start, or go on."""


def port_unavailable(port: int, error: OSError) -> StartError:
    """A door's port cannot be listened on."""
    return StartError(
        "port_unavailable",
        f"端口 {port} 无法监听：{error.strerror}；可能已有服务器在运行",
        f"cannot listen on port {port}: {error.strerror}; is a server running already?",
    )


def bad_certificate(error: Exception) -> StartError:
    """The files of `[tls]` are wrong."""
    return StartError(
        "bad_certificate",
        f"证书或密钥无法使用：{error}",
        f"the certificate or key cannot be used: {error}",
    )


def folder_unusable(folder: Path, error: OSError) -> StartError:
    """The data folder cannot be read or written."""
    return StartError(
        "folder_unusable",
        f"数据目录 {folder} 不可用：{error.strerror}",
        f"the data folder {folder} cannot be used: {error.strerror}",
    )


def bad_catalogue(told: Iterable[tuple[str, str]]) -> StartError:
    """The rules refuse what the configuration defines; `told` is why, in Chinese and English."""
    zh, en = zip(*told, strict=True)
    return StartError("bad_catalogue", "；".join(zh), "; ".join(en))


def writer_ended() -> StartError:
    """The running server could not go on writing."""
    return StartError(
        "writer_ended",
        "服务器无法继续写入，已退出；请看日志，重新启动即可从记录恢复",
        "the server could not go on writing and has ended; see its log, and start it again: it "
        "goes on from the record",
    )
