// The associates' page: signs in, listens to the floor, draws it, and passes on what is touched.
import * as api from "/associate/api.js";
import { alarmCard, made, requestCard, roomRow } from "/associate/drawing.js";
import { Desk } from "/associate/desk.js";
import { Floor, ring } from "/associate/floor.js";
import { LANGUAGES, languageName, speak, speaking, text } from "/associate/texts.js";

const $ = (id) => document.getElementById(id);
const TABS = ["requests", "rooms", "desk"];
const floor = new Floor();
const desk = new Desk({ roomTitle, toast, signedOut });
let me = null, stream = null, chosen = null, house = "Cheval", skew = 0, up = false;

function roomTitle(room) { return floor.rooms.get(room)?.title || room; }

const now = () => Date.now() * 1000 + skew;

function fixedTexts() {
  for (const element of document.querySelectorAll(".house")) element.textContent = house;
  const words = { "sign-in-hint": "hint", "pin-label": "pin", "pin-go": "go", "sign-out": "out", "requests-title": "requests",
    "rooms-title": "rooms", "no-requests": "none", "no-rooms": "noRooms", "tab-rooms": "rooms" };
  desk.fixedTexts();
  for (const [id, name] of Object.entries(words)) $(id).textContent = text(name);
  linkChanged(up);
}

function draw() {
  const open = floor.open(me?.id);
  $("alarm-list").replaceChildren(...[...floor.alarms.values()].map((alarm) =>
    alarmCard(alarm, { roomTitle: roomTitle(alarm.room), seen })));
  $("request-list").replaceChildren(...open.map((request) =>
    requestCard(request, { me: me?.id, roomTitle: roomTitle(request.room), now: now(), act })));
  $("room-list").replaceChildren(...[...floor.rooms.values()].map((board) => roomRow(board, now())));
  $("no-requests").hidden = open.length > 0;
  $("no-rooms").hidden = floor.rooms.size > 0;
  const waiting = open.filter((r) => r.waits).length;
  $("tab-desk").textContent = desk.title();
  $("tab-requests").textContent = waiting ? `${text("requests")} (${waiting})` : text("requests");
  document.title = waiting ? `(${waiting}) ${house}` : house;
}

/** Only the ages move between two messages; buttons under a thumb stay where they are. */
function drawAges() {
  for (const card of $("request-list").children) {
    const request = floor.requests.get(card.dataset.request);
    if (!request) continue;
    const seconds = Math.max(0, Math.floor((now() - request.made_us) / 1e6));
    card.querySelector(".age").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

async function act(request, verb, words) {
  try {
    hear("RequestChanged", await api.move(request.request_id, verb, words));
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
  hear("AlarmSeen", alarm);
}

async function refresh() {
  try { hear("Floor", await api.floor()); } catch { /* the stream tells when the line is back */ }
}

let toasted = 0;
function toast(words, seconds = 5) {
  $("trouble").textContent = words;
  $("trouble").hidden = false;
  clearTimeout(toasted);
  toasted = setTimeout(() => { $("trouble").hidden = true; }, seconds * 1000);
}

function hear(name, body) {
  let news = name === "CloneAlarm";
  if (name === "CloneAlarm") floor.alarm(body);
  if (name === "AlarmSeen") floor.alarmSeen(body.alarm_id);
  if (name === "MoneyMoved") return desk.moved(body);
  if (name === "Floor") { desk.refresh(); news = floor.replace(body); if (body.now_us) skew = body.now_us - Date.now() * 1000; }
  if (name === "RequestChanged") news = floor.request(body.request ?? body);
  if (name === "RoomChanged") floor.room(body);
  if (news) ring();
  draw();
}

function linkChanged(now_up) {
  up = now_up;
  $("link").textContent = text(up ? "live" : "lost");
  $("link").classList.toggle("lost", !up);
}

function signedIn(person) {
  me = person;
  sessionStorage.setItem("me", JSON.stringify(person));
  $("sign-in").hidden = true;
  $("floor").hidden = false;
  stream?.close();
  stream = api.listen(hear, (state) => { linkChanged(state); if (!state) checkSession(); });
  showTab("requests");
}

async function checkSession() {
  try { await api.floor(); } catch (trouble) { if (trouble.status === 401) signedOut(); }
}

async function signedOut() {
  stream?.close();
  stream = null;
  me = null;
  desk.close();
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
    const one = made("button", "", person.name);
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
  for (const one of $("people").children) one.setAttribute("aria-checked", String(one.dataset.associate === person.id));
  $("pin-form").hidden = false;
  $("pin").value = "";
  $("pin").focus();
}

async function tryPin(event) {
  event.preventDefault();
  try {
    const answer = await api.signIn(chosen.id, $("pin").value);
    $("sign-in-trouble").textContent = "";
    signedIn(answer.associate);
  } catch (trouble) {
    $("sign-in-trouble").textContent =
      text(trouble.status === 401 || trouble.status === 403 ? "wrongPin" : trouble.status === 429 ? "tooMany" : "failed");
  } finally { $("pin").value = ""; }
}

function showTab(tab) {
  $("columns").dataset.tab = tab;
  if (tab === "desk") desk.shown();
  for (const name of TABS) {
    $(name).classList.toggle("shown", name === tab);
    $(`tab-${name}`).setAttribute("aria-selected", String(name === tab));
  }
}

async function start() {
  speak(speaking());
  $("language").replaceChildren(...LANGUAGES.map((code) => {
    const option = made("option", "", languageName(code));
    option.value = code;
    option.selected = code === speaking();
    return option;
  }));
  $("language").addEventListener("change", () => { speak($("language").value); fixedTexts(); draw(); desk.draw(); });
  $("pin-form").addEventListener("submit", tryPin);
  $("sign-out").addEventListener("click", async () => { try { await api.signOut(); } finally { signedOut(); } });
  for (const name of TABS) $(`tab-${name}`).addEventListener("click", () => showTab(name));
  try { house = (await api.shop()).name || house; } catch { /* the name comes with the next load */ }
  fixedTexts();
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
