// The business day: opening it, and closing it over what is still open.

import { Confirm, done } from "./confirm.js";
import { button, drawn, loading } from "./loading.js";
import { WEEK } from "./calendar.js";
import { clock, waitingNow } from "./model.js";
import { h, ref, shallowRef } from "./vue.js";

const weekday = (day) => WEEK[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];

export const DayDetail = {
  props: { view: Object },
  setup({ view }) {
    const { hall, documents, state, t } = view;
    const month = loading(view, () => hall.rest.get("calendar"), { on: [() => documents.hall] });
    const asking = ref(""); // "open", "close", or "over": close in spite of open tickets
    const left = shallowRef(null); // the refusal that says how many those are
    const last = shallowRef(null);
    const end = (words) => (did) => {
      if (did && left.value) {
        return; // refused for open tickets: that is asked next
      }
      asking.value = "";
      left.value = null;
      if (did) {
        last.value = { words };
      }
    };
    const close = async (over) => {
      left.value = null;
      try {
        await hall.rest.do({ type: "close_day", ...(over ? { over_open: true } : {}) });
      } catch (refused) {
        if (refused.code !== "open_tickets") {
          throw refused;
        }
        left.value = refused;
        asking.value = "over";
      }
    };

    const closed = (today) => [
      h("p", t("day.isClosed")),
      today.works ? null : h("p", { class: "warn" }, `▲ ${t("day.restDay")}`),
      asking.value === "open"
        ? h(Confirm, {
            view,
            question: t("day.askOpen", { day: today.day }),
            effect: t("day.openEffect"),
            yes: t("day.open"),
            act: () => hall.rest.do({ type: "open_day", day: today.day }),
            end: end(t("day.opened", { day: today.day })),
          })
        : button(t("day.openMore"), () => (asking.value = "open"), { main: true, disabled: state.link !== "live" }),
    ];
    const opened = () => [
      h("p", t("daySince", { day: documents.hall.day, time: clock(documents.hall.opened_at, { now: state.now }) })),
      asking.value === "close" || asking.value === "over"
        ? h(Confirm, {
            view,
            key: asking.value,
            question: asking.value === "over" ? t("day.askOver") : t("day.askClose", { day: documents.hall.day }),
            effect: t("day.closeEffect", { waiting: waitingNow(documents) }),
            harm: asking.value === "over" && left.value ? view.text(left.value) : "",
            yes: t(asking.value === "over" ? "day.closeOver" : "day.close"),
            act: () => close(asking.value === "over"),
            end: end(t("day.closed")),
          })
        : button(t("day.closeMore"), () => (asking.value = "close"), { main: true, disabled: state.link !== "live" }),
    ];
    return () =>
      h("div", { class: "office" }, [
        done(view, last),
        drawn(view, month, ({ today, days }) => {
          const one = days.find(({ day }) => day === today);
          return [
            h("p", [h("b", { class: "digits" }, `${today} ${t(`week.${weekday(today)}`)}`), ` ${t(one.works ? "cal.works" : "cal.rests")}`]),
            documents.hall?.day ? opened() : closed(one),
          ];
        }),
      ]);
  },
};
