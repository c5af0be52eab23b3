// Why a ticket was called, each time, and who was passed over: in the hall's own sentences.

import { button, drawn, loading, wrong } from "./loading.js";
import { clock, service } from "./model.js";
import { stepsOf, stepWords } from "./steps.js";
import { h, ref, shallowRef } from "./vue.js";

/** The calls of one ticket with their reasons. */
export function reasons(view, found) {
  const { t } = view;
  return [
    h("h3", [h("b", { class: "digits" }, found.number), h("span", { class: "quiet digits" }, ` ${found.day}`)]),
    (found.calls ?? []).length === 0
      ? h("p", { class: "none" }, t("why.notYet"))
      : h("ol", { class: "reasons" }, found.calls.map((call, at) => reason(view, call, at, found.calls))),
  ];
}

function reason(view, call, at, calls) {
  const { documents, state, t, text } = view;
  const step = stepWords(view, call, calls);
  const passed = call.why.passed ?? [];
  return h("li", { key: at }, [
    h("p", { class: "quiet" }, [
      h("time", { class: "digits" }, clock(call.at, { seconds: true, now: state.now })),
      ` · ${t("counter", { number: call.counter_number ?? call.counter })}`,
      ` · ${text(service(documents, call.service).name)}`,
      step ? ` · ${step}` : "",
    ]),
    h("p", [h("b", text(call))]),
    passed.length
      ? h("table", { class: "plainly" }, [
          h("caption", t("why.passed")),
          h("thead", [
            h("tr", [
              h("th", { scope: "col" }, t("why.who")),
              h("th", { scope: "col", class: "number" }, t("why.count")),
              h("th", { scope: "col", class: "number" }, t("why.waited")),
              h("th", { scope: "col" }, t("why.reason")),
            ]),
          ]),
          h("tbody", passed.map((one, row) => passedRow(view, one, row))),
        ])
      : null,
  ]);
}

const passedRow = ({ t, text }, one, at) =>
  h("tr", { key: at }, [
    h("td", [text(one.group), " ", h("b", { class: "digits" }, (one.numbers ?? []).join(" "))]),
    h("td", { class: "number digits" }, String(one.count)),
    h("td", { class: "number digits" }, `${Math.floor((one.waited_s ?? 0) / 60)}′`),
    h("td", t(`passed.${one.reason}`)),
  ]);

/** A ticket of today, opened beside the live hall. */
export const TicketDetail = {
  props: { view: Object, id: String },
  setup(props) {
    const { hall, documents, t, text } = props.view;
    const on = [() => documents.queues];
    const progress = loading(props.view, () => hall.rest.get(`tickets/${encodeURIComponent(props.id)}`), { on });
    const why = loading(props.view, () => hall.rest.get(`tickets/${encodeURIComponent(props.id)}/why`), { on });
    return () => [
      drawn(props.view, progress, (one) => [
        h("dl", { class: "facts" }, [
          h("div", [h("dt", t("state")), h("dd", t(`ticket.${one.state}`))]),
          h("div", { class: "wide" }, [h("dt", t("service")), h("dd", text(service(documents, one.service).name))]),
          one.state === "waiting"
            ? h("div", [h("dt", t("ticket.ahead")), h("dd", { class: "digits" }, String(one.ahead ?? 0))])
            : null,
        ]),
        stepsOf(props.view, one),
      ]),
      h("h3", t("why")),
      drawn(props.view, why, (found) => reasons(props.view, found)),
    ];
  },
};

/** Any ticket of any day on record, by its number. */
export const WhyOf = {
  props: { view: Object, days: Array },
  setup(props) {
    const { hall, t } = props.view;
    const number = ref("");
    const day = ref("");
    const found = shallowRef(null);
    const error = ref(null);
    const look = async (event) => {
      event.preventDefault();
      if (!number.value.trim()) {
        return;
      }
      try {
        const which = encodeURIComponent(number.value.trim().toUpperCase());
        found.value = await hall.rest.get(`tickets/${which}/why${day.value ? `?day=${day.value}` : ""}`);
        error.value = null;
      } catch (refused) {
        found.value = null;
        error.value = refused;
      }
    };
    return () =>
      h("section", { class: "why", "aria-labelledby": "h-why" }, [
        h("h2", { id: "h-why" }, t("why")),
        h("form", { class: "buttons", onSubmit: look, role: "search" }, [
          h("label", { class: "field inline" }, [
            t("why.number"),
            h("input", {
              value: number.value,
              maxlength: 40,
              size: 8,
              autocomplete: "off",
              onInput: ({ target }) => (number.value = target.value),
            }),
          ]),
          h("label", { class: "field inline" }, [
            t("trial.day"),
            h("select", { value: day.value, onChange: ({ target }) => (day.value = target.value) }, [
              h("option", { value: "" }, t("why.latest")),
              props.days.map((one) => h("option", { value: one, key: one }, one)),
            ]),
          ]),
          button(t("why.look"), look, { type: "submit" }),
        ]),
        wrong(props.view, error.value),
        found.value ? h("div", { "aria-live": "polite" }, reasons(props.view, found.value)) : null,
      ]);
  },
};
