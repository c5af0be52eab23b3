// One condition of each kind, as text to begin from; docs/rules.md explains them.

const RATIO = `type = "ratio"
shares = [
    { match = { highest = 0 }, weight = 2, name = { zh = "普通号", en = "ordinary" } },
    { match = { lowest = 1 }, weight = 1, name = { zh = "优先号", en = "priority" } },
]`;

/** By kind; `other` is a service of other counters. */
const SNIPPETS = {
  bound: () => 'type = "bound"',
  first: () => 'type = "first"\nmatch = { lowest = 2 }\ncap = { calls = 1, of = 3 }',
  longest: () => 'type = "first"\nafter_minutes = 30',
  booked: () => 'type = "booked"\nearly_minutes = 10\nlate_minutes = 15\ncap = { calls = 1, of = 2 }',
  ratio: () => RATIO,
  aging: () => 'type = "aging"\nminutes_per_class = 10\nup_to = 2',
  overflow: (other) =>
    `type = "overflow"\nservices = ["${other}"]\nstart_minutes = 20\nstop_minutes = 10\ncap = { calls = 1, of = 3 }`,
  last_resort: (other) => `type = "last_resort"\nservices = ["${other}"]`,
};

export const KINDS = Object.keys(SNIPPETS);

/** The text with a condition of this kind at its end; `services` are all the hall's. */
export function withCondition(text, kind, services) {
  const own = /^services\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1] ?? "";
  const other = services.find((one) => !own.includes(`"${one.id}"`))?.id ?? "";
  return `${text.trimEnd()}\n\n[[conditions]]\n${SNIPPETS[kind](other)}\n`;
}
