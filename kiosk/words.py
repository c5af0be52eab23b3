"""The kiosk's own sentences in both languages: what can be done about a refusal, and the like."""

from queue_server.domain.values import Ms, Text
from ui.wording import clock

NOTICE = "1"
"""Version of the words that are shown before identity is taken; docs/notices.md has them all."""

SENTENCES = {
    "unanswered": Text(
        zh="服务器一直没有答复，是否取到号还不能确定",
        en="The server has not answered, so we cannot say whether you have a ticket",
    ),
    "internal": Text(zh="服务器出错，未能取号", en="The server failed; no ticket was taken"),
    "cut_off": Text(zh="与服务器断开，暂时查不到", en="Cut off from the server for the moment"),
    "number_short": Text(zh="身份证号码共 18 位，请输完整", en="An ID number has 18 characters"),
    "number_wrong": Text(
        zh="号码有误，请核对后重新输入", en="This number is not right; please check it"
    ),
    "unknown_ticket": Text(
        zh="今天没有这个号码，请核对", en="There is no such ticket today; please check the number"
    ),
    "scan_unknown": Text(
        zh="这个码不是本大厅的号票，请扫号票上的二维码",
        en="This code is not one of our tickets; please scan the code on your slip",
    ),
    "scan_appointment": Text(
        zh="现在不能凭预约码签到，请到导办台",
        en="Appointments cannot be checked in now; please ask at the help desk",
    ),
    "scan_appointment_at_home": Text(
        zh="这是预约码。请返回首页，直接扫码签到",
        en="This is an appointment's code. Go back to the first page and scan it there",
    ),
    "scan_citizen_arriving": Text(
        zh="这是证件码。请扫预约码，或放身份证签到",
        en="This is an ID code. Scan the appointment's code, or lay your card",
    ),
    "scan_no_appointment": Text(
        zh="这个码不是预约码，请扫预约短信或凭证上的码",
        en="This is no appointment's code; scan the one in your message or on your paper",
    ),
    "code_short": Text(zh="预约码共 8 位，请输完整", en="An appointment's code has 8 digits"),
    "helper_same_card": Text(
        zh="这是办事人的身份证，请换成您自己的",
        en="This is the other person's card; please lay your own",
    ),
    "unanswered_check_in": Text(
        zh="服务器一直没有答复，是否签到成功还不能确定",
        en="The server has not answered, so we cannot say whether you are checked in",
    ),
    "scan_citizen_here": Text(
        zh="这是证件码。请先选业务，再在“取号方式”里扫码",
        en="This is an ID code. Choose a service first, then scan it when asked who you are",
    ),
    "scan_ticket_here": Text(
        zh="这是号票上的码。查进度请先回首页",
        en="This is a ticket's code. To see its progress, go to the home page first",
    ),
    "card_expired": Text(
        zh="证件已过有效期，请携带有效证件办理",
        en="This card has expired; please bring a valid one to the counter",
    ),
    "card_expired_brief": Text(zh="证件已过期，请带有效证件", en="Card expired; bring a valid one"),
    "face_passed": Text(zh="人证核验一致", en="Your face matches the card"),
    "face_declined": Text(
        zh="您选择由窗口当面核对人证，请叫到号时出示身份证",
        en="You chose to be checked at the counter; please show your card when called",
    ),
    "face_helper": Text(
        zh="替别人取号：由窗口当面核对，请带好双方证件",
        en="For someone else: checked at the counter; please bring both cards",
    ),
    "face_typed": Text(
        zh="没有放身份证：由窗口当面核对，请出示身份证",
        en="Number typed: checked at the counter; please show your card",
    ),
    "face_no_photo": Text(
        zh="本机读不出证件照片：由窗口当面核对，请出示身份证",
        en="The card's photo cannot be read here: checked at the counter; please show your card",
    ),
    "face_no_camera": Text(
        zh="摄像头暂时不能用：由窗口当面核对，请出示身份证",
        en="The camera is not working: checked at the counter; please show your card",
    ),
    "face_not_ready": Text(
        zh="本机暂时不能核验：由窗口当面核对，请出示身份证",
        en="No face check here just now: checked at the counter; please show your card",
    ),
    "face_late": Text(
        zh="没有来得及核验：由窗口当面核对，请出示身份证",
        en="There was not enough time: checked at the counter; please show your card",
    ),
    "face_unsure": Text(
        zh="摄像头没有把握：由窗口当面核对，请出示身份证",
        en="The camera could not be sure: checked at the counter; please show your card",
    ),
    "face_failed": Text(
        zh="人与证件照片不符，不能用这张身份证取号",
        en="Face and card do not match; no ticket can be taken with this card",
    ),
}
"""Sentences for codes of the kiosk, and kinder ones for some of the server's."""

ADVICE = {
    "already_holding": Text(
        zh="同一业务只需一个号。可以查看前面还有几人；号票丢失请到导办台",
        en="One ticket a service is enough. See how many are ahead; if it is lost, ask at the desk",
    ),
    "service_inactive": Text(
        zh="可以改选其他业务，或到导办台咨询", en="Choose another service, or ask at the help desk"
    ),
    "face_failed": Text(
        zh="请到导办台核对；持他人证件请按“替别人取号”",
        en="Ask at the help desk, or take a ticket for someone else",
    ),
    "identity_required": Text(
        zh="请返回，放置身份证或输入证件号码", en="Go back and lay your card or type its number"
    ),
    "too_soon": Text(
        zh="请稍后再来；要改办其他业务，请到导办台咨询",
        en="Please come back later, or ask at the help desk about another service",
    ),
    "already_holding_other": Text(
        zh="本大厅每人同时只持一个号。可以查看前面还有几人",
        en="One ticket a person in this hall. You can see how many are ahead",
    ),
    "helper_is_holder": Text(
        zh="本人办理请返回，不选“替别人取号”",
        en="For yourself, go back and leave “for someone else” unmarked",
    ),
    "helper_limit": Text(
        zh="请办事人本人来取号，或到导办台说明情况",
        en="Our staff at the help desk can look into it",
    ),
    "appointment_unknown": Text(
        zh="预约码共 8 位，在预约短信或凭证上；也可以放身份证签到",
        en="The code's 8 digits are in your message or on your paper; your card will do, too",
    ),
    "appointment_none_today": Text(
        zh="替别人预约的，请用预约码签到；没有预约可以现在取号",
        en="Booked for somebody else? Use the code. Without an appointment, take a ticket now",
    ),
    "appointment_other_day": Text(
        zh="请在预约当天再来签到；今天想办可以取号，预约仍然有效",
        en="Come on that day to check in; the appointment stays",
    ),
    "appointment_day_not_open": Text(
        zh="您没有来错，工作人员会帮您处理",
        en="You are right to come today; our staff will help",
    ),
    "appointment_too_early": Text(
        zh="可以先休息，到时间再来签到；急办可以现在取普通号",
        en="Rest until then, or take a ticket now",
    ),
    **dict.fromkeys(
        ("appointment_missed", "appointment_cancelled"),
        Text(
            zh="今天想办可以现在取号；有疑问请到导办台",
            en="With any question, ask at the help desk",
        ),
    ),
    **dict.fromkeys(
        ("appointment_late_closed", "appointment_late_full"),
        Text(
            zh="有急事请到导办台；也可以另约一天",
            en="If it is urgent, ask at the help desk; or book another day",
        ),
    ),
    "appointment_kept": Text(
        zh="不用再取号。可以查看前面还有几人；号票丢失请到导办台",
        en="No other ticket is needed. See how many are ahead; if it is lost, ask at the desk",
    ),
    "unanswered_check_in": Text(
        zh="请不要反复签到，到导办台请工作人员帮您查询",
        en="Please do not try again and again; our staff at the help desk will look it up",
    ),
    "helper_identity_required": Text(
        zh="请带好您和办事人的身份证到导办台",
        en="Please take your own ID card and theirs to the help desk",
    ),
    **dict.fromkeys(
        ("closed_now", "closed_today", "band_full", "day_full", "hall_band_full", "hall_day_full"),
        Text(
            zh="已预约的请刷身份证取号；也可以改选其他业务",
            en="If you have booked, use your ID card; or choose another service",
        ),
    ),
    "day_closed": Text(
        zh="请在办公时间再来，或到导办台咨询", en="Please come in office hours, or ask at the desk"
    ),
    "too_fast": Text(zh="请稍等片刻再试一次", en="Please wait a moment and try again"),
    "server_stopping": Text(zh="请稍等片刻再试一次", en="Please wait a moment and try again"),
    "unanswered": Text(
        zh="请不要反复取号，到导办台请工作人员帮您查询",
        en="Please do not try again and again; our staff at the help desk will look it up",
    ),
}
TRY_AGAIN = frozenset({"appointment_unknown", "appointment_none_today", "too_fast"})
"""Refused check-ins for which another code or card may do."""
TAKE_INSTEAD = frozenset(
    f"appointment_{why}"
    for why in ("unknown", "none_today", "other_day", "too_early", "missed", "cancelled", "barred")
)
"""Refused check-ins after which a ticket can be taken at once."""
NO_TICKETS = Text(zh="现在不取号", en="No tickets now")
NOT_NOW = {
    "closed_now": Text(zh="未到取号时间", en="Not open yet"),
    "closed_today": Text(zh="今天不再取号", en="Closed today"),
    "no_hours": Text(zh="近期不取号，请咨询导办台", en="Not open; ask at the help desk"),
    "band_full": Text(zh="本时段号已满", en="Full now"),
    "hall_band_full": Text(zh="本时段号已满", en="Full now"),
    "day_full": Text(zh="今天号已满", en="Full today"),
    "hall_day_full": Text(zh="今天号已满", en="Full today"),
}
"""On a service's tile: why no ticket is given now."""
AGAIN = Text(zh="，{at} 起", en="; from {at}")
FEW = 10
"""Tickets left from which on a service's tile says so."""
FEW_LEFT = Text(zh="仅剩 {left} 个号", en="Only {left} tickets left")
ONE_LEFT = Text(zh="仅剩 1 个号", en="Only one ticket left")
READER_DOWN = Text(zh="读卡器暂时不能用", en="The card reader is out of order")
SCANNING_DOWN = Text(
    zh="扫码暂时不能用，请改为输入号码", en="Scanning is out of order; please type the number"
)
PRINTER_DOWN = Text(zh="打印机暂时不能用", en="the printer is out of order")
PRINTER = {
    "printer.paper_out": Text(zh="打印机缺纸", en="the printer is out of paper"),
    "printer.cover_open": Text(zh="打印机盖没有合上", en="the printer's cover is open"),
}
"""A device's trouble, to a citizen: cables and power are for the manager's page."""
READER_BROKEN = frozenset(
    f"id_reader.{code}"
    for code in (
        "bad_command", "not_permitted", "request_rejected", "sam_failed", "sam_unauthorised",
        "silent", "unknown_command",
    )
)  # fmt: skip
"""Codes after which laying the card again helps nobody."""

HELP = Text(
    zh="请到导办台，工作人员会帮您办理", en="Please go to the help desk; our staff will help you"
)
"""What can always be done."""

PRIORITY = {
    "disabled": Text(zh="残疾人优先", en="Priority for people with disabilities"),
    "pregnant": Text(zh="孕妇优先", en="Priority for pregnant women"),
    "soldier": Text(zh="军人优先", en="Priority for soldiers"),
}
PRIORITY_OTHER = Text(zh="优先办理", en="Priority")


def elderly(age: int) -> Text:
    """Priority by age, with the hall's own number of years."""
    return Text(zh=f"{age} 岁以上优先", en=f"Priority: aged {age} or over")


def priority(reason: str, elderly_age: int) -> Text | None:
    """What to call a ticket's priority; None where it has none."""
    if not reason:
        return None
    return elderly(elderly_age) if reason == "elderly" else PRIORITY.get(reason, PRIORITY_OTHER)


LATE = Text(zh="已过预约时间，按普通号等候", en="Too late: an ordinary ticket")


def rank(reason: str, elderly_age: int, booked_at: Ms | None, *, late: bool = False) -> Text | None:
    """Why a ticket may be called before others: its appointment's time, its holder's priority."""
    parts = [LATE] if late else []
    if booked_at is not None:
        at = clock(booked_at)
        parts.append(Text(zh=f"预约 {at}", en=f"Booked for {at}"))
    if why := priority(reason, elderly_age):
        parts.append(why)
    if not parts:
        return None
    return Text(zh="，".join(p.zh for p in parts), en="; ".join(p.en for p in parts))
