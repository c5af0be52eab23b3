// A counter opened: who sits there, whom they serve, and the day's counts.

import { pauseNote, runningSince, shape } from "./counters.js";
import { clock, service, span } from "./model.js";
import { stepsOf } from "./steps.js";
import { h } from "./vue.js";

export const CounterDetail = {
  props: { view: Object, id: String },
  setup: (props) => () => {
    const { view, id } = props;
    const { documents, t } = view;
    const one = documents[`counter/${id}`];
    if (!one) {
      return h("p", { class: "none" }, t("unknownThing"));
    }
    return h("div", [
      h("p", { class: ["now", `state-${one.state}`] }, [
        shape(one.state),
        h("b", t(one.state)),
        h("span", { class: "digits" }, span(runningSince(one), view.state.now)),
      ]),
      one.state === "paused" ? h("p", pauseNote(view, one)) : null,
      one.ticket ? ticket(view, one.ticket, one) : null,
      staff(view, one),
      counts(view, one.counts ?? {}),
      list(view, "held", one.held),
      list(view, "noShows", one.no_shows),
    ]);
  },
};

const fact = (name, value) =>
  value === null || value === ""
    ? null
    : h("div", [h("dt", name), h("dd", { class: "digits" }, value)]);

function ticket(view, one, counter) {
  const { hall, documents, state, t, text } = view;
  const time = (ms) => (ms == null ? null : clock(ms, { seconds: true, now: state.now }));
  const rating = counter.rating ?? "none";
  return [
    h("h3", [t("ticket"), " ", h("b", { class: "digits" }, one.number), one.walk_in ? ` ${t("walkIn")}` : ""]),
    h(
      "button",
      { type: "button", class: "opens", onClick: () => hall.open(`ticket/${one.id}`) },
      `${t("why")} ›`,
    ),
    h("dl", { class: "facts" }, [
      h("div", { class: "wide" }, [
        h("dt", t("service")),
        h("dd", text(service(documents, one.service).name)),
      ]),
      one.priority ? fact(t("priority"), t(`priority.${one.priority_reason}`)) : null,
    ]),
    h("dl", { class: "facts four" }, [
      fact(t("issuedAt"), time(one.issued_at)),
      fact(t("calledAt"), time(one.called_at)),
      fact(t("waited"), one.called_at == null ? null : span(one.issued_at, one.called_at)),
      fact(t("startedAt"), time(one.started_at)),
      one.recalls ? fact(t("recalls"), String(one.recalls)) : null,
      rating === "none" ? null : fact(t("rating"), t(`rating.${rating}`)),
    ]),
    one.joint?.length
      ? h("dl", { class: "facts" }, [fact(t("together"), t("counter", { number: one.joint.join(", ") }))])
      : null,
    stepsOf(view, one),
  ];
}

function staff(view, one) {
  const { documents, state, t, text } = view;
  const names = (one.services ?? []).map((id) => text(service(documents, id).name));
  return [
    h("h3", text(one.name) || t("counters")),
    h("dl", { class: "facts" }, [
      fact(t("staff"), one.staff?.name ?? t("nobodySigned")),
      fact(t("signedIn"), one.signed_in_at == null ? null : clock(one.signed_in_at, { now: state.now })),
      fact(t("direct"), String(one.direct_waiting ?? 0)),
      h("div", { class: "wide" }, [h("dt", t("services")), h("dd", names.join(" · ") || "—")]),
    ]),
  ];
}

const counts = ({ t }, one) => [
  h("h3", t("today")),
  h("dl", { class: "facts four" }, [
    fact(t("countCalled"), String(one.called ?? 0)),
    fact(t("countServed"), String(one.served ?? 0)),
    fact(t("countNoShow"), String(one.no_show ?? 0)),
    fact(t("countTransferred"), String(one.transferred ?? 0)),
  ]),
];

function list({ documents, state, t, text }, name, tickets = []) {
  return tickets.length === 0
    ? null
    : [
        h("h3", [t(name), " ", h("b", { class: "digits" }, String(tickets.length))]),
        h(
          "ol",
          { class: "tickets" },
          tickets.map((one) =>
            h("li", { key: one.id }, [
              h("b", { class: "digits" }, one.number),
              h("span", { class: "digits" }, clock(one.called_at ?? one.issued_at, { now: state.now })),
              h("span", { class: "quiet" }, text(service(documents, one.service).name)),
            ]),
          ),
        ),
      ];
}
