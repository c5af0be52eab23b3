// What is shown, worked out from the documents. Pure; null means unknown and is drawn as a dash.

export { minutes } from "./minutes.js";

export const STATES = ["serving", "called", "free", "paused", "closed"];

/** All counters by number, or null while none is known. */
export function counters(documents) {
  const found = Object.entries(documents)
    .filter(([topic]) => topic.startsWith("counter/"))
    .map(([, document]) => document)
    .sort((a, b) => a.number - b.number);
  return found.length === 0 && !documents.hall ? null : found;
}

export function waitingNow(documents) {
  return documents.queues
    ? (documents.queues.queues ?? []).reduce((sum, queue) => sum + queue.waiting, 0)
    : null;
}

/** The queue whose first has waited longest, or null if nobody waits or nothing is known. */
export function longest(documents) {
  const waiting = (documents.queues?.queues ?? []).filter((queue) => queue.oldest_at);
  return waiting.reduce(
    (worst, queue) => (worst && worst.oldest_at <= queue.oldest_at ? worst : queue),
    null,
  );
}

const atWork = (counter) => counter.state === "serving" || counter.state === "called";

/** The five figures at the top: what each is, and what it opens. */
export function tiles(documents, now) {
  const all = counters(documents);
  const worst = longest(documents);
  const open = all?.filter((counter) => counter.state !== "closed");
  const paused = all?.filter((counter) => counter.state === "paused").length;
  return {
    waiting: { value: waitingNow(documents) },
    longest: {
      since: worst?.oldest_at ?? null,
      none: documents.queues !== undefined && worst === null,
      service: worst?.service ?? null,
      now,
    },
    serving: { value: all ? all.filter(atWork).length : null },
    open: { value: open?.length ?? null, of: all?.length ?? null, paused: paused ?? null },
    served: {
      value: all ? all.reduce((sum, counter) => sum + (counter.counts?.served ?? 0), 0) : null,
    },
  };
}

/** Rows of the queue table, in the hall's order; null while unknown. */
export function queueRows(documents) {
  if (!documents.queues) {
    return null;
  }
  const queues = documents.queues.queues ?? [];
  const most = Math.max(1, ...queues.map((queue) => queue.waiting));
  return queues.map((queue) => ({
    ...queue,
    open: queue.counters_open ?? 0,
    share: queue.waiting / most,
    unserved: queue.waiting > 0 && !queue.counters_open,
    service: service(documents, queue.service),
  }));
}

/** A service's definition; where it is not defined any more, its id stands for its name. */
export function service(documents, id) {
  const found = documents.hall?.services?.find((one) => one.id === id);
  return found ?? { id, prefix: "", name: { zh: id, en: id }, department: { zh: "", en: "" } };
}

/** Counters that serve a queue. */
export const serving = (documents, id) =>
  (counters(documents) ?? []).filter((counter) => counter.services?.includes(id));

/** The newest calls of all areas; null while unknown. */
export function calls(documents, most = 10) {
  const areas = Object.entries(documents).filter(([topic]) => topic.startsWith("calls/"));
  if (areas.length === 0) {
    return documents.hall ? [] : null;
  }
  return areas
    .flatMap(([, area]) => area.recent ?? [])
    .sort((a, b) => b.seq - a.seq)
    .slice(0, most);
}

/** Whether a program ought to be connected: other systems may come by REST alone. */
export const onDemand = (one) => one.role === "integration" && one.since == null;

const ill = (device) => device.state !== "ok";

/** Programs, those with trouble first; null while unknown. */
export function programs(documents) {
  if (!documents.programs) {
    return null;
  }
  const trouble = (one) => {
    if (onDemand(one)) {
      return 3;
    }
    return one.connected ? ((one.devices ?? []).some(ill) ? 1 : 2) : 0;
  };
  return [...(documents.programs.programs ?? [])].sort(
    (a, b) => trouble(a) - trouble(b) || a.name.localeCompare(b.name, "zh", { numeric: true }),
  );
}

/** So few events are always just on their way to the backend. */
const ON_THE_WAY = 20;

/** The line to the management backend; null where the hall has none, or nothing is known. */
export function backend(documents) {
  const found = documents.programs?.backend;
  if (!found) {
    return null;
  }
  const wrong = found.state === "retrying" || found.state === "operator";
  const waiting = found.waiting ?? 0;
  return { ...found, wrong, lacking: wrong || waiting > ON_THE_WAY ? waiting : 0 };
}

/** How many programs are cut off, and how many devices fail. */
export function troubles(documents) {
  const all = programs(documents) ?? [];
  return {
    cut: all.filter((one) => !one.connected && !onDemand(one)).length,
    // Of a program that is cut off, the last report says nothing any more.
    devices: all.filter((one) => one.connected).flatMap((one) => one.devices ?? []).filter(ill).length,
  };
}

const WORST = ["failed", "gone", "warning", "ok"];
const byTrouble = (a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state);

/** Every device that is not well, of programs that are connected, the worst first. */
export function troubledDevices(documents) {
  return (programs(documents) ?? [])
    .filter((one) => one.connected)
    .flatMap((program) => (program.devices ?? []).filter(ill).map((device) => ({ program, device })))
    .sort((a, b) => byTrouble(a.device, b.device));
}

/** Devices by program, those with trouble first; of one program alone if asked. Null while unknown. */
export function deviceGroups(documents, program = null) {
  return (
    programs(documents)
      ?.filter((one) => one.devices?.length && (!program || one.id === program))
      .map((one) => ({ program: one, devices: [...one.devices].sort(byTrouble) })) ?? null
  );
}

/** A length of time as 4′05″, which nobody takes for a clock; a dash where an end is unknown. */
export function span(since, now) {
  if (since == null || now == null) {
    return "—";
  }
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return `${Math.floor(seconds / 60)}′${two(seconds % 60)}″`;
}

const two = (value) => String(value).padStart(2, "0");

/** A time of day, 10:32:05 or 10:32; with the date where it is not the same day as `now`. */
export function clock(ms, { seconds = false, now = null } = {}) {
  if (ms == null) {
    return "—";
  }
  const at = new Date(ms);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  const whole = seconds ? `${time}:${two(at.getSeconds())}` : time;
  const today = now === null || new Date(now).toDateString() === at.toDateString();
  return today ? whole : `${two(at.getMonth() + 1)}-${two(at.getDate())} ${whole}`;
}
