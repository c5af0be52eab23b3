// Who missed appointments, who is barred until when, and lifting a bar. Names are masked.

import { Confirm } from "./confirm.js";
import { button, drawn, loading } from "./loading.js";
import { h, ref } from "./vue.js";

export const Absences = {
  props: { view: Object, changed: Function },
  setup(props) {
    const { hall, documents, state, t } = props.view;
    const found = loading(props.view, () => hall.rest.get("absences"), { on: [() => documents.hall] });
    const open = ref("");
    const row = (one) =>
      h("li", { key: one.person }, [
        h("div", { class: "booking" }, [
          h("b", one.holder),
          one.barred_until
            ? h("span", { class: "wrong" }, t("absent.until", { until: one.barred_until }))
            : h("span", t("absent.notBarred")),
          h("span", { class: "digits quiet" }, t("absent.missed", { days: (one.missed ?? []).join(t("comma")) || "—" })),
          h("span", { class: "buttons" }, [
            button(t("absent.lift"), () => (open.value = open.value === one.person ? "" : one.person), {
              disabled: state.link !== "live",
              "aria-expanded": String(open.value === one.person),
              "aria-label": `${t("absent.lift")} ${one.holder}`,
            }),
          ]),
        ]),
        open.value === one.person
          ? h(Confirm, {
              view: props.view,
              question: t("absent.ask", { holder: one.holder }),
              effect: t("absent.effect"),
              reason: t("reason"),
              yes: t("absent.lift"),
              act: (reason) => hall.rest.do({ type: "lift_bar", person: one.person, reason }),
              end: (did) => {
                open.value = "";
                if (did) {
                  props.changed({ words: t("absent.lifted", { holder: one.holder }) });
                  found.load();
                }
              },
            })
          : null,
      ]);
    return () =>
      h("section", { class: "absences", "aria-labelledby": "h-absences" }, [
        h("h2", { id: "h-absences" }, t("absent")),
        h("p", { class: "quiet" }, t("absent.what")),
        drawn(props.view, found, ({ people }) =>
          people.length === 0 ? h("p", { class: "none" }, t("absent.none")) : h("ul", { class: "bookings" }, people.map(row)),
        ),
      ]);
  },
};
