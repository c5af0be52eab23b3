// Seconds as people read them: the twin of queue_server/protocol/minutes.py, held to it by
// tests/e2e/test_minutes.py.

const COARSE_FROM = 30;
const STEP = 5;

/** A range in whole minutes, [from, to]: the lower end rounded down, the upper up. */
export function minutesOf(lowS, highS) {
  let low = Math.floor(Math.max(0, lowS) / 60);
  let high = Math.max(1, Math.ceil(highS / 60));
  if (low >= COARSE_FROM) {
    low -= low % STEP;
  }
  if (high > COARSE_FROM) {
    high = Math.ceil(high / STEP) * STEP;
  }
  return [low, Math.max(low, high)];
}

/** A row's range of waiting time as everybody is shown it; "" where unknown. */
export function minutes({ wait_low_s: low, wait_high_s: high }) {
  if (low == null || high == null) {
    return "";
  }
  const [from, to] = minutesOf(low, high);
  return from === 0 ? `≤ ${to}′` : from === to ? `${to}′` : `${from}–${to}′`;
}
