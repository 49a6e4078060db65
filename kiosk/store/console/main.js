// The associates' page: sign-in, event stream, tabs, and the associate's actions.
import * as api from "/associate/base/api.js";
import { alarmCard, bagCard, requestCard, roomRow, standCard } from "/associate/floor/cards.js";
import { create } from "/associate/base/elements.js";
import { Desk } from "/associate/desk/desk.js";
import { Devices } from "/associate/office/devices.js";
import { Feed } from "/associate/office/feed.js";
import { Fleet } from "/associate/office/fleet.js";
import { Floor, playAlert } from "/associate/floor/floor.js";
import { Members } from "/associate/office/members.js";
import { showModels } from "/associate/office/models.js";
import { NewPin, spentPin } from "/associate/entry/pin_forms.js";
import { Staff } from "/associate/office/staff.js";
import { LANGUAGES, ownName, setLanguage, currentLanguage, text } from "/associate/base/texts.js";

const $ = (id) => document.getElementById(id);
const TABS = ["requests", "rooms", "desk", "status", "feed", "devices", "staff"];
const floor = new Floor();
const desk = new Desk({ roomTitle, toast, signedOut });
const fleet = new Fleet({ signedOut });
const feed = new Feed({ sheet: desk.sheet, toast, signedOut });
const members = new Members({ sheet: desk.sheet, toast, signedOut });
const devices = new Devices({ sheet: desk.sheet, toast, signedOut, roomTitle, rooms: () => [...floor.rooms.keys()] });
const staff = new Staff({ sheet: desk.sheet, toast, signedOut });
const newPin = new NewPin({ signIn: begin, failed: signInFailed });
let me = null, stream = null, chosen = null, shopName = "Cheval", clockOffset = 0, online = false;

function roomTitle(room) { return floor.rooms.get(room)?.title || floor.standTitles[room] || room; }

const now = () => Date.now() * 1000 + clockOffset;

function setFixedTexts() {
  for (const element of document.querySelectorAll(".shop-name")) element.textContent = shopName;
  const words = { "sign-in-hint": "hint", "pin-label": "pin", "pin-go": "go", "sign-out": "out", "requests-title": "requests",
    "rooms-title": "rooms", "no-requests": "none", "no-rooms": "noRooms", "tab-rooms": "rooms" };
  desk.setFixedTexts();
  fleet.setFixedTexts();
  feed.setFixedTexts();
  members.setFixedTexts();
  devices.setFixedTexts();
  staff.setFixedTexts();
  newPin.setFixedTexts();
  for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
  linkChanged(online);
}

function draw() {
  const open = floor.open(me?.id);
  $("alarm-list").replaceChildren(...[...floor.alarms.values()].map((alarm) =>
    alarmCard(alarm, { roomTitle: roomTitle(alarm.room), seen })), ...[...floor.bags.values()].map((task) =>
    bagCard(task, { roomTitle: roomTitle(task.room), done: bagged })), ...[...floor.stands.values()].map((notice) =>
    standCard(notice, { seen: standSeen })));
  $("request-list").replaceChildren(...open.map((request) =>
    requestCard(request, { me: me?.id, roomTitle: roomTitle(request.room), now: now(), act })));
  $("room-list").replaceChildren(...[...floor.rooms.values()].map((board) => roomRow(board, now(), me?.role === "manager")));
  $("no-requests").hidden = open.length > 0;
  $("no-rooms").hidden = floor.rooms.size > 0;
  const waiting = open.filter((r) => r.waits).length;
  $("tab-desk").textContent = desk.title();
  $("tab-requests").textContent = waiting ? `${text("requests")} (${waiting})` : text("requests");
  document.title = waiting ? `(${waiting}) ${shopName}` : shopName;
}

/** Updates only the ages, so that buttons keep their place between two events. */
function drawAges() {
  for (const card of $("request-list").children) {
    const request = floor.requests.get(card.dataset.request);
    if (!request) continue;
    const seconds = Math.max(0, Math.floor((now() - request.made_us) / 1e6));
    card.querySelector(".age").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

async function act(request, verb, words) {
  if (verb === "exchange") return desk.changePiece(request.instead_of);
  try {
    handleEvent("RequestChanged", await api.move(request.request_id, verb, words));
  } catch (trouble) {
    if (trouble.status === 401) return signedOut();
    toast(text(trouble.status === 409 ? "taken" : "failed"));
    refresh();
  }
}

async function seen(alarm) {
  try { await api.alarmSeen(alarm.alarm_id); } catch (trouble) {
    if (trouble.status === 401) return signedOut();
    if (trouble.status !== 404) return toast(text("failed"));
  }
  handleEvent("AlarmSeen", alarm);
}

async function bagged(task) {
  try { await api.bagged(task.order_id); } catch (trouble) {
    if (trouble.status === 401) return signedOut();
    if (trouble.status !== 404) return toast(text("failed"));
  }
  handleEvent("BagDone", task);
}

async function standSeen(notice) {
  try { await api.standSeen(notice.stand); } catch (trouble) {
    if (trouble.status === 401) return signedOut();
    if (trouble.status !== 404) return toast(text("failed"));
  }
  handleEvent("StandNoticeEnded", notice);
}

async function refresh() {
  try { handleEvent("Floor", await api.floor()); } catch { /* the event stream reports when the connection is back */ }
}

let toasted = 0;
function toast(words, seconds = 5) {
  $("trouble").textContent = words;
  $("trouble").hidden = false;
  clearTimeout(toasted);
  toasted = setTimeout(() => { $("trouble").hidden = true; }, seconds * 1000);
}

function handleEvent(name, body) {
  let isNew = ["CloneAlarm", "BagTask", "StandNotice"].includes(name);
  if (name === "BagTask") floor.bag(body);
  if (name === "BagDone") floor.bagDone(body.order_id);
  if (name === "StandNotice") floor.stand(body);
  if (name === "StandNoticeEnded") floor.standDone(body.stand);
  if (name === "CloneAlarm") floor.alarm(body);
  if (name === "AlarmSeen") floor.alarmSeen(body.alarm_id);
  if (name === "MoneyMoved") return desk.moved(body);
  if (name === "FeedChanged") return feed.refresh();
  if (name === "Floor") { desk.refresh(); feed.refresh(); isNew = floor.replace(body); if (body.now_us) clockOffset = body.now_us - Date.now() * 1000; }
  if (name === "RequestChanged") isNew = floor.request(body.request ?? body);
  if (name === "RoomChanged") { floor.room(body); desk.roomChanged(); }
  if (isNew) playAlert();
  draw();
}

function linkChanged(nowOnline) {
  online = nowOnline;
  $("link").textContent = text(online ? "live" : "lost");
  $("link").classList.toggle("lost", !online);
}

function signedIn(person) {
  me = person;
  sessionStorage.setItem("me", JSON.stringify(person));
  $("sign-in").hidden = true;
  $("floor").hidden = false;
  stream?.close();
  stream = api.openStream(handleEvent, (state) => { linkChanged(state); if (!state) checkSession(); });
  members.me = me;
  feed.signedIn(me.role === "manager");
  devices.signedIn(me.role === "manager");
  staff.signedIn(me.role === "manager");
  showTab("requests");
  models();
}

async function checkSession() {
  try { await api.floor(); } catch (trouble) { if (trouble.status === 401) signedOut(); }
}

async function signedOut() {
  stream?.close();
  stream = null;
  me = null;
  desk.close();
  fleet.close();
  feed.close();
  devices.close();
  staff.close();
  sessionStorage.removeItem("me");
  $("floor").hidden = true;
  $("sign-in").hidden = false;
  await people();
}

async function people() {
  let found = [];
  try { found = await api.associates(); } catch { $("sign-in-trouble").textContent = text("failed"); setTimeout(people, 3000); return; }
  $("sign-in-trouble").textContent = "";
  $("people").replaceChildren(...found.map((person) => {
    const one = create("button", "", person.name);
    one.type = "button";
    one.setAttribute("role", "radio");
    one.setAttribute("aria-checked", "false");
    one.dataset.associate = person.id;
    one.addEventListener("click", () => choose(person));
    return one;
  }));
}

function choose(person) {
  chosen = person;
  newPin.close();
  for (const one of $("people").children) one.setAttribute("aria-checked", String(one.dataset.associate === person.id));
  $("pin-form").hidden = false;
  $("pin").value = "";
  $("pin").focus();
}

async function tryPin(event) {
  event.preventDefault();
  const pin = $("pin").value;
  try { await begin(chosen.id, pin); } catch (trouble) {
    if (trouble.code !== "pin-due") return signInFailed(trouble);
    $("sign-in-trouble").textContent = "";
    $("pin-form").hidden = true;
    newPin.ask(chosen.id, pin);
  } finally { $("pin").value = ""; }
}

async function begin(id, pin, newPin = "") {
  const answer = await api.signIn(id, pin, newPin);
  $("sign-in-trouble").textContent = "";
  signedIn(answer.associate);
}

function signInFailed(trouble) {
  $("pin-form").hidden = false;
  $("sign-in-trouble").textContent =
    text(trouble.code === "device-unpaired" ? "unpaired" : spentPin(trouble) || (trouble.status === 401 || trouble.status === 403 ? "wrongPin" : "failed"));
}

const models = () => showModels($("models"), me?.role === "manager");

function showTab(tab) {
  $("columns").dataset.tab = tab;
  if (tab === "desk") desk.shown();
  if (tab === "rooms") models();
  fleet.shown(tab === "status");
  if (tab === "feed") feed.refresh();
  if (tab === "devices") devices.refresh();
  if (tab === "staff") staff.refresh();
  for (const name of TABS) {
    $(name).classList.toggle("shown", name === tab);
    $(`tab-${name}`).setAttribute("aria-selected", String(name === tab));
  }
}

/** A shared device is signed out when nobody has touched it for a while; the store counts from the last touch it is told. */
let told = 0;
async function touched() {
  if (!me || Date.now() - told < 60000) return;
  told = Date.now();
  try { await api.used(); } catch (trouble) { if (trouble.status === 401) signedOut(); }
}

async function start() {
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, touched, { passive: true });
  setLanguage(currentLanguage());
  $("language").replaceChildren(...LANGUAGES.map((code) => {
    const option = create("option", "", ownName(code));
    option.lang = code;
    option.value = code;
    option.selected = code === currentLanguage();
    return option;
  }));
  $("language").addEventListener("change", () => { setLanguage($("language").value); setFixedTexts(); draw(); desk.draw(); models(); });
  $("pin-form").addEventListener("submit", tryPin);
  $("sign-out").addEventListener("click", async () => { try { await api.signOut(); } finally { signedOut(); } });
  for (const name of TABS) $(`tab-${name}`).addEventListener("click", () => showTab(name));
  try { shopName = (await api.shop()).name || shopName; } catch { /* shown at the next load */ }
  setFixedTexts();
  setInterval(drawAges, 1000);
  setInterval(() => me && draw(), 30000);
  const before = JSON.parse(sessionStorage.getItem("me") || "null");
  try {
    if (!before) throw new api.ApiError(401);
    await api.floor();
    signedIn(before);
  } catch { signedOut(); }
}

start();
