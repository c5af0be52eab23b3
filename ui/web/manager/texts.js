// Every text of the managers' page, in both languages; those of the pages beside it in texts_office.js.

import { OFFICE } from "./texts_office.js";

const LANGUAGE = "hall.manager.language";

export const initial = (window) =>
  window.localStorage.getItem(LANGUAGE) === "en" ? "en" : "zh";

export const remember = (window, language) => window.localStorage.setItem(LANGUAGE, language);

/** A text in `language`, with {name} filled from `values`. */
export function say(language, key, values = {}) {
  const found = TEXTS[key];
  const pattern = found ? found[language === "en" ? 1 : 0] : key.replace(/^\w+\./, "");
  return pattern.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? "—"));
}

/** A usual pause reason in `language`; a clerk's own words stay as they are. */
export function pauseWords(language, reason) {
  const known = PAUSES.find((both) => both.includes(reason));
  return known ? known[language === "en" ? 1 : 0] : reason;
}

/** What a device tells of itself, where it is a word of ours; else as it came. */
export function factWords(language, name, value) {
  const known = FACTS[`${name} ${value}`];
  return known ? known[language === "en" ? 1 : 0] : value;
}

const FACTS = {
  "paper ok": ["充足", "enough"],
  "paper near-end": ["将尽", "running low"],
  "paper out": ["用完", "used up"],
  "cover open": ["打开", "open"],
  "cover closed": ["关闭", "closed"],
  "cutter ok": ["正常", "well"],
  "cutter error": ["卡住", "stuck"],
  "source v4l2": ["USB 摄像头", "USB camera"],
  "source mjpeg": ["网络摄像头", "network camera"],
  "source file": ["图片文件", "picture files"],
  "asked yes": ["是", "yes"],
  "asked no": ["否", "no"],
  "answers no: what it shows cannot be known": [
    "只收不答，无法得知显示内容",
    "none: what it shows cannot be known",
  ],
  "output null": ["不出声", "silent"],
};

// The reasons that callers offer; a test holds them to ui/pauses.py.
const PAUSES = [
  ["整理材料", "Handling documents"],
  ["短暂休息", "Short break"],
  ["用餐", "Meal break"],
  ["开会", "In a meeting"],
  ["设备故障", "Equipment trouble"],
  ["交接班", "Change of shift"],
];

const TEXTS = {
  ...OFFICE,
  title: ["大厅实况", "Live hall"],
  language: ["English", "中文"],
  leave: ["退出", "Sign out"],

  token: ["管理员令牌", "Manager's token"],
  tokenWhy: [
    "令牌由服务器管理员用 hall server token 命令生成，仅保存在本标签页，关闭即清除。",
    "The administrator makes it with “hall server token”. It stays in this tab and is forgotten when the tab closes.",
  ],
  enter: ["进入", "Open"],
  tokenNeeded: ["请输入令牌", "Please enter the token"],

  connecting: ["正在连接服务器…", "Connecting to the server…"],
  live: ["实时", "Live"],
  asOf: ["数据截至 {time}", "Data as at {time}"],
  cut: ["与服务器的连接中断，正在重连", "Cut off from the server; reconnecting"],
  never: ["连不上服务器，正在重试；目前没有数据", "The server cannot be reached; trying again. No data yet"],
  noPush: [
    "网页能打开，但推送通道 {address} 连不上。请检查 doors.push_port 与 doors.origins",
    "This page can be had, but the push channel {address} cannot. Check doors.push_port and doors.origins",
  ],
  dayOpen: ["办公中", "Open"],
  dayClosed: ["未办公", "Closed"],
  dayUnknown: ["状态未知", "State unknown"],
  calendarEnds: [
    "放假安排只到 {until}；之后的日期暂按周一至周五上班，请更新软件或录入放假与调休日期",
    "Public holidays are known until {until}; later days go by their weekday. Update the software, or define the days",
  ],
  daySince: ["{day}，{time} 开始", "{day}, since {time}"],

  waiting: ["等候", "Waiting"],
  waitingNow: ["正在等候", "Waiting now"],
  people: ["人", ""],
  longest: ["最长等候", "Longest wait"],
  range: ["预计等候", "Expected wait"],
  rangeHint: ["现在取号预计等候的分钟数", "Minutes that who joins now will wait"],
  stillToWait: ["预计还需等候的分钟数", "Minutes still to wait"],
  "waits.learned": [
    "预计等候：自以往各天学得，约 {coverage}% 的人落在范围内",
    "Expected waits: learned from earlier days; about {coverage} of 100 lie within their range",
  ],
  "waits.plain": [
    "预计等候：天数尚少，按最近的等候给出，约 {coverage}% 的人落在范围内",
    "Expected waits: from recent waits, while few days are known; about {coverage} of 100 within",
  ],
  waitsTruth: [
    "今日 {n} 人：{coverage} 落在范围内，{above} 等得更久，范围宽 {width} 秒。",
    "Today, {n} people: {coverage} within, {above} longer; width {width} s.",
  ],
  waitsErrors: [
    "偏差 {bias} 秒，均方根误差 {own} 秒（当日平均 {day}，最近十位 {ten}）。",
    "Bias {bias} s, RMSE {own} s (the day's mean {day}, the last ten {ten}).",
  ],
  "waits.none": ["预计等候：自 {since} 起暂不提供", "Expected waits: none since {since}"],
  nobody: ["无人等候", "Nobody waiting"],
  beingServed: ["正在办理", "Being served"],
  countersOpen: ["开放窗口", "Counters open"],
  ofPaused: ["共 {of} 个，暂停 {paused} 个", "of {of}, {paused} paused"],
  servedToday: ["今日办结", "Served today"],
  show: ["查看构成", "Show what it is made of"],

  queues: ["队列", "Queues"],
  service: ["业务", "Service"],
  open: ["窗口", "Open"],
  noCounter: ["无窗口开放", "No counter open"],
  noQueues: ["还没有定义业务", "No service is defined yet"],
  trend: ["近 30 分钟等候人数", "Waiting, last 30 minutes"],
  trendEmpty: ["打开本页后开始记录", "Recorded from when this page is opened"],

  counters: ["窗口", "Counters"],
  counter: ["{number} 号窗口", "Counter {number}"],
  noCounters: ["还没有定义窗口", "No counter is defined yet"],
  serving: ["办理中", "Serving"],
  called: ["呼叫中", "Called"],
  free: ["空闲", "Free"],
  paused: ["暂停", "Paused"],
  closed: ["未开放", "Closed"],
  until: ["至 {time}", "until {time}"],
  overdue: ["已超时", "overdue"],
  noReason: ["未说明原因", "no reason given"],
  since: ["{time} 起", "since {time}"],

  calls: ["最新呼叫", "Newest calls"],
  noCalls: ["今天还没有呼叫", "No call yet today"],
  recall: ["重呼 {count}", "recall {count}"],

  programs: ["终端与设备", "Programs and devices"],
  noPrograms: ["还没有登记终端", "No program is registered yet"],
  connected: ["已连接", "Connected"],
  gone: ["断开", "Cut off"],
  goneSince: ["断开，{time} 起", "Cut off since {time}"],
  neverSeen: ["断开，服务器启动后未见", "Cut off; not seen since the server started"],
  allWell: ["全部正常", "All well"],
  cutOff: ["{count} 个断开", "{count} cut off"],
  deviceTrouble: ["{count} 个设备异常", "device trouble: {count}"],
  backendRole: ["上报", "Reports to"],
  backend: ["管理平台", "Backend"],
  backendTrouble: ["管理平台异常", "backend trouble"],
  "backend.starting": ["正在连接", "Connecting"],
  "backend.ok": ["已连接", "Connected"],
  "backend.retrying": ["正在重试", "Trying again"],
  "backend.operator": ["需人工处理", "Needs a person"],
  lacking: ["待报 {count} 条", "{count} unsent"],
  onDemand: ["按需连接", "Connects on demand"],
  kiosk: ["取号机", "Kiosk"],
  caller: ["叫号器", "Caller"],
  screen: ["窗口屏", "Counter screen"],
  board: ["综合屏", "Board"],
  pad: ["评价器", "Rating pad"],
  manager: ["管理", "Manager"],
  announcer: ["语音", "Announcer"],
  integration: ["接口", "Integration"],
  station: ["外设站", "Station"],
  allDevices: ["全部设备", "All devices"],
  noDevices: ["没有终端上报设备", "No program reports a device"],
  noDevicesHere: ["该终端没有上报设备", "This program reports no device"],
  deviceCount: ["{count} 个设备", "devices: {count}"],
  otherDevices: ["其余 {count} 个设备", "other devices: {count}"],
  alsoTrouble: ["✕ 另有 {count} 个异常", "✕ {count} more in trouble"],
  andOthers: ["等 {count} 个", "and others, {count} in all"],
  moreTrouble: ["另有 {count} 个设备故障，查看全部", "{count} more devices in trouble; show all"],
  printer: ["打印机", "Printer"],
  id_reader: ["读卡器", "ID reader"],
  scanner: ["扫码器", "Scanner"],
  camera: ["摄像头", "Camera"],
  led: ["LED 屏", "LED screen"],
  call_line: ["叫号线", "Caller line"],
  voice: ["语音播报", "Voice"],
  "device.ok": ["正常", "OK"],
  "device.warning": ["注意", "Warning"],
  "device.failed": ["故障", "Failed"],
  "device.gone": ["未连接", "Not connected"],
  "device.unknown": ["状态未知", "State unknown"],
  "device.lastKnown": ["终端断开前的状态", "As last reported, before the program was cut off"],
  "device.since": ["正常起于", "Well since"],
  "device.port": ["端口", "Port"],
  "device.driver": ["驱动", "Driver"],
  "device.firmware": ["固件", "Firmware"],
  "device.lastError": ["上次异常", "Last error"],
  "fact.paper": ["纸张", "Paper"],
  "fact.width": ["纸宽", "Paper width"],
  "fact.sam": ["安全模块号", "SAM number"],
  "fact.baud": ["波特率", "Baud"],
  "fact.addresses": ["地址", "Addresses"],
  "fact.heard": ["有应答的地址", "Addresses heard"],
  "fact.silent": ["无应答的地址", "Addresses silent"],
  "fact.output": ["声音输出", "Output"],
  "fact.clips": ["语音片段数", "Voice clips"],
  "fact.cover": ["上盖", "Cover"],
  "fact.cutter": ["切纸刀", "Cutter"],
  "fact.confirmed by": ["出纸确认方式", "Printing confirmed by"],
  "fact.source": ["画面来源", "Picture from"],
  "fact.size": ["画面大小", "Picture size"],
  "fact.asked": ["轮询", "Polled"],
  "fact.template": ["协议模板", "Protocol template"],
  "fact.answers": ["应答", "Answers"],
  "fact.replaced_characters": ["替换的字", "Characters replaced"],

  close: ["关闭", "Close"],
  unknownThing: ["没有这一项，可能已不再定义", "There is no such thing; it may not be defined any more"],
  servedBy: ["办理该业务的窗口", "Counters for this service"],
  tickets: ["等候的号票", "Waiting tickets"],
  ticketsFirst: ["共 {total} 张，列出前 {shown} 张", "{total} in all, the first {shown} shown"],
  ticketsUnknown: ["暂时查不到号票", "The tickets cannot be read just now"],
  noTickets: ["没有等候的号票", "No ticket is waiting"],
  noTicketCounter: ["没有窗口办理该业务，无法列出号票", "No counter serves this; its tickets cannot be listed"],
  ticket: ["号票", "Ticket"],
  priority: ["优先", "priority"],
  "priority.elderly": ["老年人优先", "Elderly"],
  "priority.disabled": ["残疾人优先", "Disabled"],
  "priority.pregnant": ["孕产妇优先", "Pregnant"],
  "priority.soldier": ["军人优先", "Soldier"],
  waited: ["等候", "waited"],
  issuedAt: ["取号", "Issued"],
  calledAt: ["呼叫", "Called"],
  startedAt: ["开始办理", "Service began"],
  recalls: ["重呼次数", "Recalls"],
  state: ["状态", "State"],
  staff: ["工作人员", "Staff"],
  signedIn: ["签到", "Signed in"],
  nobodySigned: ["无人签到", "Nobody signed in"],
  services: ["可办业务", "Services"],
  held: ["挂起", "On hold"],
  noShows: ["过号(可复号)", "No-shows who may return"],
  direct: ["指定本窗口等候", "Waiting for this counter"],
  today: ["今日", "Today"],
  countCalled: ["呼叫", "Called"],
  countServed: ["办结", "Served"],
  countNoShow: ["弃号", "No-shows"],
  countTransferred: ["转移", "Transferred"],
  rating: ["评价", "Rating"],
  "rating.none": ["无", "none"],
  "rating.asked": ["已请求", "asked"],
  "rating.rated": ["已评价", "rated"],
  "rating.declined": ["未评", "declined"],
  walkIn: ["直办", "walk-in"],
  "ticket.ended": ["已结束", "Ended"],
  together: ["联办窗口", "Joint work with"],
  steps: ["办理环节", "Steps of the visit"],
  "step.done": ["已办", "done"],
  "step.now": ["现在", "now"],
  "step.next": ["待办", "to come"],
  "why.step": ["第 {step} 步", "step {step}"],
  "why.joint": ["联办", "joint work"],
};
