// What stands over the hall while a device has failed: where, what to do, since when, and who has seen it.

import { named } from "./devices.js";
import { button, wrong } from "./loading.js";
import { clock, programs, troubledDevices } from "./model.js";
import { h, ref } from "./vue.js";

const SHOWN = 3;

/** What an alert is known by: once the device is well again, and fails anew, it is another. */
const idOf = (program, device) => `${program.id}/${device.kind}/${device.name.slice(0, 80)}/${device.since}`;

export const Alerts = {
  props: { view: Object },
  setup({ view }) {
    const { hall, documents, state, t } = view;
    const error = ref(null);
    const busy = ref("");

    const acknowledge = async (line) => {
      busy.value = line.key;
      error.value = null;
      try {
        for (const alert of line.alerts) {
          await hall.rest.do({ type: "acknowledge_alert", alert });
        }
      } catch (refused) {
        error.value = refused;
      }
      busy.value = "";
    };

    return () => {
      const failed = troubledDevices(documents).filter(({ device }) => device.state !== "warning");
      if (failed.length === 0) {
        return null;
      }
      const seen = new Map((documents.alerts?.acknowledged ?? []).map((one) => [one.alert, one]));
      const lines = alike(failed).map((line) => ({
        ...line,
        seen: line.alerts.every((alert) => seen.has(alert)) ? seen.get(line.alerts[0]) : null,
      }));
      const fresh = lines.filter((line) => !line.seen);
      const rest = fresh.slice(SHOWN);
      const button_ = (line) =>
        button(t("alert.acknowledge"), () => acknowledge(line), {
          disabled: state.link !== "live" || busy.value === line.key,
          "aria-label": `${t("alert.acknowledge")} ${line.program.name} ${named(view, line.device)}`,
        });
      return h("section", { class: ["alerts", { seen: fresh.length === 0 }], "aria-label": t("alerts") }, [
        h("ul", { role: "alert" }, fresh.slice(0, SHOWN).map((line) => row(view, line, button_(line)))),
        rest.length
          ? h(
              "button",
              { type: "button", class: "more", onClick: () => hall.open("devices") },
              t("moreTrouble", { count: rest.reduce((sum, { alerts }) => sum + alerts.length, 0) }),
            )
          : null,
        h("ul", { class: "known" }, lines.filter((line) => line.seen).map((line) => row(view, line, seenBy(view, line.seen)))),
        wrong(view, error.value),
      ]);
    };
  },
};

function row(view, line, end) {
  const { hall, state, t, text } = view;
  const { program, device, alerts, key } = line;
  return h("li", { key }, [
    h("button", { type: "button", class: "what", onClick: () => hall.open(`program/${program.id}`) }, [
      h("b", [
        `✕ ${program.name} · ${named(view, device)}`,
        alerts.length > 1 ? ` ${t("andOthers", { count: alerts.length })}` : "",
      ]),
      h("span", text(device) || `${t(`device.${device.state}`)} ${device.code ?? ""}`),
      h("span", { class: "digits when" }, t("since", { time: clock(device.since, { now: state.now }) })),
    ]),
    end,
  ]);
}

function seenBy({ documents, state, t }, seen) {
  const who = programs(documents)?.find((one) => one.id === seen.program)?.name ?? seen.program;
  return h("span", { class: "by" }, `✓ ${t("alert.seen", { who, time: clock(seen.at, { now: state.now }) })}`);
}

/** Devices of one program and kind that fail alike are one line: the oldest, and all their alerts. */
function alike(found) {
  const lines = new Map();
  for (const { program, device } of found) {
    const key = `${program.id}/${device.kind}/${device.state}/${device.code}`;
    const line = lines.get(key) ?? { key, program, device, alerts: [] };
    line.alerts.push(idOf(program, device));
    line.device = device.since < line.device.since ? device : line.device;
    lines.set(key, line);
  }
  return [...lines.values()];
}
