// How honest the waiting times were: what people were told, and what then happened.

import { drawn, loading } from "./loading.js";
import { WaitsChart } from "./waits_chart.js";
import { h } from "./vue.js";

const percent = (share) => (share === null ? "—" : `${Math.round(share * 100)}%`);
/** Seconds as minutes with one decimal. */
const minutes = (seconds) => (seconds === null ? "—" : (seconds / 60).toFixed(1));

export const Waits = {
  props: { view: Object, of: String },
  setup(props) {
    const { hall, documents, t } = props.view;
    const found = loading(props.view, () => hall.rest.get(`waits/hours?day=${props.of}`), {
      on: [() => props.of, () => documents.hall],
      everyMs: 30_000,
    });
    return () =>
      h("section", { class: "waits-page", "aria-labelledby": "h-waits" }, [
        h("h2", { id: "h-waits" }, t("page.waits")),
        drawn(props.view, found, (day) =>
          day.days.length === 0 ? h("p", { class: "none" }, t("waits.noDays")) : content(props.view, day),
        ),
      ]);
  },
};

function content(view, { report, hours, days }) {
  const { hall, t } = view;
  const figure = (name, value, note) =>
    h("div", { class: "tile", key: name }, [
      h("span", { class: "label" }, t(name)),
      h("span", { class: "figure" }, [h("b", { class: "digits" }, value)]),
      h("span", { class: "note wrap" }, note),
    ]);
  return [
    h("label", { class: "field inline" }, [
      t("trial.day"),
      h(
        "select",
        { value: report.day, onChange: ({ target }) => hall.open(`waits/${target.value}`) },
        days.map((one) => h("option", { value: one, key: one }, one)),
      ),
    ]),
    report.n === 0
      ? h("p", { class: "none" }, t("waits.nobody", { told: report.told }))
      : [
          h("p", { class: "plain-words" }, t("waits.sentence", sentence(report))),
          h("div", { class: "tiles" }, [
            figure("waits.coverage", percent(report.coverage), t("waits.coverageNote")),
            figure("waits.above", percent(report.above), t("waits.aboveNote")),
            figure("waits.width", minutes(report.width_s), t("waits.minutes")),
            figure("waits.bias", minutes(report.bias_s), t(bias(report.bias_s))),
            figure("waits.n", String(report.n), t("waits.nNote", { open: report.open, left: report.left })),
          ]),
          errors(view, report),
          h(WaitsChart, { view, hours, key: report.day }),
          table(view, hours),
        ],
  ];
}

const sentence = (report) => ({
  n: report.n,
  of: Math.round((report.coverage ?? 0) * 10),
  above: Math.round((report.above ?? 0) * 10),
  width: minutes(report.width_s),
});

const bias = (seconds) =>
  seconds === null ? "waits.biasUnknown" : seconds > 30 ? "waits.biasLong" : seconds < -30 ? "waits.biasShort" : "waits.biasNone";

/** The error beside the two plain ways of guessing, as lengths. */
function errors({ t }, report) {
  const rows = [
    ["waits.own", report.rmse_s],
    ["waits.dayMean", report.day_mean_rmse_s],
    ["waits.lastTen", report.last_ten_rmse_s],
  ];
  const known = rows.map(([, value]) => value).filter((value) => value !== null);
  if (known.length === 0) {
    return h("p", { class: "quiet" }, t("waits.noErrors"));
  }
  const most = Math.max(...known, 1);
  return h("figure", { class: "errors" }, [
    h("figcaption", [h("b", t("waits.errors")), h("span", { class: "quiet" }, ` ${t("waits.errorsNote")}`)]),
    h(
      "ul",
      rows.map(([name, value], at) =>
        h("li", { key: name }, [
          h("span", t(name)),
          h("span", { class: "bar", "aria-hidden": "true" }, [
            h("span", { class: at ? "other" : "", style: { width: `${(100 * (value ?? 0)) / most}%` } }),
          ]),
          h("b", { class: "digits" }, `${minutes(value)} ${t("waits.min")}`),
        ]),
      ),
    ),
  ]);
}

function table({ t }, hours) {
  const number = (value) => h("td", { class: "number digits" }, value);
  return h("div", { class: "scroll" }, [
    h("table", { class: "plainly" }, [
      h("caption", t("waits.byHour")),
      h("thead", [
        h("tr", [
          h("th", { scope: "col" }, t("waits.hour")),
          ["waits.n", "waits.toldRange", "waits.waited", "waits.p90", "waits.coverage", "waits.above"].map((name) =>
            h("th", { scope: "col", class: "number", key: name }, t(name)),
          ),
        ]),
      ]),
      h(
        "tbody",
        hours.map((one) =>
          h("tr", { key: one.hour }, [
            h("th", { scope: "row", class: "digits" }, `${one.hour}:00`),
            number(String(one.n)),
            number(one.n ? `${minutes(one.low_s)}–${minutes(one.high_s)}` : "—"),
            number(minutes(one.waited_s)),
            number(minutes(one.p90_s)),
            number(one.n ? percent(one.within / one.n) : "—"),
            number(one.n ? percent(one.above / one.n) : "—"),
          ]),
        ),
      ),
    ]),
  ]);
}
