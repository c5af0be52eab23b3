// A work profile as text: checked by the server as it is typed, compared, tried, put in force.

import { Confirm } from "./confirm.js";
import { button, wrong } from "./loading.js";
import { KINDS, withCondition } from "./rules_snippets.js";
import { RulesTrial } from "./rules_trial.js";
import { h, nextTick, onBeforeUnmount, ref, shallowRef } from "./vue.js";

const PAUSE_MS = 400;
const MARKS = { same: "", gone: "−", new: "＋" };

const BLANK = 'id = ""\nname = { zh = "", en = "" }\nservices = []\n';

export const RulesEdit = {
  props: { view: Object, rules: Object, id: String, used: Function },
  setup(props) {
    const { hall, documents, t, text } = props.view;
    const isNew = props.id === "new";
    const services = () => documents.hall?.services ?? [];
    const find = () => props.rules.profiles.find((one) => one.id === props.id);
    const base = isNew ? BLANK : (find()?.toml ?? "");
    const toml = ref(base);
    const checked = shallowRef(null);
    const error = ref(null);
    const asking = ref(false);
    const area = ref(null);
    const gutter = ref(null);
    let timer = null;
    let newest = 0;

    const check = async () => {
      const mine = (newest += 1);
      try {
        const found = await hall.rest.post("rules/check", { toml: toml.value, ...(isNew ? {} : { profile: props.id }) });
        if (mine === newest) {
          checked.value = found;
          error.value = null;
        }
      } catch (refused) {
        if (mine === newest) {
          checked.value = null;
          error.value = refused;
        }
      }
    };
    const type = (value) => {
      toml.value = value;
      checked.value = null;
      asking.value = false;
      clearTimeout(timer);
      timer = setTimeout(check, PAUSE_MS);
    };
    onBeforeUnmount(() => clearTimeout(timer));
    check();

    const goTo = (line) => {
      const lines = toml.value.split("\n");
      const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      area.value.focus();
      area.value.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
      area.value.scrollTop = (line - 3) * (area.value.scrollHeight / lines.length);
    };
    const insert = (conditions) => {
      const [head] = toml.value.split(/\n*^\[\[conditions\]\]/m);
      type(conditions ? `${head.trimEnd()}\n\n${conditions}` : `${head.trimEnd()}\n`);
      nextTick(() => area.value?.focus());
    };
    const use = async () => {
      const now = await hall.rest.get("rules");
      const there = now.profiles.find((one) => one.id === props.id);
      if (!isNew && there?.toml !== base) {
        throw { zh: t("rules.changedMeanwhile"), en: t("rules.changedMeanwhile") };
      }
      await hall.rest.do({ type: "define_profile", profile: checked.value.profile });
    };
    const back = async () => {
      const old = await hall.rest.post("rules/check", { toml: base, profile: props.id });
      await hall.rest.do({ type: "define_profile", profile: old.profile });
    };

    return () => {
      const one = find();
      if (!isNew && !one) {
        return h("p", { class: "none" }, t("unknownThing"));
      }
      const mistakes = checked.value?.mistakes ?? [];
      const ready = checked.value?.profile && !checked.value.is_same;
      const name = isNew ? t("rules.new") : text(one.name);
      return h("section", { class: "edit", "aria-labelledby": "h-edit" }, [
        h("h2", { id: "h-edit" }, [
          isNew ? name : t("rules.editOne", { name }),
          button(`‹ ${t("rules.back")}`, () => hall.open("rules")),
        ]),
        h("div", { class: "two" }, [
          h("div", [
            h("div", { class: "buttons" }, [
              h("span", { class: "quiet" }, t("rules.ready")),
              props.rules.ready.map((set) => button(text(set.name), () => insert(set.conditions), { key: set.id })),
              toml.value === base ? null : button(t("rules.asBefore"), () => type(base)),
            ]),
            editor(props.view, { toml, area, gutter, type, mistakes }),
            h("div", { class: "buttons adding" }, [
              h("span", { class: "quiet" }, t("rules.add")),
              KINDS.map((kind) =>
                button(t(`kind.${kind}`), () => type(withCondition(toml.value, kind, services())), {
                  key: kind,
                  title: t(`kind.${kind}.what`),
                }),
              ),
            ]),
            h("details", [
              h("summary", t("rules.ids")),
              h("ul", services().map((one) => h("li", { key: one.id }, [h("code", one.id), ` ${text(one.name)}`]))),
            ]),
          ]),
          h("div", { class: "verdict", "aria-live": "polite" }, [
            wrong(props.view, error.value),
            checked.value === null && !error.value ? h("p", { class: "quiet" }, t("rules.checking")) : null,
            mistakes.length
              ? [
                  h("p", { class: "wrong" }, [h("b", `✕ ${t("rules.mistakes", { count: mistakes.length })}`)]),
                  h("ol", { class: "mistakes" }, mistakes.map((mistake, at) => mistakeLine(props.view, mistake, at, goTo))),
                ]
              : null,
            checked.value?.profile ? changes(props.view, checked.value) : null,
          ]),
        ]),
        asking.value
          ? h(Confirm, {
              view: props.view,
              question: t(isNew ? "rules.useNew" : "rules.use", { name }),
              effect: isNew
                ? t("rules.useNewEffect")
                : t("rules.useEffect", { count: one.counters.length }),
              yes: t("rules.useYes"),
              act: use,
              end: (did) => {
                asking.value = false;
                if (did) {
                  props.used({ words: t("rules.used", { name: text(checked.value.profile.name) }), undo: isNew ? null : back });
                }
              },
            })
          : h("div", { class: "buttons" }, [
              button(t(isNew ? "rules.useNewOpen" : "rules.useOpen"), () => (asking.value = true), {
                main: true,
                disabled: !ready || props.view.state.link !== "live",
              }),
            ]),
        isNew
          ? null
          : h(RulesTrial, {
              view: props.view,
              id: props.id,
              days: props.rules.days,
              toml: toml.value,
              right: Boolean(checked.value?.profile),
            }),
      ]);
    };
  },
};

function editor({ t }, { toml, area, gutter, type, mistakes }) {
  const bad = new Set(mistakes.map((one) => one.line));
  const lines = toml.value.split("\n").length;
  return h("div", { class: "editor" }, [
    h(
      "div",
      { class: "gutter", ref: gutter, "aria-hidden": "true" },
      Array.from({ length: lines }, (_, at) =>
        h("div", { key: at, class: { wrong: bad.has(at + 1) } }, bad.has(at + 1) ? `✕ ${at + 1}` : String(at + 1)),
      ),
    ),
    h("textarea", {
      ref: area,
      "aria-label": t("rules.text"),
      "aria-invalid": mistakes.length ? "true" : "false",
      spellcheck: "false",
      autocomplete: "off",
      autocapitalize: "off",
      wrap: "off",
      rows: Math.min(28, Math.max(12, lines + 1)),
      value: toml.value,
      onInput: (event) => type(event.target.value),
      onScroll: (event) => (gutter.value.scrollTop = event.target.scrollTop),
    }),
  ]);
}

const mistakeLine = ({ t, text }, mistake, at, goTo) =>
  h("li", { key: at }, [
    mistake.line
      ? button(t("rules.line", { line: mistake.line }), () => goTo(mistake.line))
      : null,
    mistake.path ? h("code", mistake.path) : null,
    h("span", text(mistake)),
  ]);

function changes({ t, text }, checked) {
  return [
    h("p", [h("b", checked.is_same ? `✓ ${t("rules.same")}` : `✓ ${t("rules.right")}`)]),
    h(
      "ol",
      { class: "words diff" },
      checked.changes.map((one, at) =>
        h("li", { key: at, class: one.mark }, [
          h("span", { class: "mark", "aria-hidden": "true" }, MARKS[one.mark]),
          h(one.mark === "gone" ? "del" : one.mark === "new" ? "ins" : "span", text(one)),
        ]),
      ),
    ),
  ];
}
