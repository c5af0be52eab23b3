// The calling rules: each work profile in sentences, and which counters call by it.

import { Confirm, done } from "./confirm.js";
import { button, drawn, loading } from "./loading.js";
import { RulesEdit } from "./rules_edit.js";
import { WhyOf } from "./why.js";
import { h, ref, shallowRef } from "./vue.js";

export const Rules = {
  props: { view: Object, of: String },
  setup(props) {
    const { hall, documents, t } = props.view;
    const found = loading(props.view, () => hall.rest.get("rules"), { on: [() => documents.hall] });
    const last = shallowRef(null);
    return () =>
      h("div", { class: "rules" }, [
        done(props.view, last),
        drawn(props.view, found, (rules) =>
          props.of
            ? h(RulesEdit, {
                view: props.view,
                rules,
                id: props.of,
                key: props.of,
                used: (what) => {
                  last.value = what;
                  hall.open("rules");
                  found.load();
                },
              })
            : [
                profiles(props.view, rules),
                h(Assign, { view: props.view, rules, last, reload: found.load }),
                h(WhyOf, { view: props.view, days: rules.days }),
              ],
        ),
        props.of ? null : h("p", { class: "quiet" }, t("rules.doc")),
      ]);
  },
};

function profiles(view, { profiles: all }) {
  const { hall, t, text } = view;
  return h("section", { "aria-labelledby": "h-rules" }, [
    h("h2", { id: "h-rules" }, [
      t("page.rules"),
      button(t("rules.new"), () => hall.open("rules/new")),
    ]),
    h("p", { class: "quiet" }, t("rules.what")),
    all.length === 0 ? h("p", { class: "none" }, t("rules.none")) : null,
    h(
      "div",
      { class: "sheets" },
      all.map((one) =>
        h("article", { class: "sheet", key: one.id, "aria-labelledby": `r-${one.id}` }, [
          h("h3", { id: `r-${one.id}` }, [text(one.name), h("span", { class: "quiet" }, ` ${one.id}`)]),
          h("ol", { class: "words" }, one.words.map((word, at) => h("li", { key: at }, text(word)))),
          h("p", { class: one.counters.length ? "" : "quiet" }, [
            one.counters.length
              ? t("rules.by", { numbers: one.counters.map((counter) => counter.number).join(t("comma")) })
              : t("rules.byNone"),
          ]),
          h("div", { class: "buttons" }, [
            button(t("rules.edit"), () => hall.open(`rules/${one.id}`), {
              "aria-label": t("rules.editOne", { name: text(one.name) }),
            }),
          ]),
        ]),
      ),
    ),
  ]);
}

/** Which counter calls by which rules. */
const Assign = {
  props: { view: Object, rules: Object, last: Object, reload: Function },
  setup(props) {
    const { hall, t, text } = props.view;
    const asked = ref(null); // {counter, profile}
    const define = (counter, profile) =>
      hall.rest.do({ type: "define_counter", counter: { ...counter, profile } });
    return () => {
      const all = props.rules.profiles;
      const counters = all
        .flatMap((profile) => profile.counters)
        .sort((a, b) => a.number - b.number);
      const name = (id) => [text(all.find((one) => one.id === id)?.name), id].filter(Boolean).join(" · ");
      // Of the counter as it was when asked: by the end the page may know the new one already.
      const question = ({ counter, profile }) => {
        const words = { number: counter.number, name: name(profile) };
        return h(Confirm, {
          view: props.view,
          key: profile,
          question: t("rules.assign", words),
          effect: t("rules.assignEffect", { name: name(counter.profile) }),
          yes: t("rules.assignYes"),
          act: () => define(counter, profile),
          end: (did) => {
            asked.value = null;
            if (did) {
              const undo = () => define(counter, counter.profile).then(props.reload);
              props.last.value = { words: t("rules.assigned", words), undo };
              props.reload();
            }
          },
        });
      };
      const row = (counter) => {
        const chosen = asked.value?.counter.id === counter.id ? asked.value.profile : counter.profile;
        return h("li", { key: counter.id }, [
          h("label", { class: "field inline" }, [
            h("b", t("counter", { number: counter.number })),
            h("span", { class: "quiet" }, text(counter.name)),
            h(
              "select",
              {
                value: chosen,
                onChange: ({ target }) => {
                  const profile = target.value;
                  asked.value = profile === counter.profile ? null : { counter, profile };
                },
              },
              all.map((one) => h("option", { value: one.id, key: one.id }, `${text(one.name)} · ${one.id}`)),
            ),
          ]),
          asked.value?.counter.id === counter.id && asked.value.profile !== counter.profile
            ? question(asked.value)
            : null,
        ]);
      };
      return h("section", { class: "assign", "aria-labelledby": "h-assign" }, [
        h("h2", { id: "h-assign" }, t("rules.counters")),
        counters.length === 0 ? h("p", { class: "none" }, t("noCounters")) : h("ul", counters.map(row)),
      ]);
    };
  },
};
