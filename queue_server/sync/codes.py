"""Why the management backend has not got everything: codes for the manager's page.

`retry` ends by itself; `operator` stays until a person does what the sentence says.
"""

from queue_server.domain.codes import Meaning

SYNC_CODES: dict[str, Meaning] = {
    # the way there
    "unreachable": Meaning(
        "retry", "连接不上管理平台，将自动重试", "The backend cannot be reached; trying again"
    ),
    "timed_out": Meaning(
        "retry",
        "管理平台未及时应答，将自动重试",
        "The backend did not answer in time; trying again",
    ),
    "cut_off": Meaning(
        "retry", "与管理平台的连接中断，将自动重试", "The connection was cut; trying again"
    ),
    "certificate_refused": Meaning(
        "operator",
        "管理平台的证书不可信，请检查 CA 文件与地址",
        "The backend's certificate is not trusted; check the CA file and the address",
    ),
    "ca_file_unusable": Meaning(
        "operator", "CA 文件无法使用，请检查", "The CA file cannot be used; check it"
    ),
    "token_file_unusable": Meaning(
        "operator", "令牌文件无法使用，请检查", "The token file cannot be used; check it"
    ),
    # the backend's answers
    "backend_busy": Meaning(
        "retry", "管理平台繁忙，将自动重试", "The backend is busy; trying again"
    ),
    "backend_failed": Meaning(
        "retry", "管理平台出错，将自动重试", "The backend failed; trying again"
    ),
    "resending": Meaning(
        "retry",
        "管理平台缺少早先的数据，正在补发",
        "The backend lacks earlier events; sending again",
    ),
    "token_refused": Meaning(
        "operator",
        "管理平台不接受本大厅的令牌，请更换",
        "The backend refuses the token; replace it",
    ),
    "hall_refused": Meaning(
        "operator", "管理平台不允许本大厅上报", "The backend does not allow this hall to report"
    ),
    "wrong_address": Meaning(
        "operator", "管理平台地址不正确，请检查", "The backend's address is wrong; check it"
    ),
    "too_large": Meaning(
        "operator",
        "管理平台不接收这么大的事件，请平台管理员放宽限制",
        "The backend takes no event this large; its limit must be raised",
    ),
    "conflict": Meaning(
        "operator",
        "管理平台已有内容不同的同号事件；本大厅的数据库可能是从旧备份恢复的，请联系平台管理员",
        "The backend holds another event under this number; was the hall restored from an older"
        " backup? Ask the backend's administrator",
    ),
    "refused": Meaning(
        "operator", "管理平台拒绝了上报内容，请联系平台管理员", "The backend refuses the events"
    ),
    "bad_answer": Meaning(
        "operator", "管理平台的应答不符合接口规定", "The backend's answer breaks the interface"
    ),
    # the hall's own log
    "log_incomplete": Meaning(
        "operator",
        "本大厅已没有管理平台所缺的事件，请从归档恢复",
        "The hall no longer has the events the backend lacks; restore them from the archive",
    ),
}
