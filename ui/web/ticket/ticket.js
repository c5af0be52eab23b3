// The page behind a ticket's QR: asks every ten seconds, and says so when it cannot.

const EVERY_MS = 10_000;
const address = `${location.pathname.replace(/\/$/, "")}/progress`;
const shown = (id) => document.getElementById(id);

/** The ticket's state as [kind, Chinese, English]. */
function sentence(ticket) {
  const counter = ticket.counter_number ?? ticket.counter ?? "—";
  switch (ticket.state) {
    case "waiting":
      return ticket.ahead === 0
        ? ["waiting", "下一位就是您，请留意呼叫", "You are next. Please listen for your number."]
        : [
            "waiting",
            `前方等候 ${ticket.ahead} 人`,
            `${ticket.ahead} ${ticket.ahead === 1 ? "person" : "people"} ahead of you`,
          ];
    case "called":
      return ["called", `请到 ${counter} 号窗口`, `Please go to counter ${counter}`];
    case "serving":
      return ["called", `正在 ${counter} 号窗口办理`, `Being served at counter ${counter}`];
    case "held":
      return ["waiting", "已挂起，窗口会再次呼叫您", "On hold. The counter will call you again."];
    case "no_show":
      return [
        "missed",
        "已过号，请到导办台或窗口办理复号",
        "You were called and missed it. Please ask at the help desk or the counter.",
      ];
    case "ended":
      return ended(ticket.end_reason);
    default:
      return ["waiting", "请到导办台咨询", "Please ask at the help desk."];
  }
}

function ended(reason) {
  switch (reason) {
    case "served":
      return ["done", "✓ 已办结，感谢您的到来", "✓ Done. Thank you for coming."];
    case "cancelled_by_citizen":
      return ["done", "您已放弃这张号票", "You gave this ticket up."];
    case "closed_at_day_end":
      return ["missed", "大厅已结束办公，号票作废", "The hall has closed; the ticket has ended."];
    default:
      return ["missed", "号票已结束，请到导办台咨询", "The ticket has ended. Please ask at the help desk."];
  }
}

function show(ticket) {
  const [kind, zh, en] = sentence(ticket);
  for (const language of ["zh", "en"]) {
    shown(`hall-${language}`).textContent = ticket.hall?.[language] ?? "";
    shown(`service-${language}`).textContent = ticket.service?.[language] ?? "";
  }
  shown("number").textContent = ticket.number;
  shown("state").className = `state ${kind}`;
  shown("zh").textContent = zh;
  shown("en").textContent = en;
  wait(ticket.wait, (ticket.steps ?? []).length > 0);
  steps(ticket.steps ?? [], ticket.state);
  document.title = `${ticket.number} ${zh}`;
}

/** How long it will still take, of several steps the one at hand; nothing where nobody knows, or
    knew only some time ago. */
function wait(words, ofStep = false) {
  const [zh, en] = ofStep ? ["本环节还需等候", "Still to wait in this step: "] : ["还需等候", "Still to wait: "];
  shown("wait-zh").textContent = words ? zh + words.zh : "";
  shown("wait-en").textContent = words ? en + words.en : "";
}

const NUMERALS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

/** The steps of the visit, and where each is done; none without a route. */
function steps(list, state) {
  shown("steps").replaceChildren(...list.map((step, place) => stepItem(step, place, state)));
}

function stepItem(step, place, state) {
  const item = document.createElement("li");
  item.className = step.state;
  if (step.state === "now") {
    item.setAttribute("aria-current", "step");
  }
  const mark = step.state === "done" ? "✓" : (NUMERALS[place] ?? `${place + 1}`);
  const [zh, en] = where(step, state);
  item.append(
    line("mark", mark),
    line("name", step.service.zh),
    line("where", zh),
    ...(step.service.en ? [line("name en", step.service.en)] : []),
    line("where en", en),
  );
  return item;
}

function line(kind, text) {
  const part = document.createElement("span");
  part.className = kind;
  part.textContent = text;
  if (kind.endsWith(" en")) {
    part.lang = "en";
  }
  return part;
}

/** Where a step is done, in both languages: its area and its counters. */
function where(step, state) {
  if (step.state === "done") {
    return ["已办", "Done"];
  }
  const numbers = step.counters.slice(0, 6);
  const more = step.counters.length > 6;
  const zh = [step.area?.zh, numbers.length > 0 ? `${numbers.join("、")} 号${more ? "等" : ""}窗口` : ""];
  const en = [step.area?.en, numbers.length > 0 ? `counter ${numbers.join(", ")}${more ? ", …" : ""}` : ""];
  if (step.state === "now") {
    const serving = state === "serving";
    zh.unshift(serving ? "正在办理" : "等候中");
    en.unshift(serving ? "now" : "waiting");
  }
  const words = (parts) => parts.filter(Boolean).join(" · ");
  return [words(zh), words(en)];
}

const clock = (time) => time.toLocaleTimeString("zh-CN", { hour12: false });
let asOf = null;

function late(zh, en) {
  const since = asOf === null ? "" : `，数据截至 ${clock(asOf)}`;
  const sinceEn = asOf === null ? "" : `; as at ${clock(asOf)}`;
  shown("age").textContent = `${zh}${since} ${en}${sinceEn}`;
  shown("age").className = "age late";
  wait(null);
}

async function ask() {
  try {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (answer.status === 404) {
      location.reload();
      return false;
    }
    if (!answer.ok) {
      throw new Error(`status ${answer.status}`);
    }
    show(await answer.json());
    asOf = new Date();
    shown("age").textContent = `${clock(asOf)} 更新 Updated`;
    shown("age").className = "age";
  } catch {
    late("暂时连不上大厅", "The hall cannot be reached");
  }
  return true;
}

async function follow() {
  while (await ask()) {
    await new Promise((wake) => setTimeout(wake, EVERY_MS));
  }
}

follow();
