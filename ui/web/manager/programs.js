// Programs and their devices: connected, or since when not. Those with trouble come first.

import { clock, programs, troubles } from "./model.js";
import { h } from "./vue.js";

export const Programs = {
  props: { view: Object },
  setup: ({ view }) => () => {
    const { documents, t } = view;
    const all = programs(documents);
    const { cut, devices } = troubles(documents);
    return h("section", { class: "programs", "aria-labelledby": "h-programs" }, [
      h("h2", { id: "h-programs" }, [
        t("programs"),
        all?.length
          ? h(
              "span",
              { class: ["sum", { wrong: cut + devices > 0 }] },
              cut + devices > 0 ? `✕ ${t("troubles", { cut, devices })}` : `✓ ${t("allWell")}`,
            )
          : null,
      ]),
      all === null
        ? h("p", { class: "none" }, "—")
        : all.length === 0
          ? h("p", { class: "none" }, t("noPrograms"))
          : h("ul", all.map((one) => program(view, one))),
    ]);
  },
};

function program({ state, t, text }, one) {
  const since = clock(one.since, { now: state.now });
  const word = one.connected
    ? t("connected")
    : one.since == null
      ? t("neverSeen")
      : t("goneSince", { time: since });
  return h("li", { key: one.id }, [
    h("span", { class: "line" }, [
      h("span", { class: "role" }, t(one.role)),
      h("b", { class: "name", title: one.version || null }, one.name),
      h("span", { class: ["link", one.connected ? "ok" : "wrong"] }, `${one.connected ? "●" : "✕"} ${word}`),
    ]),
    ...(one.devices ?? []).map((device) => {
      const well = device.state === "ok";
      const what = text(device) || device.code;
      return h("span", { class: "line device" }, [
        h("span", { class: "name" }, `${t(device.kind)} ${device.name}`),
        h(
          "span",
          { class: ["link", well ? "ok" : "wrong"] },
          well
            ? `● ${t("device.ok")}`
            : `✕ ${t(`device.${device.state}`)}${what ? ` · ${what}` : ""} · ${t("since", { time: clock(device.since, { now: state.now }) })}`,
        ),
      ]);
    }),
  ]);
}
