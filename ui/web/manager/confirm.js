// Asks before something is changed: in its place on the page, never over it.

import { button, wrong } from "./loading.js";
import { h, nextTick, onMounted, onUnmounted, ref } from "./vue.js";

/**
 * `act(reason)` does it and may fail with a refusal, which is shown; `end(done)` closes the question.
 * With `reason` a reason is asked for, and needed.
 */
export const Confirm = {
  props: {
    view: Object,
    question: String,
    effect: String,
    harm: String,
    yes: String,
    reason: String,
    act: Function,
    end: Function,
  },
  setup(props) {
    const { state, t } = props.view;
    const words = ref("");
    const error = ref(null);
    const busy = ref(false);
    const first = ref(null);
    const box = ref(null);
    const asked = document.activeElement;
    let around = null;
    onMounted(() => {
      around = box.value.parentElement;
      nextTick(() => first.value?.focus());
    });
    // Back to what asked, or to what took its place: who works by keyboard is not lost.
    onUnmounted(() =>
      nextTick(() => {
        if (document.activeElement === document.body) {
          const there = asked !== document.body && asked?.isConnected;
          (there ? asked : around?.querySelector("button, input, select"))?.focus({ preventScroll: true });
        }
      }),
    );

    const go = async () => {
      if (busy.value) {
        return;
      }
      if (props.reason && !words.value.trim()) {
        error.value = { zh: "请写明原因", en: "Please give a reason" };
        first.value?.focus();
        return;
      }
      busy.value = true;
      error.value = null;
      try {
        await props.act(words.value.trim());
        props.end(true);
      } catch (refused) {
        error.value = refused;
      }
      busy.value = false;
    };

    return () =>
      h(
        "div",
        {
          class: "confirm",
          ref: box,
          role: "group",
          "aria-label": props.question,
          onKeydown: (event) => event.key === "Escape" && (event.stopPropagation(), props.end(false)),
        },
        [
          h("p", [h("b", props.question)]),
          props.effect ? h("p", props.effect) : null,
          props.harm ? h("p", { class: "wrong" }, `▲ ${props.harm}`) : null,
          props.reason
            ? h("label", { class: "field" }, [
                h("span", props.reason),
                h("input", {
                  ref: first,
                  maxlength: 60,
                  value: words.value,
                  onInput: (event) => (words.value = event.target.value),
                  onKeydown: (event) => event.key === "Enter" && (event.preventDefault(), go()),
                }),
              ])
            : null,
          wrong(props.view, error.value),
          h("div", { class: "buttons" }, [
            button(props.yes, go, {
              main: true,
              disabled: busy.value || state.link !== "live",
              ref: props.reason ? undefined : first,
            }),
            button(t("no"), () => props.end(false)),
          ]),
        ],
      );
  },
};

/** What was done last, with a way back where there is one: `{words, undo}`, or null. */
export function done(view, last) {
  const one = last.value;
  if (!one) {
    return h("div", { role: "status" });
  }
  const { t } = view;
  const back = async () => {
    try {
      await one.undo();
      last.value = { words: t("undone") };
    } catch (refused) {
      last.value = { ...one, error: refused };
    }
  };
  return h("div", { class: "done", role: "status" }, [
    h("span", `✓ ${one.words}`),
    one.undo ? button(t("undo"), back, { disabled: view.state.link !== "live" }) : null,
    button("✕", () => (last.value = null), { "aria-label": t("close") }),
    wrong(view, one.error),
  ]);
}
