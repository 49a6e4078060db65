// Draws requests and rooms. Everything that comes from outside is set as text, never as markup.
import { picture } from "/associate/api.js";
import { languageName, said, speaking, text } from "/associate/texts.js";

export function made(tag, name, words, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (words !== undefined) element.textContent = words;
  element.append(...inside);
  return element;
}

export function button(words, act, name = "") {
  const element = made("button", name, words);
  element.type = "button";
  element.addEventListener("click", async () => {
    element.disabled = true;
    try { await act(); } finally { element.disabled = false; }
  });
  return element;
}

const SIGNS = { help: "?", alteration: "✂", drink: "◡", size: "↕", piece: "＋" };
const ANSWERS = ["coming", "two-minutes", "five-minutes", "please-come-out"];
const MINUTES = { "two-minutes": 2, "five-minutes": 5 };

function image(request) {
  const sign = made("div", "sign", SIGNS[request.kind] ?? "?");
  if (!request.picture) return sign;
  const found = made("img");
  found.alt = "";
  found.src = picture(request.picture);
  found.addEventListener("error", () => found.replaceWith(sign));
  return found;
}

function age(request, now) {
  const seconds = Math.max(0, Math.floor((now - request.made_us) / 1e6));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function what(request) {
  const line = made("div", "what");
  if (request.size && request.size !== "one") line.append(made("span", "size", request.size));
  const name = said(request.name), colour = said(request.colour);
  line.append(name ? [name, colour].filter(Boolean).join(", ") : text(request.kind));
  return line;
}

function lies(request) {
  const parts = [];
  if (request.lies) parts.push(text(request.lies));
  if (request.at_door) parts.push(text("leaveAtDoor"));
  if (request.language && request.language !== speaking()) {
    parts.push(text("speaks", { language: languageName(request.language) }));
  }
  return made("div", "lies", parts.join(" · "));
}

function state(request, mine) {
  const parts = [];
  if (mine) parts.push(text("you"));
  else if (request.by) parts.push(text("by", { by: request.by }));
  if (request.state === "at-the-door") parts.push(text("atDoor"));
  else if (request.answer) parts.push(text(request.answer));
  if (request.escalated === 1 && !request.by) parts.push(text("nobody"));
  if (request.escalated > 1 && !request.by) parts.push(text("manager"));
  return made("div", "state", parts.join(" · "));
}

function actions(request, mine, act) {
  const row = made("div", "actions");
  const go = (verb, words) => () => act(request, verb, words);
  const may = new Set(request.actions);
  if (may.has("claim")) {
    row.append(button(text("claim"), go("claim", { answer: "coming", minutes: 2 }), "strong"));
    if (request.gtin) row.append(button(text("last-one-sold"), go("decline", { answer: "last-one-sold" }), "quiet"));
  } else if (mine) {
    if (may.has("at-the-door")) row.append(button(text("door"), go("at-the-door"), "strong"));
    if (may.has("done")) row.append(button(text("done"), go("done"), may.has("at-the-door") ? "" : "strong"));
    if (may.has("release")) row.append(button(text("release"), go("release"), "quiet"));
  }
  return row;
}

function answers(request, act) {
  const row = made("div", "answers");
  for (const answer of ANSWERS.filter((a) => a !== request.answer)) {
    row.append(button(text(answer), () => act(request, "answer", { answer, minutes: MINUTES[answer] ?? 0 })));
  }
  if (request.gtin) {
    for (const answer of ["other-colour", "last-one-sold"]) {
      row.append(button(text(answer), () => act(request, "decline", { answer })));
    }
  }
  return row;
}

/** One request as a card. `act(request, verb, words)` moves it. */
export function requestCard(request, { me, roomTitle, now, act }) {
  const mine = Boolean(me) && request.associate_id === me;
  const card = made("li", "request");
  card.dataset.request = request.request_id;
  card.dataset.state = request.state;
  card.classList.toggle("mine", mine);
  card.classList.toggle("taken", Boolean(request.associate_id) && !mine);
  card.classList.toggle("late", request.escalated > 0 && request.waits);
  card.append(image(request), made("div", "where", roomTitle), made("time", "age", age(request, now)), what(request));
  card.append(lies(request), state(request, mine), actions(request, mine, act));
  if (mine && request.actions.includes("answer")) card.append(answers(request, act));
  return card;
}

/** A copied card was shown in a room; it stands here until somebody says that she has seen to it. */
export function alarmCard(alarm, { roomTitle, seen }) {
  const card = made("li", "alarm");
  card.dataset.alarm = alarm.alarm_id;
  const words = [text("copied", { room: roomTitle }), alarm.times > 1 ? text("times", { n: alarm.times }) : ""];
  card.append(made("p", "", words.filter(Boolean).join(" ")), button(text("seen"), () => seen(alarm)));
  return card;
}

/** One room of the board. */
export function roomRow(board, now) {
  const row = made("li", "room");
  row.dataset.room = board.room;
  const head = made("div", "head", undefined, made("span", "title", board.title || board.room));
  if (board.radio === false) head.append(made("span", "dead", text("deaf")));
  if (board.waiting) head.append(made("span", "waiting some", text("waiting", { n: board.waiting })));
  const minutes = board.occupied_since_us ? Math.floor((now - board.occupied_since_us) / 6e7) : null;
  head.append(made("span", "since", minutes === null ? text("empty") : minutes < 1 ? text("justNow") : text("since", { minutes })));
  const pieces = made("div", "pieces");
  for (const piece of board.pieces) {
    const words = [said(piece.name) || text("unknown"), piece.size === "one" ? "" : piece.size, said(piece.colour)].filter(Boolean).join(" · ");
    pieces.append(made("span", piece.sure === false ? "piece unsure" : "piece", words));
  }
  row.append(head, pieces);
  return row;
}
