"""Every code the backend answers with: HTTP status, who must act, and both languages."""

from typing import Literal, NamedTuple

import msgspec


class Meaning(NamedTuple):
    """One code; `{name}` in a sentence is filled from the refusal's details."""

    status: int
    kind: Literal["retry", "operator", "bug"]
    zh: str
    en: str


REFUSALS: dict[str, Meaning] = {
    "bad_token": Meaning(401, "operator", "令牌缺失或无效", "The bearer token is missing or wrong"),
    "not_allowed": Meaning(
        403, "operator", "此令牌无权代表大厅 {hall}", "This token may not speak for hall {hall}"
    ),
    "not_found": Meaning(404, "operator", "没有这个地址", "No such address"),
    "unknown_hall": Meaning(
        404, "operator", "尚未收到大厅 {hall} 的数据", "Nothing was received from hall {hall} yet"
    ),
    "bad_method": Meaning(
        405, "bug", "此地址不支持该方法", "The address does not take this method"
    ),
    "bad_type": Meaning(
        415,
        "bug",
        "须为 application/json，编码为 gzip 或不压缩",
        "Send application/json, as gzip or not compressed",
    ),
    "bad_batch": Meaning(400, "bug", "上报内容无效：{detail}", "The batch is not valid: {detail}"),
    "bad_order": Meaning(
        400,
        "bug",
        "事件须按 seq 连续排列，{seq} 处不符",
        "Events must follow each other by seq; {seq} does not",
    ),
    "too_large": Meaning(
        413, "operator", "上报内容超过 {limit}", "The batch is larger than {limit}"
    ),
    "too_slow": Meaning(408, "retry", "未及时收完上报内容", "The batch did not arrive in time"),
    "gap": Meaning(
        409, "retry", "缺少事件，请从 {expected} 起上报", "Events are missing; send from {expected}"
    ),
    "conflict": Meaning(
        409,
        "operator",
        "事件 {seq} 已存在且内容不同",
        "Event {seq} is held already, with different content",
    ),
    "store_unavailable": Meaning(
        503, "retry", "暂时无法写入，未收下任何事件", "Cannot write now; nothing was taken"
    ),
    "internal": Meaning(
        500, "retry", "接收端内部错误，未收下任何事件", "The receiver failed; nothing was taken"
    ),
}


class Refusal(Exception):  # noqa: N818 - the interface's own word
    """A request that is not taken; `code` is a key of REFUSALS."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    @property
    def meaning(self) -> Meaning:
        """Status, kind and sentences."""
        return REFUSALS[self.code]

    def body(self) -> bytes:
        """The answer's JSON: code, kind, zh, en, and the details beside them."""
        zh, en = self.meaning.zh, self.meaning.en
        for name, value in self.details.items():
            zh = zh.replace("{" + name + "}", str(value))
            en = en.replace("{" + name + "}", str(value))
        first = {"code": self.code, "kind": self.meaning.kind, "zh": zh, "en": en}
        return msgspec.json.encode({**self.details, **first})
