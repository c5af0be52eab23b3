// The counters: each says its state by a shape, a word and a colour.

import { STATES, clock, counters, span } from "./model.js";
import { pauseWords } from "./texts.js";
import { h } from "./vue.js";

/** Shapes of the states, in a box of 20 by 20. */
const SHAPES = {
  serving: { d: "M10 2a8 8 0 1 1 0 16a8 8 0 1 1 0-16z" },
  called: { d: "M10 2L19 18H1z" },
  free: { d: "M10 3a7 7 0 1 1 0 14a7 7 0 1 1 0-14z", hollow: true },
  paused: { d: "M4 2h4v16H4zM12 2h4v16h-4z" },
  closed: { d: "M3 10H17", hollow: true },
};

export const shape = (state) =>
  h("svg", { class: "shape", viewBox: "0 0 20 20", "aria-hidden": "true" }, [
    h("path", { d: SHAPES[state]?.d ?? "", class: { hollow: SHAPES[state]?.hollow } }),
  ]);

export const Counters = {
  props: { view: Object },
  setup: ({ view }) => () => {
    const { documents, t } = view;
    const all = counters(documents);
    return h("section", { class: "counters", "aria-labelledby": "h-counters" }, [
      h("h2", { id: "h-counters" }, [t("counters"), all?.length ? legend(all, t) : null]),
      all === null
        ? h("p", { class: "none" }, "—")
        : all.length === 0
          ? h("p", { class: "none" }, t("noCounters"))
          : h("div", { class: "grid" }, all.map((one) => card(view, one))),
    ]);
  },
};

const legend = (all, t) =>
  h(
    "span",
    { class: "legend" },
    STATES.map((state) =>
      h("span", { class: `state-${state}` }, [
        shape(state),
        t(state),
        h("b", { class: "digits" }, String(all.filter((one) => one.state === state).length)),
      ]),
    ),
  );

/** Since when the minutes of a counter run. */
export const runningSince = (counter) =>
  counter.state === "serving"
    ? (counter.ticket?.started_at ?? counter.ticket?.called_at ?? counter.since)
    : counter.state === "called"
      ? (counter.ticket?.called_at ?? counter.since)
      : counter.since;

/** Why a counter is paused and until when. */
export function pauseNote({ state, t }, counter) {
  const late = counter.pause_until != null && state.now > counter.pause_until;
  return [
    pauseWords(state.language, counter.pause_reason ?? "") || t("noReason"),
    counter.pause_until == null
      ? null
      : h("span", { class: { wrong: late } }, [
          " · ",
          t("until", { time: clock(counter.pause_until, { now: state.now }) }),
          late ? ` ${t("overdue")}` : "",
        ]),
  ];
}

export function card(view, counter) {
  const { hall, state, t } = view;
  const opens = `counter/${counter.id}`;
  return h(
    "button",
    {
      type: "button",
      key: counter.id,
      class: ["card", `state-${counter.state}`, { chosen: state.opened === opens }],
      "aria-label": `${t("counter", { number: counter.number })} ${t(counter.state)} ${counter.ticket?.number ?? ""}`,
      onClick: () => hall.open(opens),
    },
    [
      h("span", { class: "head" }, [
        h("b", { class: "digits place" }, String(counter.number)),
        h("span", { class: "state" }, [shape(counter.state), t(counter.state)]),
      ]),
      h("span", { class: "body" }, [
        counter.state === "closed"
          ? null
          : h("span", { class: "running" }, [
              counter.state === "paused"
                ? h("span", { class: "why" }, pauseNote(view, counter))
                : h("b", { class: "digits" }, counter.ticket?.number ?? ""),
              h("span", { class: "digits" }, span(runningSince(counter), state.now)),
            ]),
        h("span", { class: "staff" }, counter.staff?.name ?? ""),
      ]),
    ],
  );
}
