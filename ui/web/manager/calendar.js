// The working calendar: a month, what each date is and by whose word, and the hall's own word on it.

import { Confirm, done } from "./confirm.js";
import { button, drawn, loading } from "./loading.js";
import { h, ref, shallowRef, watch } from "./vue.js";

export const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const weekday = (day) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
const shifted = (month, by) => {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
};

export const Calendar = {
  props: { view: Object, of: String },
  setup(props) {
    const { hall, documents, t } = props.view;
    const last = shallowRef(null);
    const opened = () => props.of.split("/");
    const found = loading(
      props.view,
      () => hall.rest.get(`calendar?month=${opened()[0].slice(0, 7)}`),
      { on: [() => opened()[0].slice(0, 7), () => documents.hall] },
    );
    const saved = (words, day, was) => {
      last.value = {
        words,
        undo: async () => {
          await hall.rest.do({ type: "define_calendar_day", day: was ?? { day, kind: "default" } });
          found.load();
        },
      };
      found.load();
    };
    return () =>
      h("div", { class: "calendar" }, [
        done(props.view, last),
        drawn(props.view, found, (month) => {
          const chosen = month.days.find((one) => one.day === opened()[0]);
          return h("div", { class: "two wide-left" }, [
            h("section", { "aria-labelledby": "h-calendar" }, [
              head(props.view, month),
              known(t, month),
              grid(props.view, month, chosen),
              legend(t),
            ]),
            chosen
              ? h(DayPanel, { view: props.view, month, one: chosen, saved, key: chosen.day })
              : h("p", { class: "none" }, t("cal.choose")),
          ]);
        }),
      ]);
  },
};

function head({ hall, t }, month) {
  const go = (to) => hall.open(`calendar/${to}`);
  return h("h2", { id: "h-calendar" }, [
    h("span", { class: "digits" }, t("cal.month", { year: month.month.slice(0, 4), month: Number(month.month.slice(5)) })),
    h("span", { class: "buttons" }, [
      button("‹", () => go(shifted(month.month, -1)), { "aria-label": t("cal.before") }),
      button(t("cal.now"), () => go(month.today.slice(0, 7))),
      button("›", () => go(shifted(month.month, 1)), { "aria-label": t("cal.after") }),
    ]),
  ]);
}

const known = (t, month) =>
  h(
    "p",
    { class: "quiet" },
    month.known_until ? t("cal.known", { until: month.known_until }) : t("cal.unknown"),
  );

/** What a date is called in its cell, beside its number. */
function tag({ t, text }, one) {
  if (one.own) {
    return one.own.kind === "holiday" ? t("cal.ownClosed") : t("cal.ownOpen");
  }
  if (one.keeps === "holiday") {
    return text(one.occasion) || t("cal.holiday");
  }
  return one.works && weekday(one.day) > 4 ? t("cal.makeUp") : "";
}

function grid(view, month, chosen) {
  const { hall, t } = view;
  const cells = [...Array(weekday(month.days[0].day)).fill(null), ...month.days];
  while (cells.length % 7) {
    cells.push(null);
  }
  const rows = Array.from({ length: cells.length / 7 }, (_, row) => cells.slice(row * 7, row * 7 + 7));
  const cell = (one) => {
    if (!one) {
      return h("td");
    }
    const closed = !one.works && one.hours.length === 0;
    return h("td", { key: one.day }, [
      h(
        "button",
        {
          type: "button",
          class: ["day-cell", { closed, own: one.own, today: one.day === month.today }],
          "aria-pressed": String(chosen?.day === one.day),
          "aria-label": [one.day, t(`week.${WEEK[weekday(one.day)]}`), t(one.works ? "cal.works" : "cal.rests"), tag(view, one)]
            .filter(Boolean)
            .join(" "),
          onClick: () => hall.open(`calendar/${one.day}`),
        },
        [
          h("b", { class: "digits" }, String(Number(one.day.slice(8)))),
          h("span", { class: "tag" }, tag(view, one)),
          one.booked ? h("span", { class: "hours digits" }, t("cal.bookedShort", { count: one.booked })) : null,
          h("span", { class: "hours digits" }, one.hours.join(" ")),
        ],
      ),
    ]);
  };
  return h("table", { class: "month" }, [
    h("thead", [h("tr", WEEK.map((name) => h("th", { scope: "col", key: name }, t(`week.short.${name}`))))]),
    h("tbody", rows.map((row, at) => h("tr", { key: at }, row.map(cell)))),
  ]);
}

const legend = (t) => h("p", { class: "quiet" }, t("cal.legend"));

/** A date opened: what holds, and what the hall may say instead. */
const DayPanel = {
  props: { view: Object, month: Object, one: Object, saved: Function },
  setup(props) {
    const { hall, t, text } = props.view;
    const kind = ref(props.one.works ? "holiday" : "work");
    const like = ref(weekday(props.one.day) > 4 ? "mon" : WEEK[weekday(props.one.day)]);
    const asking = ref(null); // "save" or "undo"
    watch([kind, like], () => (asking.value = null));

    const define = (day) => hall.rest.do({ type: "define_calendar_day", day });
    const save = (reason) =>
      define({
        day: props.one.day,
        kind: kind.value,
        ...(kind.value === "work" ? { like: like.value } : {}),
        name: { zh: reason, en: reason },
      });
    let was = null; // what the hall said before: by the end of a change the page may know the new already
    const ask = (what) => {
      was = props.one.own;
      asking.value = what;
    };
    const end = (words) => (did) => {
      asking.value = null;
      if (did) {
        props.saved(words, props.one.day, was);
      }
    };

    return () => {
      const { one, month } = props;
      const name = `${one.day} ${t(`week.${WEEK[weekday(one.day)]}`)}`;
      const hoursOf = (keeps) => month.days.find((day) => day.keeps === keeps && !day.own)?.hours.join(" ") ?? "";
      const harm = [
        month.has_hours || kind.value === "work" ? "" : t("cal.harmNoHours"),
        one.booked && kind.value === "holiday" ? t("cal.harmBooked", { count: one.booked }) : "",
        one.day === month.today ? t("cal.harmToday") : "",
      ];
      return h("section", { class: "day-panel", "aria-labelledby": "h-day" }, [
        h("h2", { id: "h-day", class: "digits" }, name),
        h("dl", { class: "facts" }, [
          h("div", [h("dt", t("cal.is")), h("dd", t(one.works ? "cal.works" : one.keeps === "holiday" ? "cal.holiday" : "cal.rests"))]),
          h("div", [h("dt", t("cal.byWord")), h("dd", source(t, one))]),
          h("div", { class: "wide" }, [
            h("dt", t("cal.hours")),
            h("dd", { class: "digits" }, one.hours.join(" · ") || t(month.has_hours ? "cal.noHours" : "cal.anyHours")),
          ]),
          one.own?.name ? h("div", { class: "wide" }, [h("dt", t("reason")), h("dd", text(one.own.name))]) : null,
          one.occasion ? h("div", { class: "wide" }, [h("dt", t("cal.occasion")), h("dd", text(one.occasion))]) : null,
          h("div", [h("dt", t("cal.booked")), h("dd", { class: "digits" }, String(one.booked))]),
        ]),
        h("h3", t("cal.override")),
        h("fieldset", [
          h("legend", { class: "quiet" }, t("cal.overrideWhat")),
          ["holiday", "work"].map((value) =>
            h("label", { class: "choice", key: value }, [
              h("input", {
                type: "radio",
                name: "kind",
                value,
                checked: kind.value === value,
                onChange: () => (kind.value = value),
              }),
              t(`cal.${value}`),
            ]),
          ),
          kind.value === "work"
            ? h("label", { class: "field inline" }, [
                t("cal.like"),
                h(
                  "select",
                  { value: like.value, onChange: ({ target }) => (like.value = target.value) },
                  WEEK.map((day) =>
                    h("option", { value: day, key: day }, [t(`week.${day}`), " ", hoursOf(day)].join("").trim()),
                  ),
                ),
              ])
            : null,
        ]),
        asking.value === "save"
          ? h(Confirm, {
              view: props.view,
              key: `${kind.value}${like.value}`,
              question: t(`cal.ask.${kind.value}`, { day: name }),
              effect: t(`cal.effect.${kind.value}`),
              harm: harm.filter(Boolean).join(t("stop")),
              reason: t("reason"),
              yes: t("cal.save"),
              act: save,
              end: end(t("cal.saved", { day: one.day })),
            })
          : null,
        asking.value === "undo"
          ? h(Confirm, {
              view: props.view,
              question: t("cal.askDefault", { day: name }),
              effect: t("cal.effectDefault"),
              yes: t("cal.takeBack"),
              act: () => define({ day: one.day, kind: "default" }),
              end: end(t("cal.tookBack", { day: one.day })),
            })
          : null,
        asking.value
          ? null
          : h("div", { class: "buttons" }, [
              button(t("cal.save"), () => ask("save"), { main: true, disabled: props.view.state.link !== "live" }),
              one.own ? button(t("cal.takeBack"), () => ask("undo")) : null,
            ]),
      ]);
    };
  },
};

function source(t, one) {
  if (one.own) {
    return t("cal.byHall");
  }
  return t(one.base === "unknown" ? "cal.byWeekday" : "cal.byState");
}
