// A queue opened: its half hour, its waiting tickets in the order of calling, its counters.

import { Chart } from "./chart.js";
import { card } from "./counters.js";
import { clock, minutes, span } from "./model.js";
import { h, ref, watch } from "./vue.js";

const MOST = 100;

export const QueueDetail = {
  props: { view: Object, id: String, counters: Array },
  setup(props) {
    const { hall, state, documents, t } = props.view;
    const found = ref(null);
    let asking = false;
    let again = false;

    // The tickets are not pushed to managers: read when opened and whenever the queues change.
    const ask = async () => {
      again = asking;
      if (asking || props.counters.length === 0 || state.link !== "live") {
        return;
      }
      asking = true;
      try {
        const counter = props.counters[0].id;
        const { tickets = [] } = await hall.read({ type: "waiting", counter, limit: MOST });
        found.value = tickets.filter((ticket) => ticket.service === props.id);
      } catch {
        found.value = null;
      }
      asking = false;
      if (again) {
        ask();
      }
    };
    watch([() => documents.queues, () => state.link], ask, { immediate: true });

    return () => {
      const queue = documents.queues?.queues?.find((one) => one.service === props.id);
      return h("div", [
        h("dl", { class: "facts" }, [
          h("div", [h("dt", t("waiting")), h("dd", { class: "digits" }, queue ? String(queue.waiting) : "—")]),
          h("div", [
            h("dt", t("longest")),
            h("dd", { class: "digits" }, queue?.waiting === 0 ? "0′00″" : span(queue?.oldest_at, state.now)),
          ]),
          h("div", [
            h("dt", t("countersOpen")),
            h("dd", { class: "digits" }, queue ? String(queue.counters_open ?? 0) : "—"),
          ]),
        ]),
        h(Chart, { view: props.view, service: props.id }),
        h("h3", t("servedBy")),
        props.counters.length === 0
          ? h("p", { class: "none" }, t("noCounter"))
          : h("div", { class: "grid" }, props.counters.map((one) => card(props.view, one))),
        h("h3", t("tickets")),
        tickets(props, found.value, queue),
      ]);
    };
  },
};

function tickets({ view, counters }, found, queue) {
  const { hall, state, t } = view;
  if (queue?.waiting === 0) {
    return h("p", { class: "none" }, t("noTickets"));
  }
  if (counters.length === 0) {
    return h("p", { class: "none" }, t("noTicketCounter"));
  }
  if (found === null) {
    return h("p", { class: "none" }, t("ticketsUnknown"));
  }
  const total = queue?.waiting ?? found.length;
  return [
    found.length < total
      ? h("p", { class: "quiet" }, t("ticketsFirst", { total, shown: found.length }))
      : null,
    h(
      "ol",
      { class: "tickets" },
      found.map((ticket) =>
        h("li", { key: ticket.id }, [
          h(
            "button",
            { type: "button", class: "opens", "aria-label": t("openTicket", { number: ticket.number }), onClick: () => hall.open(`ticket/${ticket.id}`) },
            h("b", { class: "digits" }, ticket.number),
          ),
          h("span", { class: "digits" }, clock(ticket.issued_at, { now: state.now })),
          h("span", { class: "digits" }, span(ticket.issued_at, state.now)),
          h("span", { class: "digits", title: t("stillToWait") }, minutes(ticket)),
          h("span", { class: "quiet" }, ticket.priority ? `▲ ${t(`priority.${ticket.priority_reason}`)}` : ""),
        ]),
      ),
    ),
  ];
}
