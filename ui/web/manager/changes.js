// Who changed what, the newest first.

import { drawn, loading } from "./loading.js";
import { clock } from "./model.js";
import { h } from "./vue.js";

export const Changes = {
  props: { view: Object, of: String },
  setup({ view }) {
    const { hall, documents, t } = view;
    const found = loading(view, () => hall.rest.get("changes"), { on: [() => documents.hall], everyMs: 30_000 });
    return () =>
      h("section", { class: "changes", "aria-labelledby": "h-changes" }, [
        h("h2", { id: "h-changes" }, t("page.changes")),
        h("p", { class: "quiet" }, t("changes.what")),
        drawn(view, found, ({ changes }) =>
          changes.length === 0
            ? h("p", { class: "none" }, t("changes.none"))
            : h("ol", together(changes).map((one) => line(view, one))),
        ),
      ]);
  },
};

const AT_ONCE_MS = 5_000;
const NAMED = 8;

const abouts = (t, all) =>
  all.length > NAMED
    ? t("changes.many", { some: all.slice(0, NAMED).join(t("comma")), count: all.length })
    : all.join(t("comma"));

/** What one did of a kind at one go, such as a file that defines a whole hall, is one line. */
function together(changes) {
  const lines = [];
  for (const one of changes) {
    const last = lines.at(-1);
    const same =
      last && last.who === one.who && last.type === one.type && last.at - one.at < AT_ONCE_MS && !last.words && !one.words;
    if (same) {
      last.abouts.unshift(one.about);
    } else {
      lines.push({ ...one, abouts: [one.about] });
    }
  }
  return lines;
}

function line({ state, t }, one) {
  const who = one.who === "configuration" ? t("changes.file") : one.who;
  return h("li", { key: one.seq }, [
    h("time", { class: "digits" }, clock(one.at, { seconds: true, now: state.now })),
    h("b", who),
    h("span", t(`change.${one.type}`)),
    h("span", { class: "digits" }, abouts(t, one.abouts.filter(Boolean))),
    one.words ? h("span", { class: "quiet" }, t("changes.words", { words: one.words })) : null,
  ]);
}
