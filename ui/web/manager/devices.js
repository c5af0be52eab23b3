// Devices in words: short under their program, and all of them with all they tell, when opened.

import { clock, deviceGroups, troubledDevices } from "./model.js";
import { factWords } from "./texts.js";
import { h } from "./vue.js";

const MARKS = { ok: "●", warning: "▲", failed: "✕", gone: "✕" };
const ALERTS = 3;

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

/** What stands over the hall while a device has failed: where, what, what to do, since when. */
export function alerts(view) {
  const { hall, documents, state, t, text } = view;
  const found = alike(
    troubledDevices(documents).filter(({ device }) => device.state !== "warning"),
  );
  if (found.length === 0) {
    return null;
  }
  return h("section", { class: "alerts", role: "alert" }, [
    h(
      "ul",
      found.slice(0, ALERTS).map(({ program, device, count }) =>
        h("li", { key: `${program.id}/${device.kind}/${device.code}` }, [
          h("button", { type: "button", onClick: () => hall.open(`program/${program.id}`) }, [
            h("b", [
              `✕ ${program.name} · ${named(view, device)}`,
              count > 1 ? ` ${t("andOthers", { count })}` : "",
            ]),
            h("span", text(device) || `${t(`device.${device.state}`)} ${device.code ?? ""}`),
            h(
              "span",
              { class: "digits when" },
              t("since", { time: clock(device.since, { now: state.now }) }),
            ),
          ]),
        ]),
      ),
    ),
    found.length > ALERTS
      ? h(
          "button",
          { type: "button", class: "more", onClick: () => hall.open("devices") },
          t("moreTrouble", {
            count: found.slice(ALERTS).reduce((sum, { count }) => sum + count, 0),
          }),
        )
      : null,
  ]);
}

/** Devices of one program and kind that fail alike are one line: the oldest, and how many. */
function alike(found) {
  const lines = new Map();
  for (const { program, device } of found) {
    const key = `${program.id}/${device.kind}/${device.state}/${device.code}`;
    const line = lines.get(key);
    if (!line) {
      lines.set(key, { program, device, count: 1 });
    } else {
      line.count += 1;
      line.device = device.since < line.device.since ? device : line.device;
    }
  }
  return [...lines.values()];
}

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
