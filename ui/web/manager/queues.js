// The queues: how many wait, since when the first, and who could call them.

import { clock, minutes, queueRows, span } from "./model.js";
import { Chart } from "./chart.js";
import { h, onMounted, onUnmounted, ref, watch } from "./vue.js";

export const Queues = {
  props: { view: Object },
  setup: ({ view }) => () => {
    const { documents, t } = view;
    const rows = queueRows(documents);
    return h("section", { class: "queues", "aria-labelledby": "h-queues" }, [
      h("h2", { id: "h-queues" }, t("queues")),
      h(Chart, { view, service: "" }),
      rows?.length === 0 ? h("p", { class: "none" }, t("noQueues")) : table(view, rows),
      estimates(view),
      h(Truth, { view }),
    ]);
  },
};

const EVERY_MS = 60_000;

/** How good today's ranges have been so far, against what happened. */
const Truth = {
  props: { view: Object },
  setup: ({ view }) => {
    const { hall, state, documents, t } = view;
    const found = ref(null);
    const ask = async () => {
      const day = documents.hall?.day;
      found.value = day && state.link === "live" ? await hall.waits(day).catch(() => null) : null;
    };
    let timer;
    onMounted(() => {
      ask();
      timer = setInterval(ask, EVERY_MS);
    });
    onUnmounted(() => clearInterval(timer));
    watch(() => [documents.hall?.day, state.link], ask);
    const share = (value) => `${Math.round(value * 100)}%`;
    const seconds = (value) => (value == null ? "—" : String(Math.round(value)));
    return () => {
      const one = found.value;
      if (!one?.n) {
        return null;
      }
      return h("p", { class: "quiet truth" }, [
        t("waitsTruth", {
          n: one.n,
          coverage: share(one.coverage),
          above: share(one.above),
          width: seconds(one.width_s),
        }),
        one.rmse_s == null
          ? null
          : ` ${t("waitsErrors", {
              own: seconds(one.rmse_s),
              bias: seconds(one.bias_s),
              day: seconds(one.day_mean_rmse_s),
              ten: seconds(one.last_ten_rmse_s),
            })}`,
      ]);
    };
  },
};

/** What the ranges rest on, or since when there are none. */
function estimates({ documents, state, t }) {
  const waits = documents.queues?.waits;
  if (!waits) {
    return null;
  }
  const since = clock(waits.since, { now: state.now });
  return h("p", { class: "quiet" }, t(`waits.${waits.state}`, { since, coverage: waits.coverage ?? 0 }));
}

function table(view, rows) {
  const { t } = view;
  return h("table", [
    h("thead", [
      h("tr", [
        h("th", { scope: "col" }, t("service")),
        h("th", { scope: "col", class: "number" }, t("waiting")),
        h("th", { scope: "col", class: "number" }, t("longest")),
        h("th", { scope: "col", class: "number", title: t("rangeHint") }, t("range")),
        h("th", { scope: "col", class: "number" }, t("open")),
      ]),
    ]),
    h("tbody", rows === null ? [h("tr", [h("td", { colspan: 5 }, "—")])] : rows.map((row) => line(view, row))),
  ]);
}

function line({ hall, state, t, text }, row) {
  const opens = `queue/${row.service.id}`;
  return h(
    "tr",
    {
      key: row.service.id,
      class: { chosen: state.opened === opens },
      onClick: () => hall.open(opens),
    },
    [
      h("th", { scope: "row" }, [
        h("span", { class: "prefix" }, row.service.prefix || "—"),
        h("button", { type: "button", class: "name" }, text(row.service.name)),
      ]),
      h("td", { class: "number" }, [
        h("b", { class: "digits" }, String(row.waiting)),
        h("span", { class: "bar", "aria-hidden": "true" }, [
          h("span", { style: { width: `${Math.round(row.share * 100)}%` } }),
        ]),
      ]),
      h("td", { class: "number digits" }, row.waiting === 0 ? "" : span(row.oldest_at, state.now)),
      h("td", { class: "number digits range" }, minutes(row)),
      h(
        "td",
        { class: ["number", "digits", { wrong: row.unserved }], title: row.unserved ? t("noCounter") : null },
        row.unserved ? h("b", ["✕ ", t("noCounter")]) : String(row.open),
      ),
    ],
  );
}
