// The pages beside the live hall, and the way between them. The address says which one is open.

import { Appointments } from "./appointments.js";
import { Calendar } from "./calendar.js";
import { Changes } from "./changes.js";
import { Rules } from "./rules.js";
import { Waits } from "./waits.js";
import { h, nextTick, ref, watch } from "./vue.js";

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

/** The way between the pages; on a narrow screen it scrolls, and shows where one is. */
export const PagesNav = {
  props: { view: Object },
  setup({ view }) {
    const { state, t } = view;
    const row = ref(null);
    const here = () => pageOf(state.opened)?.name ?? "hall";
    const show = () =>
      nextTick(() => row.value?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }));
    watch(here, show, { immediate: true });
    return () =>
      h("nav", { class: "pages", ref: row, "aria-label": t("pages") }, [
        ["hall", ...Object.keys(PAGES)].map((name) =>
          h(
            "a",
            { key: name, href: name === "hall" ? "#/" : `#/${name}`, "aria-current": name === here() ? "page" : null },
            t(`page.${name}`),
          ),
        ),
      ]);
  },
};

export function page(view) {
  const { name, of } = pageOf(view.state.opened);
  return h("main", { class: ["live", "office", { stale: view.state.link !== "live" }] }, [
    h(PAGES[name], { view, of, key: name }),
  ]);
}
