// The pages beside the live hall, and the way between them. The address says which one is open.

import { Appointments } from "./appointments.js";
import { Calendar } from "./calendar.js";
import { Changes } from "./changes.js";
import { Rules } from "./rules.js";
import { Waits } from "./waits.js";
import { h } from "./vue.js";

const PAGES = {
  rules: Rules,
  calendar: Calendar,
  appointments: Appointments,
  waits: Waits,
  changes: Changes,
};

/** The page that an address is of, and what of it is opened; null for the live hall. */
export function pageOf(opened) {
  const [name, ...rest] = opened.split("/");
  return name in PAGES ? { name, of: rest.join("/") } : null;
}

export function pagesNav({ state, t }) {
  const here = pageOf(state.opened)?.name ?? "hall";
  return h("nav", { class: "pages", "aria-label": t("pages") }, [
    ["hall", ...Object.keys(PAGES)].map((name) =>
      h(
        "a",
        { key: name, href: name === "hall" ? "#/" : `#/${name}`, "aria-current": name === here ? "page" : null },
        t(`page.${name}`),
      ),
    ),
  ]);
}

export function page(view) {
  const { name, of } = pageOf(view.state.opened);
  return h("main", { class: ["live", "office", { stale: view.state.link !== "live" }] }, [
    h(PAGES[name], { view, of, key: name }),
  ]);
}
