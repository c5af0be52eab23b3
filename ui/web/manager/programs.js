// Programs and their devices: connected, or since when not. Those with trouble come first.

import { clock, onDemand, programs, troubles } from "./model.js";
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
              cut + devices > 0
                ? [
                    cut ? `✕ ${t("cutOff", { count: cut })} ` : "",
                    devices ? `✕ ${t("deviceTrouble", { count: devices })}` : "",
                  ]
                : `✓ ${t("allWell")}`,
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
  const words = (device) => {
    if (device.state === "ok") {
      return `● ${t("device.ok")}`;
    }
    const since = t("since", { time: clock(device.since, { now: state.now }) });
    return [`✕ ${t(`device.${device.state}`)}`, text(device) || device.code, since]
      .filter(Boolean)
      .join(" · ");
  };
  return h("li", { key: one.id }, [
    h("span", { class: "line" }, [
      h("span", { class: "role" }, t(one.role)),
      h("b", { class: "name", title: one.version || null }, one.name),
      onDemand(one)
        ? h("span", { class: "link ok" }, `○ ${t("onDemand")}`)
        : h(
            "span",
            { class: ["link", one.connected ? "ok" : "wrong"] },
            `${one.connected ? "●" : "✕"} ${word}`,
          ),
    ]),
    ...(one.devices ?? []).map((device) =>
      h("span", { class: "line device" }, [
        h("span", { class: "name" }, `${t(device.kind)} ${device.name}`),
        one.connected
          ? h("span", { class: ["link", device.state === "ok" ? "ok" : "wrong"] }, words(device))
          : h("span", { class: "link ok" }, `○ ${t("device.unknown")}`),
      ]),
    ),
  ]);
}
