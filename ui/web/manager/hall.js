// What the page knows: the documents as last pushed, how fresh they are, and what is opened.

import { initial as language, remember, say } from "./texts.js";
import { Line } from "./line.js";
import { pageOf } from "./pages.js";
import { Rest } from "./rest.js";
import { Trend } from "./trend.js";
import { waitingNow } from "./model.js";
import { shallowReactive } from "./vue.js";

const TOKEN = "hall.manager.token";
const CONFIG_RETRY_MS = 3_000;

export class Hall {
  #window;
  #line = null;
  #offset = 0;
  #config = null;

  constructor(window) {
    this.#window = window;
    this.trend = new Trend();
    this.rest = new Rest(() => window.sessionStorage.getItem(TOKEN));
    /** Documents by topic; a topic that is absent is unknown, which is never the same as 0. */
    this.documents = shallowReactive({});
    this.state = shallowReactive({
      link: "idle", // idle: no token yet; connecting, live, cut
      asOf: null, // server time until which the data is known to hold; null before any
      now: null, // server time, standing still while cut
      trouble: null, // {zh, en}: why there is no connection, where that is known
      refused: null, // {zh, en}: why the token was not taken
      opened: "", // what is drilled into, such as queue/S1
      language: language(window),
      version: "",
      trendAt: 0,
    });
  }

  start() {
    const page = this.#window;
    page.addEventListener("hashchange", () => this.#opened());
    page.addEventListener("online", () => this.#line?.hurry());
    page.addEventListener("keydown", (event) => event.key === "Escape" && !pageOf(this.state.opened) && this.open(""));
    this.#opened();
    setInterval(() => this.#tick(), 1_000);
    const token = this.#window.sessionStorage.getItem(TOKEN);
    if (token) {
      this.enter(token);
    }
  }

  /** Connect with this token, kept until the tab is closed. */
  async enter(token) {
    this.state.refused = null;
    this.state.link = "connecting";
    this.#window.sessionStorage.setItem(TOKEN, token);
    const config = await this.#configuration();
    this.#line?.stop();
    this.#line = new Line(config.push, token, `web ${config.version}`, {
      welcome: (frame) => this.#welcome(frame),
      update: (frame) => this.#update(frame),
      cut: (error, knownUntil) => this.#cut(error, knownUntil),
      refused: (error) => this.#refused(error),
    });
    this.#line.start();
  }

  /** Forget the token. */
  leave() {
    this.#window.sessionStorage.removeItem(TOKEN);
    this.#line?.stop();
    this.#line = null;
    this.state.link = "idle";
    this.#forget();
  }

  open(what) {
    if (what) {
      this.#window.location.hash = `#/${what}`;
    } else if (this.state.opened) {
      this.#window.history.replaceState(null, "", "#/");
      this.state.opened = "";
    }
  }

  speak(language) {
    this.state.language = language;
    remember(this.#window, language);
  }

  read(what) {
    return this.#line ? this.#line.read(what) : Promise.reject(new Error("not connected"));
  }

  /** How good the told waiting times of a day were. */
  waits(day) {
    return this.rest.get(`waits?day=${day}`);
  }

  async #configuration() {
    while (this.#config === null) {
      try {
        const answer = await fetch("/manager/config.json", { cache: "no-store" });
        if (answer.ok) {
          this.#config = await answer.json();
          this.state.version = this.#config.version;
          break;
        }
      } catch {
        // The server is away; its address is asked for again below.
      }
      this.state.link = "cut";
      await new Promise((wake) => setTimeout(wake, CONFIG_RETRY_MS));
    }
    return this.#config;
  }

  #welcome(frame) {
    if (frame.me.role !== "manager") {
      this.#refused({
        zh: `这是“${frame.me.name}”的令牌，不是管理员令牌`,
        en: `This is the token of “${frame.me.name}”, not a manager's`,
      });
      return;
    }
    for (const topic of Object.keys(this.documents)) {
      if (!(topic in frame.set)) {
        delete this.documents[topic];
      }
    }
    Object.assign(this.documents, frame.set);
    this.#offset = frame.now - Date.now();
    this.#fresh();
  }

  #update(frame) {
    Object.assign(this.documents, frame.set ?? {});
    this.#fresh();
  }

  #fresh() {
    const now = Date.now() + this.#offset;
    Object.assign(this.state, { link: "live", asOf: now, now, trouble: null });
    this.#sample(now);
  }

  #cut(error, knownUntil) {
    if (this.state.link === "live") {
      this.state.asOf = this.state.now = knownUntil + this.#offset;
      this.trend.gap(this.state.now);
      this.state.trendAt = this.state.now;
    }
    const unreached = !error && this.#line && !this.#line.reached;
    const address = this.#config?.push;
    Object.assign(this.state, {
      link: "cut",
      trouble: unreached
        ? { zh: say("zh", "noPush", { address }), en: say("en", "noPush", { address }) }
        : error,
    });
  }

  #refused(error) {
    this.leave();
    this.state.refused = { zh: error.zh, en: error.en };
  }

  #forget() {
    for (const topic of Object.keys(this.documents)) {
      delete this.documents[topic];
    }
    Object.assign(this.state, { asOf: null, now: null, trouble: null });
    this.trend.clear();
  }

  #tick() {
    if (this.state.link === "live") {
      this.state.now = Date.now() + this.#offset;
      this.#sample(this.state.now);
    }
  }

  #sample(now) {
    if (this.trend.add(now, waitingNow(this.documents), this.documents.queues?.queues ?? [])) {
      this.state.trendAt = now;
    }
  }

  #opened() {
    this.state.opened = decodeURIComponent(this.#window.location.hash.replace(/^#\/?/, ""));
  }
}
