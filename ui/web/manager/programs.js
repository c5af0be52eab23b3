// The management backend, programs and their devices: connected, or since when not. Programs with
// trouble come first; of many devices only those with trouble are listed, the rest are counted.

import { named, stateWords, tone } from "./devices.js";
import { backend, clock, onDemand, programs, troubles } from "./model.js";
import { h } from "./vue.js";

export const Programs = {
  props: { view: Object },
  setup: ({ view }) => () => {
    const { hall, documents, t } = view;
    const all = programs(documents);
    const upward = backend(documents);
    const wrong = wrongs(view);
    return h("section", { class: "programs", "aria-labelledby": "h-programs" }, [
      h("h2", { id: "h-programs" }, [
        t("programs"),
        all?.length || upward
          ? h(
              "button",
              {
                type: "button",
                class: ["sum", { wrong: wrong.length }],
                title: t("show"),
                onClick: () => hall.open("devices"),
              },
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

function program(view, one) {
  const { state, t } = view;
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
      onDemand(one)
        ? h("span", { class: "link ok" }, `○ ${t("onDemand")}`)
        : h(
            "span",
            { class: ["link", one.connected ? "ok" : "wrong"] },
            `${one.connected ? "●" : "✕"} ${word}`,
          ),
    ]),
    ...deviceLines(view, one),
  ]);
}

const FEW = 4;

/** The devices of a program, each a way to all that it tells. */
function deviceLines(view, one) {
  const { hall, t } = view;
  const all = one.devices ?? [];
  const open = () => hall.open(`program/${one.id}`);
  const line = (key, name, state) =>
    h("button", { key, type: "button", class: "line device", title: t("show"), onClick: open }, [
      h("span", { class: "name" }, name),
      state,
    ]);
  if (!one.connected) {
    return all.length
      ? [line("away", t("deviceCount", { count: all.length }), h("span", { class: "link ok" }, `○ ${t("device.unknown")}`))]
      : [];
  }
  const ill = all.filter((device) => device.state !== "ok");
  const listed = all.length <= FEW ? all : ill.slice(0, FEW);
  const rest = all.length - listed.length;
  const lines = listed.map((device, at) =>
    line(at, named(view, device), h("span", { class: ["link", tone(device)] }, stateWords(view, device))),
  );
  const more = ill.length - listed.length;
  if (rest > 0) {
    const words = more > 0 ? t("alsoTrouble", { count: more }) : `● ${t("device.ok")}`;
    const key = listed.length ? "otherDevices" : "deviceCount";
    lines.push(
      line("rest", t(key, { count: rest }), h("span", { class: ["link", more > 0 ? "wrong" : "ok"] }, words)),
    );
  }
  return lines;
}
