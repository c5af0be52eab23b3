// Trying rules on a past day: how far the server's trial is, and its columns side by side.

import { button, wrong } from "./loading.js";
import { h, onBeforeUnmount, ref, shallowRef } from "./vue.js";

const LOOK_MS = 700;

export const RulesTrial = {
  props: { view: Object, id: String, days: Array, toml: String, right: Boolean },
  setup(props) {
    const { hall, state, t } = props.view;
    const day = ref(props.days[0] ?? "");
    const bound = ref(20);
    const trial = shallowRef(null);
    const error = ref(null);
    let timer = null;

    const look = async () => {
      clearTimeout(timer);
      try {
        trial.value = await hall.rest.get("rules/trial");
        error.value = null;
      } catch (refused) {
        error.value = refused;
      }
      if (trial.value?.state === "running") {
        timer = setTimeout(look, LOOK_MS);
      }
    };
    const begin = async () => {
      error.value = null;
      try {
        trial.value = await hall.rest.post("rules/trial", {
          toml: props.toml,
          profile: props.id,
          day: day.value,
          bound_minutes: bound.value,
        });
        timer = setTimeout(look, LOOK_MS);
      } catch (refused) {
        error.value = refused;
        look();
      }
    };
    const stop = async () => {
      trial.value = await hall.rest.delete("rules/trial").catch((refused) => ((error.value = refused), trial.value));
    };
    look();
    onBeforeUnmount(() => clearTimeout(timer));

    return () => {
      const now = trial.value;
      const running = now?.state === "running";
      return h("section", { class: "trial", "aria-labelledby": "h-trial" }, [
        h("h2", { id: "h-trial" }, t("trial")),
        h("p", { class: "quiet" }, t("trial.what")),
        props.days.length === 0
          ? h("p", { class: "none" }, t("trial.noDays"))
          : h("div", { class: "buttons" }, [
              h("label", { class: "field inline" }, [
                t("trial.day"),
                h(
                  "select",
                  { value: day.value, onChange: ({ target }) => (day.value = target.value) },
                  props.days.map((one) => h("option", { value: one, key: one }, one)),
                ),
              ]),
              h("label", { class: "field inline" }, [
                t("trial.bound"),
                h("input", {
                  type: "number",
                  min: 1,
                  max: 600,
                  value: bound.value,
                  onInput: ({ target }) => (bound.value = Math.min(600, Math.max(1, Number(target.value) || 20))),
                }),
              ]),
              button(t("trial.begin"), begin, { disabled: running || !props.right || state.link !== "live" }),
              running ? button(t("trial.stop"), stop) : null,
            ]),
        wrong(props.view, error.value),
        h("div", { "aria-live": "polite" }, now ? shown(props, now) : null),
      ]);
    };
  },
};

function shown({ view, id, toml }, now) {
  const { t, text } = view;
  const about = t("trial.of", { day: now.day, who: now.who, id: now.profile });
  switch (now.state) {
    case "running":
      return [
        h("p", `${about} · ${t(`trial.step${now.step}`)}`),
        h("progress", { max: now.steps, value: now.step, "aria-label": t("trial") }),
      ];
    case "failed":
      return [h("p", { class: "quiet" }, about), wrong(view, now)];
    case "stopped":
      return h("p", { class: "quiet" }, `${about} · ${t("trial.stopped")}`);
    case "done":
      if (now.profile !== id) {
        return null;
      }
      return [
        h("p", [about, ` · ${t("trial.visits", { count: now.visits })}`]),
        now.toml !== toml ? h("p", { class: "warn" }, `▲ ${t("trial.older")}`) : null,
        now.notes.map((note, at) => h("p", { class: "warn", key: at }, `▲ ${text(note)}`)),
        columns(view, now, text),
      ];
    default:
      return null;
  }
}

/** A length in seconds as 4′05″; a dash where there is none. */
const length = (seconds) =>
  seconds === null
    ? "–"
    : `${Math.floor(Math.round(seconds) / 60)}′${String(Math.round(seconds) % 60).padStart(2, "0")}″`;

function columns({ t }, now, text) {
  const all = now.columns;
  const cell = (value, at, before) =>
    h("td", { class: "number digits", key: at }, [
      h("b", value.words),
      at === 2 && before && value.at !== null && before.at !== null && value.at !== before.at
        ? h("span", { class: "quiet" }, ` ${value.at > before.at ? "↑" : "↓"}`)
        : null,
    ]);
  const row = (name, pick) => {
    const values = all.map(pick);
    return h("tr", [h("th", { scope: "row" }, name), values.map((value, at) => cell(value, at, values[1]))]);
  };
  const time = (seconds) => ({ at: seconds, words: length(seconds) });
  const count = (value) => ({ at: value, words: String(value) });
  const classes = all[0].classes.map((one, at) => [
    h("tr", { class: "group" }, [
      h("th", { scope: "rowgroup", colspan: all.length + 1 }, [
        one.priority ? t("trial.class", { priority: one.priority }) : t("trial.ordinary"),
        h("span", { class: "quiet" }, ` ${t("trial.tickets", { count: one.tickets })}`),
      ]),
    ]),
    row(t("trial.mean"), (column) => time(column.classes[at].mean_s)),
    row(t("trial.p50"), (column) => time(column.classes[at].p50_s)),
    row(t("trial.p90"), (column) => time(column.classes[at].p90_s)),
    row(t("trial.max"), (column) => time(column.classes[at].max_s)),
    row(t("trial.left"), (column) => count(column.classes[at].left)),
    row(t("trial.over", { bound: now.bound_minutes }), (column) => count(column.classes[at].over_bound)),
    row(t("trial.passed"), (column) => count(column.classes[at].passed_over)),
  ]);
  return h("div", { class: "scroll" }, [
    h("table", { class: "plainly" }, [
      h("caption", t("trial.caption")),
      h("thead", [
        h("tr", [h("th"), all.map((one, at) => h("th", { scope: "col", class: "number", key: at }, text(one.rules)))]),
      ]),
      h("tbody", [
        classes,
        h("tr", { class: "group" }, [h("th", { scope: "rowgroup", colspan: all.length + 1 }, t("trial.all"))]),
        row(t("trial.ratio"), (one) => ({ at: null, words: one.contested.join(" : ") })),
        row(t("trial.idle"), (one) => ({
          at: one.present_s ? one.idle_s / one.present_s : null,
          words: one.present_s ? `${Math.round((100 * one.idle_s) / one.present_s)}%` : "–",
        })),
        row(t("trial.uncalled"), (one) => count(one.uncalled)),
      ]),
    ]),
  ]);
}
