// How many waited, over the last half hour, as gathered while this page was open.

export const SPAN_MS = 30 * 60_000;
const EVERY_MS = 10_000;
const HALL = "";

export class Trend {
  #lines = new Map();
  #lastAt = 0;

  /** Take a sample if one is due; says whether it did. `total` and `queues` may be unknown. */
  add(now, total, queues) {
    if (total === null || now - this.#lastAt < EVERY_MS) {
      return false;
    }
    this.#lastAt = now;
    this.#push(HALL, now, total);
    for (const queue of queues) {
      this.#push(queue.service, now, queue.waiting);
    }
    return true;
  }

  /** Nothing is known from here on: a hole in every line, not a zero. */
  gap(now) {
    for (const service of this.#lines.keys()) {
      this.#push(service, now, null);
    }
    this.#lastAt = 0;
  }

  /** Points [time, waiting or null] of one service, or of the hall. */
  of(service = HALL) {
    return this.#lines.get(service) ?? [];
  }

  clear() {
    this.#lines.clear();
    this.#lastAt = 0;
  }

  #push(service, now, waiting) {
    const old = this.#lines.get(service) ?? [];
    this.#lines.set(service, [...old.filter(([at]) => at > now - SPAN_MS), [now, waiting]]);
  }
}
