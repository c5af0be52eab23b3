// REST with the tab's token: reads, and commands that are done once however often they are sent.

const TRIES = 3;
const PAUSE_MS = 800;

/** A refusal, or a server out of reach; `zh` and `en` are sentences for people. */
export class Refused extends Error {
  constructor({ code, zh, en }) {
    super(code);
    this.code = code;
    this.zh = zh;
    this.en = en;
  }
}

const UNREACHED = {
  code: "unreached",
  zh: "连不上服务器，请稍后再试",
  en: "The server cannot be reached; please try again shortly",
};
const UNSURE = {
  code: "unsure",
  zh: "连不上服务器，不知道是否已经生效，恢复后请核对",
  en: "The server cannot be reached; it may or may not be done. Check once it is back",
};

export class Rest {
  #token;

  /** `token` is a function that gives the token of the moment. */
  constructor(token) {
    this.#token = token;
  }

  get(path) {
    return this.#ask("GET", path);
  }

  post(path, body) {
    return this.#ask("POST", path, body);
  }

  delete(path) {
    return this.#ask("DELETE", path);
  }

  /** Do a command; sent again under the same id until there is an answer, so it is done once. */
  async do(command) {
    const body = { id: uuid(), do: command };
    for (let left = TRIES; ; left -= 1) {
      try {
        return (await this.#ask("POST", "commands", body)).done ?? {};
      } catch (error) {
        if (error.code !== "unreached") {
          throw error;
        }
        if (left === 1) {
          throw new Refused(UNSURE);
        }
        await new Promise((wake) => setTimeout(wake, PAUSE_MS));
      }
    }
  }

  async #ask(method, path, body) {
    let answer;
    let found;
    try {
      answer = await fetch(`/api/v1/${path}`, {
        method,
        cache: "no-store",
        headers: { Authorization: `Bearer ${this.#token()}` },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      found = await answer.json();
    } catch {
      throw new Refused(UNREACHED);
    }
    if (!answer.ok) {
      throw new Refused(found.rejected ?? UNREACHED);
    }
    return found;
  }
}

/** A random UUID, also where the page came over plain HTTP and the browser offers none. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
