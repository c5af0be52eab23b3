// The five figures at the top; each opens what it is made of.

import { service, span, tiles } from "./model.js";
import { h } from "./vue.js";

const shown = (value) => (value === null ? "—" : String(value));

export const Tiles = {
  props: { view: Object },
  setup: ({ view }) => () => {
    const { documents, state, t, text } = view;
    const { waiting, longest, serving, open, served } = tiles(documents, state.now);
    return h("div", { class: "tiles" }, [
      tile(view, "waiting", t("waitingNow"), shown(waiting.value), waiting.value === null ? "" : t("people")),
      tile(
        view,
        longest.service ? `queue/${longest.service}` : "waiting",
        t("longest"),
        longest.none ? "0′00″" : span(longest.since, longest.now),
        "",
        longest.none ? t("nobody") : longest.service && text(service(documents, longest.service).name),
      ),
      tile(view, "serving", t("beingServed"), shown(serving.value), ""),
      tile(
        view,
        "open",
        t("countersOpen"),
        shown(open.value),
        "",
        open.value === null ? "" : t("ofPaused", open),
      ),
      tile(view, "served", t("servedToday"), shown(served.value), ""),
    ]);
  },
};

function tile({ hall, t }, opens, label, value, unit, note) {
  return h(
    "button",
    { type: "button", class: "tile", title: t("show"), onClick: () => hall.open(opens) },
    [
      h("span", { class: "label" }, label),
      h("span", { class: "figure" }, [
        h("b", { class: "digits" }, value),
        unit ? h("span", { class: "unit" }, unit) : null,
      ]),
      h("span", { class: "note" }, note || "\u00a0"),
    ],
  );
}
