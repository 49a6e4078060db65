// Her way: what this associate fetches and brings, in walking order, and which waiting requests she can take along. The store decides both.
import * as api from "/associate/base/api.js";
import { $, button, create } from "/associate/base/elements.js";
import { whenFree } from "/associate/base/hold.js";
import { fill } from "/associate/base/keyed.js";
import { joined, localized, text } from "/associate/base/texts.js";

/** @import { Answers } from "/api/answers" */
/** @import { Request } from "/associate/floor/floor.js" */
/** @typedef {Answers["GET /api/v1/pick-list"]} List */

/** What can be taken along ends by time as well. */
const AGAIN_MS = 5000;
/** A way of two stops is one request: its card says all of it. */
const MANY_STOPS = 3;

/** @param {Request} request */
function words(request) {
  const sizes = [request.size, request.second?.size].filter((size) => size && size !== "one").join(" / ");
  return [sizes, localized(request.name) || text(request.kind), localized(request.colour)].filter(Boolean).join(" ");
}

export class PickList {
  /**
   * @param {object} to
   * @param {() => void} to.signedOut
   * @param {(id: string) => Request | undefined} to.request an open request
   * @param {(room: string) => string} to.roomTitle
   * @param {(request: Request) => unknown} to.claim
   */
  constructor({ signedOut, request, roomTitle, claim }) {
    this.signedOut = signedOut;
    this.request = request;
    this.roomTitle = roomTitle;
    this.claim = claim;
    this.list = /** @type {List} */ ({ stops: [], take_along: [] });
    this.works = false;
    this.asked = 0;
    this.timer = 0;
    this.lists = () => this.#drawLists();
  }

  setFixedTexts() { $("my-way-title").textContent = text("my-way"); }

  /** @param {boolean} works whether this role has the floor */
  signedIn(works) { this.works = works; }

  close() {
    this.works = false;
    this.#show({ stops: [], take_along: [] });
  }

  /** An event of the floor. @param {string} name */
  changed(name) { if (name === "Floor" || name === "RequestChanged") this.refresh(); }

  /** Asks the store again; of several answers only the last one is shown. */
  async refresh() {
    if (!this.works) return;
    const asked = ++this.asked;
    try {
      const list = await api.pickList();
      if (asked === this.asked && this.works) this.#show(list);
    } catch (error) {
      if (api.refusal(error).status === 401) this.signedOut();
      else if (asked === this.asked) this.#later();
    }
  }

  /** @param {List} list */
  #show(list) {
    this.list = list;
    clearTimeout(this.timer);
    if (list.stops.length) this.#later();
    whenFree(this.lists);
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), AGAIN_MS);
  }

  #drawLists() {
    const { stops, take_along: along } = this.list;
    const offers = along.map((id) => this.request(id)).filter((one) => one !== undefined && one.waits);
    fill($("take-along-list"), offers.map((one) => this.#offer(/** @type {Request} */ (one))));
    fill($("my-way-list"), stops.map((stop) => this.#stop(stop)));
    $("my-way").hidden = !offers.length && stops.length < MANY_STOPS;
  }

  /** @param {List["stops"][number]} stop */
  #stop(stop) {
    const requests = stop.requests.map((id) => this.request(id)).filter((one) => one !== undefined);
    const first = requests[0];
    const room = first ? this.roomTitle(first.room) : "";
    const place = stop.fetch ? (first?.lies === "stockroom" ? text("stockroom") : stop.zone) : room;
    const row = create("li", stop.fetch ? "stop fetch" : "stop", undefined,
      create("strong", "", place), create("span", "small", joined(requests.map(words))));
    row.dataset.key = `${stop.fetch}-${stop.requests.join()}`;
    return row;
  }

  /** @param {Request} request */
  #offer(request) {
    const row = create("li", "along", undefined,
      create("span", "", joined([this.roomTitle(request.room), words(request)])),
      button(text("take-along"), () => this.claim(request), "strong"));
    row.dataset.request = request.request_id;
    return row;
  }
}
