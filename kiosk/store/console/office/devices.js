// Paired devices, for managers: a list, codes for new ones, and revoking. The store decides who may do that.
import * as api from "/associate/base/api.js";
import { $, button, create, field } from "/associate/base/elements.js";
import { fill } from "/associate/base/keyed.js";
import { text, when } from "/associate/base/texts.js";

/** @import { DeviceAnswer } from "/api/answers" */
/** @import { Tools } from "/associate/base/sheet.js" */
/** @typedef {{ name: string } | { room: string }} Joining a page's device by its name, or the mirror of a room */

const LOOK_MS = 3000;

export class Devices {
  /** @param {Tools & { roomTitle: (room: string) => string, rooms: () => string[] }} to */
  constructor({ sheet, toast, signedOut, roomTitle, rooms }) {
    this.sheet = sheet;
    this.toast = toast;
    this.signedOut = signedOut;
    this.roomTitle = roomTitle;
    this.rooms = rooms;
    this.manager = false; this.root = "";
    this.known = /** @type {DeviceAnswer[]} */ ([]);
    $("device-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.showCode({ name: field("device-name").value.trim() }, field("device-name").value.trim());
    });
  }

  /** @param {boolean} manager */
  signedIn(manager) {
    this.manager = manager;
    if (manager) this.refresh();
  }

  close() { this.manager = false; this.known = []; this.draw(); }

  setFixedTexts() {
    const words = { "tab-devices": "devices", "devices-title": "devices", "no-devices": "devicesNone",
      "device-add-title": "devicesAdd", "device-name-label": "devicesName", "device-go": "devicesShow",
      "device-mirror-title": "devicesPairMirror", "device-root-title": "devicesRoot" };
    for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
    this.draw();
  }

  /** @template T @param {() => Promise<T>} work @returns {Promise<T | undefined>} */
  async guarded(work) {
    try { return await work(); } catch (error) {
      const trouble = api.refusal(error);
      if (trouble.status === 401) this.signedOut();
      else this.toast(text(trouble.status === 0 ? "offline" : "failed"));
      return undefined;
    }
  }

  async refresh() {
    if (!this.manager) return;
    this.known = (await this.guarded(() => api.devices())) ?? this.known;
    try { this.root = (await api.shopRoot()).sha256; } catch { this.root = ""; }
    this.draw();
  }

  /** @param {DeviceAnswer} device */
  title(device) { return device.kind === "mirror" ? text("devicesMirror", { room: this.roomTitle(device.room) }) : device.name; }

  /** @param {DeviceAnswer} device */
  row(device) {
    const row = create("li", "room", undefined, create("strong", "", this.title(device)),
      create("span", "small", text("devicesPaired", { when: when(device.paired_us) })),
      button(text("devicesRevoke"), () => this.askRevoke(device), "quiet"));
    row.dataset.key = device.device_id;
    return row;
  }

  draw() {
    fill($("device-list"), this.known.map((device) => this.row(device)));
    $("no-devices").hidden = this.known.length > 0;
    fill($("device-rooms"), this.rooms().map((room) =>
      button(this.roomTitle(room), () => this.showCode({ room }, this.roomTitle(room)))));
    $("device-root").textContent = this.root;
    $("device-root-title").hidden = !this.root;
  }

  /** @param {DeviceAnswer} device */
  askRevoke(device) {
    this.sheet.show(text("devicesRevokeSure", { name: this.title(device) }), [], [
      [text("devicesRevoke"), () => this.revoke(device), "strong"], [text("close"), () => this.sheet.close(), "quiet"]]);
  }

  /** @param {DeviceAnswer} device */
  async revoke(device) {
    await this.guarded(() => api.revokeDevice(device.device_id));
    this.sheet.close();
    await this.refresh();
  }

  /** @param {Joining} body @param {string} title */
  async showCode(body, title) {
    const found = await this.guarded(() => api.deviceCode(body));
    if (!found) return;
    const digits = create("p", "digits", found.code);
    digits.dir = "ltr";
    const picture = create("img", "code");
    picture.src = `data:image/svg+xml,${encodeURIComponent(found.qr)}`;
    picture.alt = "";
    const root = create("p", "technical", this.root);
    root.dir = "ltr";
    this.sheet.show(title, [digits, picture, this.sheet.line(text("devicesCode")), root], [
      [text("close"), () => { this.sheet.close(); this.refresh(); }, "strong"]]);
    this.watchCode(digits, body, title);
  }

  /** While the code is shown: says when strangers have tried it too often. @param {HTMLElement} digits @param {Joining} body @param {string} title */
  watchCode(digits, body, title) {
    const timer = setInterval(async () => {
      if (!digits.isConnected || !this.sheet.dialog.open) { clearInterval(timer); return; }
      let found;
      try { found = await api.deviceCodeState("room" in body ? body.room : undefined); } catch { return; } // asked again
      if (!found.tried_out || !digits.isConnected) return;
      clearInterval(timer);
      this.sheet.show(title, [this.sheet.line(text("devicesTriedOut"))], [
        [text("devicesShow"), () => this.showCode(body, title), "strong"], [text("close"), () => this.sheet.close(), "quiet"]]);
    }, LOOK_MS);
  }
}
