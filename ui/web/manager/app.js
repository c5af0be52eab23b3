// The page: who may enter, the top, and the live hall.

import { Alerts } from "./alerts.js";
import { Calls } from "./calls.js";
import { Counters } from "./counters.js";
import { Detail } from "./detail.js";
import { clock } from "./model.js";
import { Login } from "./login.js";
import { page, pageOf, PagesNav } from "./pages.js";
import { Programs } from "./programs.js";
import { Queues } from "./queues.js";
import { say } from "./texts.js";
import { Tiles } from "./tiles.js";
import { h, watchEffect } from "./vue.js";

export const App = {
  props: { hall: Object },
  setup({ hall }) {
    const { state, documents } = hall;
    const t = (key, values) => say(state.language, key, values);
    const text = (both) => both?.[state.language] || both?.zh || "";
    const view = { hall, state, documents, t, text };
    watchEffect(() => {
      document.documentElement.lang = state.language === "en" ? "en" : "zh-CN";
      const name = text(documents.hall?.name);
      document.title = name ? `${name} · ${t("title")}` : t("title");
    });
    return () =>
      state.link === "idle"
        ? [top(view), h(Login, { view })]
        : [top(view), h(PagesNav, { view }), banner(view), calendarEnds(view), state.asOf === null ? null : body(view)];
  },
};

const body = (view) => (pageOf(view.state.opened) ? page(view) : live(view));

function live(view) {
  return h("main", { class: ["live", { stale: view.state.link !== "live" }] }, [
    h(Alerts, { view }),
    notOpen(view),
    h(Tiles, { view }),
    h("div", { class: ["columns", { opened: view.state.opened }] }, [
      h(Queues, { view }),
      h(Counters, { view }),
      h("div", { class: "side" }, [h(Calls, { view }), h(Programs, { view })]),
      view.state.opened ? h(Detail, { view, key: view.state.opened }) : null,
    ]),
  ]);
}

/** A hall that has not begun gives no tickets: the way to begin stands over all. */
function notOpen({ hall, documents, t }) {
  return documents.hall && !documents.hall.day
    ? h("p", { class: "not-open" }, [
        h("span", t("day.isClosed")),
        h("button", { type: "button", class: "plain", onClick: () => hall.open("day") }, t("day.openMore")),
      ])
    : null;
}

function top({ hall, state, documents, t, text }) {
  const signedIn = state.link !== "idle";
  return h("header", { class: ["top", { stale: state.link === "cut" }] }, [
    h("h1", text(documents.hall?.name) || t("title")),
    signedIn && state.asOf !== null ? day({ hall, state, documents, t }) : null,
    h("span", { class: "gap" }),
    state.link === "live"
      ? h("span", { class: "link" }, [
          h("span", { class: "dot", "aria-hidden": "true" }),
          t("live"),
          h("time", { class: "digits" }, clock(state.now, { seconds: true })),
        ])
      : null,
    h(
      "button",
      {
        type: "button",
        class: "plain",
        lang: state.language === "en" ? "zh-CN" : "en",
        onClick: () => hall.speak(state.language === "en" ? "zh" : "en"),
      },
      t("language"),
    ),
    signedIn
      ? h("button", { type: "button", class: "plain", onClick: () => hall.leave() }, t("leave"))
      : null,
  ]);
}

function day({ hall: page, state, documents, t }) {
  const hall = documents.hall;
  if (!hall) {
    return h("span", { class: "day" }, t("dayUnknown"));
  }
  const open = { type: "button", title: t("day.title"), onClick: () => page.open("day") };
  return h("button", { ...open, class: ["day", hall.day ? "is-open" : "is-closed"] }, [
    h("b", t(hall.day ? "dayOpen" : "dayClosed")),
    hall.day
      ? h(
          "span",
          { class: "digits" },
          t("daySince", { day: hall.day, time: clock(hall.opened_at, { now: state.now }) }),
        )
      : null,
  ]);
}

/** The public calendar ends soon: later days go by their weekday until somebody says more. */
function calendarEnds({ state, documents, t }) {
  const until = state.link === "live" && documents.hall?.calendar_until;
  return until ? h("p", { class: "banner coming", role: "status" }, h("span", t("calendarEnds", { until }))) : null;
}

function banner({ state, t, text }) {
  if (state.link === "live") {
    return null;
  }
  const known = state.asOf !== null;
  const words = known
    ? [h("b", { class: "digits" }, t("asOf", { time: clock(state.asOf, { seconds: true }) })), t("cut")]
    : [t(state.link === "cut" ? "never" : "connecting")];
  return h("p", { class: ["banner", { wrong: state.link === "cut" }], role: "status" }, [
    ...words.map((word) => (typeof word === "string" ? h("span", word) : word)),
    state.trouble ? h("span", { class: "quiet" }, text(state.trouble)) : null,
  ]);
}
