// The push channel's client: hello, welcome, updates; reconnects and resumes by itself.
// docs/protocol.md describes the frames.

const VERSION = 1;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;
const ANSWER_MS = 10_000;
// A quiet hall sends nothing; after this long we ask for everything anew, to know that it is there.
const QUIET_MS = 20_000;

/** Refusals that asking again cannot mend. */
const FINAL = new Set(["bad_token", "bad_version", "not_allowed"]);

export class Line {
  #address;
  #token;
  #program;
  #on;
  #socket = null;
  #epoch = 0;
  #seq = 0;
  #wait = FIRST_WAIT_MS;
  #heardAt = 0;
  #askedAt = 0;
  #timer = null;
  #watch = null;
  #reads = new Map();
  #refused = null;
  #opened = false;
  #stopped = false;

  /**
   * `on` has welcome(frame), update(frame), refused(error) and cut(error or null, knownUntil), the
   * last moment by our clock at which what we were told still held.
   */
  constructor(address, token, program, on) {
    this.#address = address;
    this.#token = token;
    this.#program = program;
    this.#on = on;
  }

  start() {
    this.#watch = setInterval(() => this.#look(), 1_000);
    this.#connect();
  }

  /** Whether the channel was ever reached. */
  get reached() {
    return this.#opened;
  }

  stop() {
    this.#stopped = true;
    clearInterval(this.#watch);
    clearTimeout(this.#timer);
    this.#drop();
  }

  /** Connect now instead of at the end of the wait. */
  hurry() {
    if (this.#socket === null && !this.#stopped) {
      clearTimeout(this.#timer);
      this.#connect();
    }
  }

  /** Ask for something that is not pushed; rejects when the line is cut or slow. */
  read(what) {
    const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new Error("not connected"));
        return;
      }
      const late = setTimeout(() => this.#answer(id, null), ANSWER_MS);
      this.#reads.set(id, { resolve, reject, late });
      this.#send({ type: "read", id, what });
    });
  }

  #answer(id, frame) {
    const asked = this.#reads.get(id);
    if (asked === undefined) {
      return;
    }
    this.#reads.delete(id);
    clearTimeout(asked.late);
    if (frame?.answer) {
      asked.resolve(frame.answer);
    } else {
      asked.reject(new Error(frame?.rejected?.code ?? "no answer"));
    }
  }

  #connect() {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#refused = null;
    this.#heardAt = Date.now();
    this.#askedAt = 0;
    socket.onopen = () => {
      this.#opened = true;
      const hello = { type: "hello", v: VERSION, token: this.#token, program: this.#program };
      if (this.#epoch) {
        hello.resume = { epoch: this.#epoch, seq: this.#seq };
      }
      this.#send(hello);
    };
    socket.onmessage = (event) => this.#take(JSON.parse(event.data));
    socket.onclose = () => this.#gone();
  }

  #take(frame) {
    this.#heardAt = Date.now();
    this.#askedAt = 0;
    switch (frame.type) {
      case "welcome":
        this.#epoch = frame.epoch;
        this.#seq = frame.seq;
        this.#wait = FIRST_WAIT_MS;
        this.#on.welcome(frame);
        break;
      case "update":
        if (frame.prev > this.#seq) {
          this.#send({ type: "resume", seq: this.#seq });
          break;
        }
        this.#seq = Math.max(this.#seq, frame.seq);
        this.#on.update(frame);
        break;
      case "read_result":
        this.#answer(frame.id, frame);
        break;
      case "error":
        if (frame.closing) {
          this.#refused = frame;
        }
        break;
      default: // a newer server's frame
    }
  }

  #look() {
    if (this.#socket === null) {
      return;
    }
    const now = Date.now();
    if (this.#askedAt && now - this.#askedAt > ANSWER_MS) {
      this.#gone(this.#heardAt);
    } else if (this.#socket.readyState === WebSocket.CONNECTING) {
      if (now - this.#heardAt > ANSWER_MS) {
        this.#gone();
      }
    } else if (!this.#askedAt && now - this.#heardAt > QUIET_MS) {
      this.#askedAt = now;
      this.#send({ type: "resume", seq: this.#seq });
    }
  }

  // While the line stood, whatever changed was pushed: only silence makes older data doubtful.
  #gone(knownUntil = Date.now()) {
    this.#drop();
    if (this.#stopped) {
      return;
    }
    if (this.#refused && FINAL.has(this.#refused.code)) {
      this.stop();
      this.#on.refused(this.#refused);
      return;
    }
    this.#on.cut(this.#refused, knownUntil);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), this.#wait * (0.5 + Math.random() / 2));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    for (const id of [...this.#reads.keys()]) {
      this.#answer(id, null);
    }
  }

  #send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(frame));
    }
  }
}
