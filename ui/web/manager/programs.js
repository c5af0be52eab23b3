// The management backend, programs and their devices: connected, or since when not. Programs with
// trouble come first.

import { backend, clock, onDemand, programs, troubles } from "./model.js";
import { h } from "./vue.js";

export const Programs = {
  props: { view: Object },
  setup: ({ view }) => () => {
    const { documents, t } = view;
    const all = programs(documents);
    const upward = backend(documents);
    const wrong = wrongs(view);
    return h("section", { class: "programs", "aria-labelledby": "h-programs" }, [
      h("h2", { id: "h-programs" }, [
        t("programs"),
        all?.length || upward
          ? h(
              "span",
              { class: ["sum", { wrong: wrong.length }] },
              wrong.length ? wrong.map((words) => `✕ ${words}`).join(" ") : `✓ ${t("allWell")}`,
            )
          : null,
      ]),
      all === null
        ? h("p", { class: "none" }, "—")
        : h("ul", [upward ? reporting(view, upward) : null, ...all.map((one) => program(view, one))]),
      all?.length === 0 ? h("p", { class: "none" }, t("noPrograms")) : null,
    ]);
  },
};

/** What is wrong, in words. */
function wrongs({ documents, t }) {
  const { cut, devices } = troubles(documents);
  return [
    backend(documents)?.wrong ? t("backendTrouble") : null,
    cut ? t("cutOff", { count: cut }) : null,
    devices ? t("deviceTrouble", { count: devices }) : null,
  ].filter(Boolean);
}

/** The line to the management backend: its state, why, and how many events it lacks. */
function reporting({ state, t, text }, one) {
  const since = t("since", { time: clock(one.since, { now: state.now }) });
  const mark = one.wrong ? "✕" : one.state === "ok" ? "●" : "○";
  const why = one.wrong ? text(one) || one.code : null;
  const lacking = one.lacking ? t("lacking", { count: one.lacking }) : null;
  return h("li", { key: "backend", class: "backend" }, [
    h("span", { class: "line" }, [
      h("span", { class: "role" }, t("backendRole")),
      h("b", { class: "name" }, t("backend")),
      h(
        "span",
        { class: ["link", one.wrong ? "wrong" : "ok"] },
        [`${mark} ${t(`backend.${one.state}`)}`, one.wrong ? since : null].filter(Boolean).join(" · "),
      ),
    ]),
    why || lacking
      ? h("span", { class: "line device" }, [
          why ? h("span", { class: "name" }, why) : null,
          lacking ? h("span", { class: ["link", "digits", one.wrong ? "wrong" : "ok"] }, lacking) : null,
        ])
      : null,
  ]);
}

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
