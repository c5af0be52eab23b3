// What a number is made of: opened beside the hall, closed with Escape. Its address can be kept.

import { CounterDetail } from "./detail_counter.js";
import { QueueDetail } from "./detail_queue.js";
import { card } from "./counters.js";
import { DayDetail } from "./day.js";
import { Devices } from "./devices.js";
import { counters, programs, queueRows, service, serving, span } from "./model.js";
import { TicketDetail } from "./why.js";
import { h, nextTick, onMounted, ref } from "./vue.js";

export const Detail = {
  props: { view: Object },
  setup({ view }) {
    const { hall, state, t } = view;
    const close = ref(null);
    onMounted(() => nextTick(() => close.value?.focus({ preventScroll: true })));
    return () => {
      const [kind, id] = state.opened.split("/");
      return h("aside", { class: "detail", "aria-label": title(view, kind, id) }, [
        h("div", { class: "detail-head" }, [
          h("h2", title(view, kind, id)),
          h(
            "button",
            { type: "button", class: "plain", ref: close, onClick: () => hall.open("") },
            `✕ ${t("close")}`,
          ),
        ]),
        content(view, kind, id),
      ]);
    };
  },
};

function title({ documents, t, text }, kind, id) {
  switch (kind) {
    case "queue":
      return text(service(documents, id).name);
    case "counter": {
      const found = documents[`counter/${id}`];
      return found ? t("counter", { number: found.number }) : t("counters");
    }
    case "ticket":
      return t("ticket");
    case "day":
      return t("day.title");
    case "waiting":
      return t("waitingNow");
    case "serving":
      return t("beingServed");
    case "open":
      return t("countersOpen");
    case "served":
      return t("servedToday");
    case "devices":
      return t("allDevices");
    case "program":
      return programs(documents)?.find((one) => one.id === id)?.name ?? t("programs");
    default:
      return "—";
  }
}

function content(view, kind, id) {
  const { documents, t } = view;
  switch (kind) {
    case "queue":
      return h(QueueDetail, { view, id, counters: serving(documents, id) });
    case "counter":
      return h(CounterDetail, { view, id });
    case "ticket":
      return h(TicketDetail, { view, id });
    case "day":
      return h(DayDetail, { view });
    case "waiting":
      return waiting(view);
    case "serving":
      return cards(view, (one) => one.state === "serving" || one.state === "called");
    case "open":
      return cards(view, (one) => one.state !== "closed");
    case "served":
      return served(view);
    case "devices":
      return h(Devices, { view });
    case "program":
      return h(Devices, { view, program: id });
    default:
      return h("p", { class: "none" }, t("unknownThing"));
  }
}

function cards(view, wanted) {
  const found = (counters(view.documents) ?? []).filter(wanted);
  return found.length === 0
    ? h("p", { class: "none" }, "0")
    : h("div", { class: "grid" }, found.map((one) => card(view, one)));
}

/** A list of names and figures, each a way further in. */
const figures = (view, rows) =>
  h(
    "ul",
    { class: "figures" },
    rows.map((row) =>
      h("li", { key: row.opens }, [
        h("button", { type: "button", onClick: () => view.hall.open(row.opens) }, [
          h("span", { class: "name" }, row.name),
          h("span", { class: "quiet digits" }, row.note),
          h("b", { class: "digits" }, row.value),
        ]),
      ]),
    ),
  );

function waiting(view) {
  const { documents, state, text } = view;
  const rows = (queueRows(documents) ?? []).sort((a, b) => b.waiting - a.waiting);
  return figures(
    view,
    rows.map((row) => ({
      opens: `queue/${row.service.id}`,
      name: text(row.service.name),
      note: row.waiting ? span(row.oldest_at, state.now) : "",
      value: String(row.waiting),
    })),
  );
}

function served(view) {
  const { documents, t } = view;
  return figures(
    view,
    (counters(documents) ?? []).map((one) => ({
      opens: `counter/${one.id}`,
      name: t("counter", { number: one.number }),
      note: one.staff?.name ?? "",
      value: String(one.counts?.served ?? 0),
    })),
  );
}
