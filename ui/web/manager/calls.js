// The newest calls of all areas.

import { calls, clock, service } from "./model.js";
import { h } from "./vue.js";

export const Calls = {
  props: { view: Object },
  setup: ({ view }) => () => {
    const { documents, t } = view;
    const newest = calls(documents);
    return h("section", { class: "calls", "aria-labelledby": "h-calls" }, [
      h("h2", { id: "h-calls" }, t("calls")),
      newest === null
        ? h("p", { class: "none" }, "—")
        : newest.length === 0
          ? h("p", { class: "none" }, t("noCalls"))
          : h("ol", newest.map((one) => line(view, one))),
    ]);
  },
};

function line({ hall, documents, state, t, text }, call) {
  return h("li", { key: call.seq }, [
    h("button", { type: "button", onClick: () => hall.open(`counter/${call.counter}`) }, [
      h("time", { class: "digits" }, clock(call.at, { seconds: true, now: state.now })),
      h("b", { class: "digits" }, call.number),
      h("span", { class: "to" }, t("counter", { number: call.counter_number })),
      h("span", { class: "quiet" }, [
        text(service(documents, call.service).name),
        call.recall ? ` · ${t("recall", { count: call.recall })}` : "",
      ]),
    ]),
  ]);
}
