// One appointment: what it is, and moving or cancelling it.

import { Confirm } from "./confirm.js";
import { button, drawn, loading } from "./loading.js";
import { service } from "./model.js";
import { h, ref } from "./vue.js";

export const Booking = {
  props: { view: Object, one: Object, changed: Function, withDay: Boolean },
  setup(props) {
    const { hall, documents, state, t, text } = props.view;
    const open = ref(""); // "cancel" or "move"
    return () => {
      const { one } = props;
      const standing = (one.state ?? "open") === "open";
      const what = t("book.what", { serial: one.serial, day: one.day, start: one.start, holder: one.holder });
      const act = (name) =>
        button(t(`book.${name}`), () => (open.value = open.value === name ? "" : name), {
          disabled: state.link !== "live",
          "aria-expanded": String(open.value === name),
          "aria-label": `${t(`book.${name}`)} ${what}`,
        });
      return h("li", [
        h("div", { class: "booking" }, [
          h("b", { class: "digits" }, [props.withDay ? `${one.day} ` : "", `${one.start}–${one.end}`]),
          h("span", text(service(documents, one.service).name)),
          h("span", one.holder),
          h("span", { class: "digits quiet" }, one.serial),
          h("span", { class: ["state", one.state ?? "open"] }, [
            t(`booking.${one.state ?? "open"}`),
            one.number ? h("b", { class: "digits" }, ` ${one.number}`) : null,
          ]),
          standing ? h("span", { class: "buttons" }, [act("move"), act("cancel")]) : null,
        ]),
        open.value === "cancel"
          ? h(Confirm, {
              view: props.view,
              question: t("book.cancelAsk", { what }),
              effect: t("book.cancelEffect"),
              reason: t("reason"),
              yes: t("book.cancelYes"),
              act: (reason) => hall.rest.do({ type: "cancel_appointment", serial: one.serial, reason }),
              end: (did) => {
                open.value = "";
                if (did) {
                  props.changed({ words: t("book.cancelled1", { what }) });
                }
              },
            })
          : null,
        open.value === "move"
          ? h(Move, {
              view: props.view,
              one,
              what,
              end: (to) => {
                open.value = "";
                if (to) {
                  props.changed({
                    words: t("book.moved", { what, ...to }),
                    undo: () => hall.rest.do({ type: "move_appointment", serial: one.serial, day: one.day, start: one.start }),
                  });
                }
              },
            })
          : null,
      ]);
    };
  },
};

/** Another time for an appointment, among those that have places left. */
const Move = {
  props: { view: Object, one: Object, what: String, end: Function },
  setup(props) {
    const { hall, t } = props.view;
    const quotas = loading(props.view, () => hall.rest.get(`quotas/${encodeURIComponent(props.one.service)}`));
    const chosen = ref("");
    const move = () => {
      const [day, start] = chosen.value.split(" ");
      return hall.rest.do({ type: "move_appointment", serial: props.one.serial, day, start });
    };
    return () =>
      h("div", { class: "confirm" }, [
        drawn(props.view, quotas, ({ days = [] }) => {
          const free = days.flatMap(({ day, bands }) =>
            bands.filter((band) => band.left > 0).map((band) => ({ day, ...band })),
          );
          if (free.length === 0) {
            return h("p", { class: "none" }, t("book.noPlaces"));
          }
          return h("label", { class: "field inline" }, [
            t("book.moveTo"),
            h("select", { value: chosen.value, onChange: ({ target }) => (chosen.value = target.value) }, [
              h("option", { value: "", disabled: true }, t("book.choose")),
              free.map((band) =>
                h(
                  "option",
                  { value: `${band.day} ${band.start}`, key: `${band.day} ${band.start}` },
                  t("book.place", { day: band.day, start: band.start, end: band.end, left: band.left }),
                ),
              ),
            ]),
          ]);
        }),
        chosen.value
          ? h(Confirm, {
              view: props.view,
              key: chosen.value,
              question: t("book.moveAsk", { what: props.what, to: chosen.value }),
              effect: t("book.moveEffect"),
              yes: t("book.moveYes"),
              act: move,
              end: (did) => props.end(did ? { to: chosen.value } : null),
            })
          : h("div", { class: "buttons" }, [button(t("no"), () => props.end(null))]),
      ]);
  },
};
