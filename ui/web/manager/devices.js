// Devices in words: short under their program, and all of them with all they tell, when opened.

import { clock, deviceGroups } from "./model.js";
import { factWords } from "./texts.js";
import { h } from "./vue.js";

const MARKS = { ok: "●", warning: "▲", failed: "✕", gone: "✕" };

/** One device's state, why, and since when. */
export function stateWords({ state, t, text }, device) {
  const mark = `${MARKS[device.state] ?? "✕"} ${t(`device.${device.state}`)}`;
  if (device.state === "ok") {
    return mark;
  }
  const since = t("since", { time: clock(device.since, { now: state.now }) });
  return [mark, text(device) || device.code, since].filter(Boolean).join(" · ");
}

export const tone = (device) => (device.state === "ok" ? "ok" : device.state === "warning" ? "warn" : "wrong");

/** Kind and name; a name that is only the port says no more than the port. */
export function named({ t }, device) {
  const kind = t(device.kind);
  return [kind, device.port, ""].includes(device.name) ? kind : `${kind} ${device.name}`;
}

/** All devices of one program, or of all programs, those with trouble first. */
export const Devices = {
  props: { view: Object, program: String },
  setup: ({ view, program }) => () => {
    const { documents, t } = view;
    const groups = deviceGroups(documents, program);
    if (groups === null) {
      return h("p", { class: "none" }, "—");
    }
    if (groups.length === 0) {
      return h("p", { class: "none" }, t(program ? "noDevicesHere" : "noDevices"));
    }
    return h(
      "div",
      { class: "devices" },
      groups.map(({ program: one, devices }) =>
        h("section", { key: one.id }, [
          program
            ? null
            : h("h3", [h("span", { class: "role" }, t(one.role)), one.name]),
          one.connected ? null : h("p", { class: "quiet" }, `○ ${t("device.lastKnown")}`),
          h(
            "ul",
            devices.map((device, at) => card(view, device, `${at}`)),
          ),
        ]),
      ),
    );
  },
};

function card(view, device, key) {
  const { state, t } = view;
  const when = (at) => clock(at, { now: state.now });
  const facts = Object.entries(device.facts ?? {}).filter(([, value]) => value !== "");
  const rows = [
    device.state === "ok" ? [t("device.since"), when(device.since)] : null,
    device.port ? [t("device.port"), device.port] : null,
    device.driver ? [t("device.driver"), device.driver] : null,
    device.firmware ? [t("device.firmware"), device.firmware] : null,
    ...facts.map(([name, value]) => [t(`fact.${name}`), factWords(state.language, name, value)]),
    device.last_error
      ? [
          t("device.lastError"),
          device.last_error_at ? `${device.last_error} · ${when(device.last_error_at)}` : device.last_error,
        ]
      : null,
  ].filter(Boolean);
  return h("li", { key, class: tone(device) }, [
    h("b", named(view, device)),
    h("span", { class: ["link", tone(device)] }, stateWords(view, device)),
    rows.length
      ? h(
          "dl",
          rows.map(([name, value]) => h("div", [h("dt", name), h("dd", { class: "digits" }, value)])),
        )
      : null,
  ]);
}
