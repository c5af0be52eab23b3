"""Every code the hall answers with, and its sentence in both languages.

`retry`: the same request may succeed later by itself. `operator`: a person must do something, as
the sentence says. `bug`: the program that asked is wrong.
"""

import re
from typing import Literal, NamedTuple

Kind = Literal["retry", "operator", "bug"]


class Meaning(NamedTuple):
    """One code's kind and sentences; `{name}` is filled from the rejection's details."""

    kind: Kind
    zh: str
    en: str


CODES: dict[str, Meaning] = {
    # the business day
    "day_closed": Meaning("operator", "大厅尚未开始办公", "The hall is not open"),
    "day_already_open": Meaning("operator", "{day} 已经开始办公", "{day} is already open"),
    "day_in_past": Meaning(
        "operator", "{day} 不晚于上一办公日 {last}", "{day} is not after the last day, {last}"
    ),
    "bad_day": Meaning("bug", "日期“{day}”无效", "“{day}” is not a date"),
    "day_too_far": Meaning(
        "operator", "{day} 距今天太远，请核对年份", "{day} is too far ahead; check the year"
    ),
    "open_tickets": Meaning(
        "operator",
        "还有 {count} 张号票未办结，确认后才能结束办公",
        "{count} tickets are still open; confirm to close the day over them",
    ),
    # definitions
    "bad_definition": Meaning("operator", "定义有误：{detail}", "Definition refused: {detail}"),
    "bad_profile": Meaning(
        "operator", "叫号策略有误：{problems}", "Work profile refused: {problems_en}"
    ),
    "bad_alert": Meaning(
        "bug",
        "没有指明是哪条报警，或超过 {limit} 字",
        "It does not say which alert, or is longer than {limit} characters",
    ),
    "trial_busy": Meaning(
        "retry",
        "{who} 正在试行另一套规则，请等它结束",
        "{who} is trying other rules; please wait until that has ended",
    ),
    # things named that are not there
    "unknown_service": Meaning("operator", "没有业务 {service}", "No service {service}"),
    "unknown_counter": Meaning("operator", "没有窗口 {counter}", "No counter {counter}"),
    "unknown_staff": Meaning("operator", "没有工作人员 {staff}", "No staff member {staff}"),
    "unknown_ticket": Meaning("operator", "查不到这张号票", "No such ticket today"),
    "unknown_transaction": Meaning("operator", "查不到这次办理", "No such transaction today"),
    "unknown_route": Meaning("operator", "没有流程 {route}", "No route {route}"),
    "unknown_branch": Meaning(
        "operator",
        "这一步没有分支 {branch}",
        "This step has no branch {branch}",
    ),
    # visits of several steps
    "route_elsewhere": Meaning(
        "operator",
        "流程“{route}”不从这项业务开始",
        "The route “{route_en}” does not begin with this service",
    ),
    "branch_required": Meaning(
        "operator",
        "办结前请先选择下一步：{branches}",
        "Choose what follows before ending: {branches_en}",
    ),
    "step_to_come": Meaning(
        "operator",
        "“{service}”是本号后面的步骤，办结后会自动转去；不再办本步骤的，请先改流程",
        "“{service_en}” is a later step of this visit and follows by itself after “end”;"
        " to leave this step out, change the route first",
    ),
    "not_in_service": Meaning(
        "operator", "{number} 号不在办理中，不能联办", "{number} is not being served; cannot join"
    ),
    "no_joint": Meaning(
        "operator",
        "{number} 号的这一步不再接受其他窗口联办",
        "This step of {number} takes no further counter",
    ),
    "not_fit": Meaning(
        "operator",
        "本窗口或本人不办理 {number} 号的业务",
        "This counter or its clerk does not do the service of {number}",
    ),
    "not_joint": Meaning(
        "operator",
        "只有本窗口在办理 {number} 号，不能退出联办",
        "No other counter serves {number}; it cannot be left",
    ),
    "joint_work": Meaning(
        "operator",
        "{counters} 号窗口也在办理 {number} 号；请对方先办结或退出联办",
        "Counter {counters} serves {number} too; it must end or leave first",
    ),
    # taking a ticket
    "service_inactive": Meaning(
        "operator",
        "“{service}”今天不办理，请咨询导办台",
        "“{service_en}” is not offered today; please ask at the help desk",
    ),
    "identity_required": Meaning(
        "operator",
        "“{service}”须实名取号，请放身份证或输入证件号码",
        "“{service_en}” is by real name: please lay your ID card or type its number",
    ),
    "already_holding": Meaning(
        "operator",
        "您已领取本业务的 {number} 号，请等候呼叫",
        "You already hold {number} for this service; please wait for its call",
    ),
    # bands and limits; `again` says when
    "closed_now": Meaning(
        "operator",
        "“{service}”现在不在取号时间，请于{again} 以后取号（当天 {hours}）",
        "No tickets for “{service_en}” now; come {again_en} or later ({hours_en})",
    ),
    "closed_today": Meaning(
        "operator",
        "“{service}”今天不再取号，下次取号：{again}（当天 {hours}）",
        "No more tickets for “{service_en}” today; next {again_en} ({hours_en})",
    ),
    "no_hours": Meaning(
        "operator",
        "“{service}”近期没有安排取号时间，请咨询导办台",
        "No hours are set for “{service_en}” in the coming weeks; please ask at the help desk",
    ),
    "band_full": Meaning(
        "operator",
        "“{service}”本时段 {limit} 个号已取完，请于{again} 再来取号",
        "All {limit} tickets for “{service_en}” in these hours are taken; come again {again_en}",
    ),
    "day_full": Meaning(
        "operator",
        "“{service}”今天 {limit} 个号已取完，请于{again} 再来取号",
        "All {limit} tickets for “{service_en}” today are taken; come again {again_en}",
    ),
    "hall_band_full": Meaning(
        "operator",
        "大厅本时段 {limit} 个号已取完，请于{again} 再来取号",
        "All {limit} tickets of the hall in these hours are taken; come again {again_en}",
    ),
    "hall_day_full": Meaning(
        "operator",
        "大厅今天 {limit} 个号已取完，请于{again} 再来取号",
        "All {limit} tickets of the hall today are taken; come again {again_en}",
    ),
    "too_soon": Meaning(
        "operator",
        "您刚取过 {number} 号，请于{again} 以后再取",
        "You took {number} a short while ago; take another {again_en} or later",
    ),
    "already_holding_other": Meaning(
        "operator",
        "您已持有“{service}”的 {number} 号，办结或取消后可再取号",
        "You hold {number} for “{service_en}”; take another once it is served or cancelled",
    ),
    "helper_identity_required": Meaning(
        "operator",
        "代人取号须出示代办人本人的身份证，请到导办台办理",
        "To take a ticket for somebody else, show your own ID card at the help desk",
    ),
    "helper_is_holder": Meaning(
        "operator",
        "代办人与办事人是同一人，请选择本人取号",
        "Helper and holder are the same person; please take the ticket for yourself",
    ),
    "helper_limit": Meaning(
        "operator",
        "您今天已代人取号 {limit} 次，请由办事人本人取号，或咨询导办台",
        "You have taken {limit} tickets for others today; please let the person take it, or ask at "
        "the help desk",
    ),
    "bad_priority": Meaning(
        "bug", "优先级须为 0 到 9，并附理由代码", "Priority is 0 to 9, with a reason code"
    ),
    "bad_holder": Meaning("bug", "持票人信息无效：{detail}", "Holder is not valid: {detail}"),
    # appointments
    "appointment_bad_serial": Meaning(
        "bug",
        "预约流水号须为 1 到 64 位字母、数字或 . _ -",
        "A serial is 1 to 64 letters, digits, . _ or -",
    ),
    "appointment_serial_taken": Meaning(
        "bug",
        "流水号 {serial} 已用于他人的预约，请换一个流水号",
        "Serial {serial} belongs to another person's appointment; use another serial",
    ),
    "appointment_past": Meaning(
        "operator",
        "该时间已过，请预约{first_day}至{last_day}的时段",
        "This time is past; please book a time between {first_day_en} and {last_day_en}",
    ),
    "appointment_today": Meaning(
        "operator",
        "当天不能预约，请直接到大厅取号，或预约{first_day}至{last_day}的时段",
        "Today cannot be booked; take a ticket in the hall, or book a time between {first_day_en} "
        "and {last_day_en}",
    ),
    "appointment_too_soon": Meaning(
        "operator",
        "最早可预约{first_day}，最晚{last_day}，请另选一天",
        "The first day that can be booked is {first_day_en}, the last {last_day_en}; please choose "
        "one of these",
    ),
    "appointment_too_far": Meaning(
        "operator",
        "目前可预约{first_day}至{last_day}，请选择其中的日期，或过几天再约",
        "Days from {first_day_en} to {last_day_en} can be booked now; choose one, or book later",
    ),
    "appointment_closed_day": Meaning(
        "operator",
        "{on}不是工作日，不能预约；{instead}",
        "There are no appointments {on_en}, which is no working day; {instead_en}",
    ),
    "appointment_no_such_band": Meaning(
        "operator",
        "{on}没有这个时段；{instead}",
        "There is no such time {on_en}; {instead_en}",
    ),
    "appointment_full": Meaning(
        "operator",
        "{when} 的名额已满；{instead}",
        "No places are left {when_en}; {instead_en}",
    ),
    "appointment_same_service": Meaning(
        "operator",
        "您已预约{when} 的“{service}”，可改约，或先取消",
        "You have booked “{service_en}” {when_en} already; move or cancel that one",
    ),
    "appointment_same_category": Meaning(
        "operator",
        "您已预约{when} 的同类业务，可改约、取消，或另选一天",
        "You have booked the like {when_en}; move or cancel it, or choose another day",
    ),
    "appointment_same_day": Meaning(
        "operator",
        "每人每天限约一次，您已预约{when}；可改约、取消，或另选一天",
        "One appointment a day: you have one {when_en}; move or cancel it, or choose another day",
    ),
    "appointment_no_queue": Meaning(
        "operator",
        "“{service}”尚无窗口办理，不能预约，请咨询导办台",
        "No counter serves “{service_en}”, so it cannot be booked; please ask at the help desk",
    ),
    "appointment_no_bands": Meaning(
        "operator",
        "“{service}”未开放预约，请直接到大厅取号",
        "“{service_en}” is not open for appointments; please take a ticket in the hall",
    ),
    "appointment_barred": Meaning(
        "operator",
        "因多次预约未到，到{until_day}为止不能预约，{next_day}起恢复；"
        "可直接到大厅取号，有异议请向大厅管理员申诉",
        "After missed appointments none can be booked until the end of {until_day_en}, again from "
        "{next_day_en}; tickets can be taken in the hall, and its manager hears appeals",
    ),
    "appointment_unknown": Meaning(
        "operator",
        "查不到这个预约，请核对，或直接取号",
        "No such appointment; please check, or take a ticket",
    ),
    "appointment_none_today": Meaning(
        "operator",
        "您今天没有预约，可直接取号",
        "You have no appointment today; you may take a ticket",
    ),
    "appointment_other_day": Meaning(
        "operator",
        "您的预约在{when}；今天可直接取号",
        "Your appointment is {when_en}; today you may take a ticket",
    ),
    "appointment_day_not_open": Meaning(
        "operator",
        "您的预约是{when}；大厅还没有开始今天的办公，请到导办台",
        "Your appointment is {when_en}, but the hall has not begun this day yet; please ask at the "
        "help desk",
    ),
    "appointment_too_early": Meaning(
        "operator",
        "您的预约时间是{when}，{from} 起可以签到；请稍候，或现在取普通号",
        "Your appointment is {when_en} and can be checked in from {from}; please wait "
        "until then, or take an ordinary ticket now",
    ),
    "appointment_missed": Meaning(
        "operator",
        "{when} 的预约已过时未到，可直接取号，或另行预约",
        "The appointment {when_en} was missed; take a ticket, or book another",
    ),
    "appointment_late_closed": Meaning(
        "operator",
        "{when} 的预约已过时，“{service}”现在也不在取号时间；请于{again} 以后取普通号",
        "The appointment {when_en} is over, and no tickets for “{service_en}” are given "
        "now; come {again_en} or later",
    ),
    "appointment_late_full": Meaning(
        "operator",
        "{when} 的预约已过时，“{service}”的普通号也已取完；请于{again} 再来取号",
        "The appointment {when_en} is over, and the ordinary tickets for “{service_en}” "
        "are all taken; come again {again_en}",
    ),
    "appointment_kept": Meaning(
        "operator",
        "{when} 的预约已签到，号码 {number}，请等候呼叫",
        "The appointment {when_en} is checked in as {number}; please wait for its call",
    ),
    "appointment_cancelled": Meaning(
        "operator",
        "{when} 的预约已取消，请另行预约或直接取号",
        "The appointment {when_en} was cancelled; book another, or take a ticket",
    ),
    "appointment_fixed": Meaning(
        "operator",
        "{when} 的预约，改约或取消须提前 {hours} 小时；来不了请联系大厅管理员",
        "The appointment {when_en} could be moved or cancelled until {hours} h before; "
        "please ask the hall's manager",
    ),
    "not_barred": Meaning(
        "operator",
        "此人没有失约记录或限制，可以预约",
        "Nothing missed is held against this person, who may book",
    ),
    # at the counter
    "not_signed_in": Meaning(
        "operator", "窗口 {counter} 尚未签到", "Nobody is signed in at {counter}"
    ),
    "counter_taken": Meaning(
        "operator", "窗口 {counter} 已由 {staff} 签到", "{staff} is signed in at {counter}"
    ),
    "staff_elsewhere": Meaning(
        "operator", "您已在窗口 {counter} 签到", "You are signed in at counter {counter}"
    ),
    "counter_paused": Meaning("operator", "窗口已暂停服务", "The counter is paused"),
    "not_paused": Meaning("operator", "窗口没有暂停", "The counter is not paused"),
    "already_paused": Meaning("operator", "窗口已经暂停", "The counter is already paused"),
    "counter_busy": Meaning(
        "operator", "请先办结 {number} 号", "Please finish with {number} first"
    ),
    "nobody_waiting": Meaning("retry", "没有等候的号票", "Nobody is waiting"),
    "no_current_ticket": Meaning("operator", "窗口没有正在办理的号票", "No ticket at this counter"),
    "already_started": Meaning(
        "operator", "{number} 号已开始办理", "Service of {number} has begun already"
    ),
    "not_started": Meaning(
        "operator", "{number} 号尚未开始办理", "Service of {number} has not begun"
    ),
    "not_distinct": Meaning(
        "bug", "本大厅呼叫即开始办理", "In this hall service begins with the call"
    ),
    "bad_time": Meaning(
        "operator",
        "恢复时间须晚于现在，且在 24 小时之内",
        "The pause must end later than now and within 24 hours",
    ),
    "reason_required": Meaning("operator", "请说明理由", "Please give a reason"),
    "no_right": Meaning("operator", "您没有此项权限", "You do not have the right to do this"),
    "not_waiting": Meaning("operator", "{number} 号不在等候中", "{number} is not waiting"),
    "not_no_show": Meaning("operator", "{number} 号没有过号", "{number} was not a no-show"),
    "returns_used_up": Meaning(
        "operator",
        "{number} 号复号次数已用完，请重新取号",
        "{number} has no more returns; please take a new ticket",
    ),
    "not_held_here": Meaning(
        "operator", "{number} 号不是本窗口挂起的", "{number} is not held at this counter"
    ),
    "transfer_to_itself": Meaning(
        "operator", "不能转移到本窗口", "A ticket cannot be transferred to its own counter"
    ),
    "already_ended": Meaning("operator", "{number} 号已结束", "{number} has ended already"),
    "ticket_in_service": Meaning(
        "operator", "{number} 号正在窗口办理", "{number} is at a counter now"
    ),
    # ratings
    "nothing_to_rate": Meaning("operator", "没有可评价的办理", "There is no service to rate"),
    "already_rated": Meaning(
        "operator",
        "这次办理已经评价过了，谢谢",
        "This service has been rated already, thank you",
    ),
    "bad_level": Meaning("bug", "评价等级须为 1 到 5", "A rating is 1 to 5"),
    "bad_reasons": Meaning("bug", "评价理由与等级不符", "The reasons do not belong to this level"),
    "too_long": Meaning("bug", "“{field}”超过 {limit} 字", "“{field}” is over {limit} characters"),
    # the wire
    "not_allowed": Meaning("operator", "本终端无权执行此操作", "This program may not do that"),
    "bad_token": Meaning(
        "operator",
        "令牌无效或已撤销，请重新登记本终端",
        "The token is wrong or revoked; register this program again",
    ),
    "hello_expected": Meaning("bug", "第一帧须为 hello", "The first frame must be hello"),
    "hello_timeout": Meaning("bug", "未在限时内登录", "No hello in time"),
    "hello_twice": Meaning("bug", "已经登录", "hello was sent already"),
    "bad_frame": Meaning("bug", "无法理解的消息：{detail}", "Frame not understood: {detail}"),
    "unknown_type": Meaning("bug", "未知的消息类型“{type}”", "Unknown frame type “{type}”"),
    "too_large": Meaning("bug", "消息超过 {limit} 字节", "Frame is over {limit} bytes"),
    "too_fast": Meaning("retry", "请求过快，请稍后再试", "Too many requests; try again shortly"),
    "too_slow": Meaning("retry", "终端接收过慢，已断开", "Receiving too slowly; disconnected"),
    "too_many_clients": Meaning("retry", "连接数已满", "Too many connections"),
    "bad_version": Meaning(
        "operator",
        "终端协议版本 {version} 不受支持，请升级",
        "Protocol version {version} is not supported; upgrade this program",
    ),
    "not_found": Meaning("bug", "没有这个地址或对象", "There is nothing at this address"),
    "bad_method": Meaning("bug", "此地址不支持该方法", "This address does not take that method"),
    "id_reused": Meaning(
        "bug", "同一编号已用于另一命令", "This id was used for a different command"
    ),
    # the server
    "store_unavailable": Meaning(
        "operator",
        "服务器无法写入（{detail}），请通知管理员；本次操作未生效",
        "The server cannot write ({detail}); tell the administrator. Nothing was changed",
    ),
    "server_stopping": Meaning("retry", "服务器正在停止", "The server is stopping"),
    "internal": Meaning("bug", "服务器内部错误，操作未生效", "Server error; nothing was changed"),
}


_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def sentence(code: str, details: dict[str, str], language: str) -> str:
    """The code's sentence in `language` (`zh` or `en`), filled with `details`.

    An unknown code is shown as itself, so that a newer server still says something.
    """
    meaning = CODES.get(code)
    if meaning is None:
        return code
    pattern = meaning.en if language == "en" else meaning.zh
    return _PLACEHOLDER.sub(lambda found: details.get(found[1], found[0]), pattern)
