// Appointments: the days and their bands, one day's list, and finding one; absences below.

import { Absences } from "./absences.js";
import { Booking } from "./booking.js";
import { done } from "./confirm.js";
import { button, drawn, loading, wrong } from "./loading.js";
import { h, nextTick, ref, shallowRef, watch } from "./vue.js";
import { WEEK } from "./calendar.js";

const EVERY_MS = 20_000;
const weekday = (day) => WEEK[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];

export const Appointments = {
  props: { view: Object, of: String },
  setup(props) {
    const { hall, documents, t } = props.view;
    const last = shallowRef(null);
    const agenda = loading(props.view, () => hall.rest.get(`agenda?day=${props.of}`), {
      on: [() => props.of, () => documents.hall],
      everyMs: EVERY_MS,
    });
    const changed = ({ words, undo }) => {
      last.value = { words, undo: undo && (() => undo().then(agenda.load)) };
      agenda.load();
    };
    return () =>
      h("div", { class: "appointments" }, [
        done(props.view, last),
        h(Find, { view: props.view, changed }),
        drawn(props.view, agenda, (found) => [
          h("section", { "aria-labelledby": "h-booked" }, [
            h("h2", { id: "h-booked" }, t("page.appointments")),
            h(Days, { view: props.view, found }),
            found.plans.length === 0 ? h("p", { class: "none" }, t("book.noPlans")) : found.plans.map((plan) => bands(props.view, plan)),
          ]),
          h("section", { "aria-labelledby": "h-list" }, [
            h("h2", { id: "h-list" }, [
              h("span", { class: "digits" }, `${found.day} ${t(`week.${weekday(found.day)}`)}`),
              h("span", { class: "sum" }, t("book.total", { count: found.total })),
            ]),
            found.appointments.length < found.total
              ? h("p", { class: "quiet" }, t("book.first", { shown: found.appointments.length }))
              : null,
            found.appointments.length === 0 ? h("p", { class: "none" }, t("book.noneThatDay")) : null,
            h(
              "ul",
              { class: "bookings" },
              found.appointments.map((one) => h(Booking, { view: props.view, one, changed, key: `${one.serial}${one.state}${one.at}` })),
            ),
          ]),
        ]),
        h(Absences, { view: props.view, changed }),
      ]);
  },
};

/** The days to choose from; on a narrow screen they scroll to the one chosen. */
const Days = {
  props: { view: Object, found: Object },
  setup(props) {
    const { hall, t } = props.view;
    const row = ref(null);
    const show = () =>
      nextTick(() => {
        const chosen = row.value?.querySelector('[aria-pressed="true"]');
        row.value?.scrollTo({ left: chosen ? chosen.parentElement.offsetLeft - row.value.offsetLeft - 8 : 0 });
      });
    watch(() => props.found.day, show, { immediate: true });
    const day = ({ day, counts }) =>
      h("li", { key: day }, [
        h(
          "button",
          {
            type: "button",
            "aria-pressed": String(day === props.found.day),
            onClick: () => hall.open(`appointments/${day}`),
          },
          [
            h("span", [h("b", { class: "digits" }, day.slice(5)), ` ${t(`week.short.${weekday(day)}`)}`]),
            h("span", { class: "digits" }, t("book.of", { booked: counts.booked, quota: counts.quota })),
            day === props.found.today ? h("span", { class: "quiet" }, t("cal.today")) : null,
            counts.missed ? h("span", { class: "wrong" }, `${t("book.missed")} ${counts.missed}`) : null,
          ],
        ),
      ]);
    return () => h("ol", { class: "strip", ref: row }, props.found.days.map(day));
  },
};

function bands({ t, text }, plan) {
  const number = (value, extra = "") => h("td", { class: ["number digits", extra] }, String(value));
  return h("div", { class: "scroll", key: plan.plan }, [
    h("table", { class: "plainly" }, [
      h("caption", text(plan.name)),
      h("thead", [
        h("tr", [
          h("th", { scope: "col" }, t("book.band")),
          ["quota", "booked", "left", "kept", "missed", "cancelled"].map((name) =>
            h("th", { scope: "col", class: "number", key: name }, t(`book.${name}`)),
          ),
        ]),
      ]),
      h(
        "tbody",
        plan.bands.map(({ start, end, counts }) =>
          h("tr", { key: start }, [
            h("th", { scope: "row", class: "digits" }, `${start}–${end}`),
            number(counts.quota),
            number(counts.booked),
            number(Math.max(0, counts.quota - counts.booked)),
            number(counts.kept),
            number(counts.missed, counts.missed ? "wrong" : ""),
            number(counts.cancelled),
          ]),
        ),
      ),
    ]),
  ]);
}

/** By serial, code, ticket number or document number; the last is never kept or shown. */
const Find = {
  props: { view: Object, changed: Function },
  setup(props) {
    const { hall, t } = props.view;
    const words = ref("");
    const found = shallowRef(null);
    const error = ref(null);
    const look = async (event) => {
      event?.preventDefault();
      if (!words.value.trim()) {
        found.value = null;
        return;
      }
      try {
        found.value = await hall.rest.post("agenda/find", { text: words.value.trim() });
        error.value = null;
      } catch (refused) {
        found.value = null;
        error.value = refused;
      }
    };
    const changed = (what) => {
      props.changed(what);
      look();
    };
    return () =>
      h("section", { class: "find", "aria-labelledby": "h-find" }, [
        h("h2", { id: "h-find" }, t("book.find")),
        h("form", { class: "buttons", role: "search", onSubmit: look }, [
          h("label", { class: "field inline" }, [
            t("book.findBy"),
            h("input", {
              value: words.value,
              maxlength: 64,
              autocomplete: "off",
              onInput: ({ target }) => (words.value = target.value),
            }),
          ]),
          button(t("why.look"), look, { type: "submit" }),
          found.value
            ? button(t("close"), () => {
                words.value = "";
                found.value = null;
              })
            : null,
        ]),
        wrong(props.view, error.value),
        found.value ? shown(props.view, found.value, changed) : null,
      ]);
  },
};

function shown(view, { appointments, absent }, changed) {
  const { t } = view;
  const missed = absent
    ? h(
        "p",
        { class: "warn" },
        t(absent.barred_until ? "absent.foundBarred" : "absent.found", {
          count: (absent.missed ?? []).length,
          until: absent.barred_until,
        }),
      )
    : null;
  return h("div", { "aria-live": "polite" }, [
    missed,
    appointments.length === 0
      ? h("p", { class: "none" }, t("book.notFound"))
      : h(
          "ul",
          { class: "bookings" },
          appointments.map((one) => h(Booking, { view, one, changed, withDay: true, key: `${one.serial}${one.state ?? ""}${one.at}` })),
        ),
  ]);
}
