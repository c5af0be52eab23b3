// Asks for the manager's token. It goes into the first frame of the push channel, never an address.

import { h, ref } from "./vue.js";

export const Login = {
  props: { view: Object },
  setup({ view }) {
    const { hall, state, t, text } = view;
    const token = ref("");
    const missing = ref(false);
    const submit = (event) => {
      event.preventDefault();
      missing.value = token.value.trim() === "";
      if (!missing.value) {
        hall.enter(token.value.trim());
      }
    };
    return () => {
      const wrong = missing.value ? t("tokenNeeded") : text(state.refused);
      return h("main", { class: "login" }, [
        h("form", { onSubmit: submit, novalidate: true }, [
          h("label", { for: "token" }, t("token")),
          h("input", {
            id: "token",
            type: "password",
            autocomplete: "off",
            spellcheck: "false",
            autofocus: true,
            value: token.value,
            "aria-describedby": "token-why",
            "aria-invalid": wrong ? "true" : null,
            onInput: (event) => {
              token.value = event.target.value;
            },
          }),
          wrong ? h("p", { class: "wrong", role: "alert" }, `✕ ${wrong}`) : null,
          h("p", { id: "token-why", class: "quiet" }, t("tokenWhy")),
          h("button", { type: "submit", class: "main" }, t("enter")),
        ]),
      ]);
    };
  },
};
