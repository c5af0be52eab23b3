"""Why a counter pauses: the usual words, which the screens know in both languages."""

from queue_server.domain.values import Text

USUAL = (
    Text(zh="整理材料", en="Handling documents"),
    Text(zh="短暂休息", en="Short break"),
    Text(zh="用餐", en="Meal break"),
    Text(zh="开会", en="In a meeting"),
    Text(zh="设备故障", en="Equipment trouble"),
    Text(zh="交接班", en="Change of shift"),
)


def pause_words(reason: str) -> Text:
    """The reason in both languages; free words stay as they are."""
    return next((text for text in USUAL if reason in {text.zh, text.en}), Text(zh=reason, en=""))
