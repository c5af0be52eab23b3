// The steps of a visit through several services: done, now and to come, and where each is done.

import { service } from "./model.js";
import { h } from "./vue.js";

/** A ticket's steps as its progress tells them; nothing where it has but one. */
export function stepsOf(view, progress) {
  const steps = progress.steps ?? [];
  if (steps.length === 0) {
    return null;
  }
  return [
    h("h3", view.t("steps")),
    h(
      "ol",
      { class: "steps" },
      steps.map((step, at) => stepItem(view, step, at)),
    ),
  ];
}

function stepItem({ documents, t, text }, step, at) {
  const area = documents.hall?.areas?.find((one) => one.id === step.area);
  const numbers = (step.counters ?? []).join(", ");
  const place = [numbers ? t("counter", { number: numbers }) : "", area ? text(area.name) : ""].filter(Boolean);
  return h("li", { key: at, class: `is-${step.state}`, "aria-current": step.state === "now" ? "step" : undefined }, [
    h("b", { class: "digits" }, step.state === "done" ? "✓" : String(at + 1)),
    h("span", [h("span", text(service(documents, step.service).name)), h("small", place.join(" · "))]),
    h("span", { class: "quiet" }, t(`step.${step.state}`)),
  ]);
}

/** Of a call, which step it was for, and whether the counter joined others; empty for a visit of one. */
export const stepWords = ({ t }, call, calls) =>
  calls.some((one) => one.joint || one.step > 1)
    ? [t("why.step", { step: call.step ?? 1 }), call.joint ? t("why.joint") : ""].filter(Boolean).join(" · ")
    : "";
