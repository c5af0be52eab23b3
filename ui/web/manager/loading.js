// What a page has read: the last good answer stays, and says from when it is.

import { clock } from "./model.js";
import { h, onBeforeUnmount, shallowReactive, watch } from "./vue.js";

/**
 * Reads by `fetch` now, whenever the line comes back or one of `on` changes, and every `everyMs`.
 * `data` is the last answer, `at` when it came, `error` why there was none since.
 */
export function loading({ state }, fetch, { on = [], everyMs = 0 } = {}) {
  const found = shallowReactive({ data: null, at: null, error: null, busy: false });
  let newest = 0;
  found.load = async () => {
    const mine = (newest += 1);
    found.busy = true;
    try {
      const data = await fetch();
      if (mine === newest) {
        Object.assign(found, { data, at: state.now, error: null, busy: false });
      }
    } catch (error) {
      if (mine === newest) {
        Object.assign(found, { error, busy: false });
      }
    }
  };
  watch([() => state.link, ...on], () => state.link === "live" && found.load(), { immediate: true });
  if (everyMs) {
    const timer = setInterval(() => state.link === "live" && found.load(), everyMs);
    onBeforeUnmount(() => clearInterval(timer));
  }
  return found;
}

/** The error, in the server's words. */
export const wrong = ({ text }, error) =>
  error ? h("p", { class: "wrong", role: "alert" }, `✕ ${text(error)}`) : null;

/** `draw(data)` once there is some, led by what is wrong with it. */
export function drawn(view, found, draw) {
  const { state, t } = view;
  if (found.data === null) {
    return [wrong(view, found.error), found.error ? null : h("p", { class: "none" }, t("reading"))];
  }
  const old = found.error && state.link === "live";
  return [
    old ? h("p", { class: "quiet" }, t("asOf", { time: clock(found.at, { seconds: true }) })) : null,
    old ? wrong(view, found.error) : null,
    draw(found.data),
  ];
}

/** An ordinary button. `main`: the one that does it. */
export const button = (label, onClick, { main = false, disabled = false, ...more } = {}) =>
  h("button", { type: "button", class: main ? "do" : "plain", disabled, onClick, ...more }, label);
