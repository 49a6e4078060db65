// Elements of the lists of requests, alarms and rooms. Every value is set as text, never as markup.
import { picture } from "/associate/base/api.js";
import { button, create, lines, pictureOr } from "/associate/base/elements.js";
import { joined, languageName, localized, currentLanguage, text } from "/associate/base/texts.js";

/** @import { BagTask, CloneAlarm, RoomBoard, RoomNote, StandNotice } from "/api/answers" */
/** @import { Entry } from "/associate/base/outbox.js" */
/** @import { Request } from "/associate/floor/floor.js" */
/** @typedef {(request: Request, action: string, body?: object, label?: string) => unknown} Act */

/** @type {Record<string, string>} */
const SIGNS = { size: "↕", piece: "＋" };
const ANSWERS = ["coming", "two-minutes", "five-minutes", "please-come-out"];

/** @param {Request} request */
function image(request) {
  const sign = request.sign ? create("div", "sign", undefined, lines(request.sign)) : create("div", "sign", SIGNS[request.kind] ?? "?");
  return pictureOr(request.picture && picture(request.picture), sign);
}

/** @param {Request} request @param {number} now in microseconds */
function age(request, now) {
  const seconds = Math.max(0, Math.floor((now - request.since_us) / 1e6));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** @param {Request} request */
function titleLine(request) {
  const line = create("div", "what");
  const sizes = [request.size, request.second?.size].filter((size) => size && size !== "one");
  if (sizes.length) line.append(create("span", "size", sizes.join(" / ")));
  const name = localized(request.name), colour = localized(request.colour);
  line.append(name ? [name, colour].filter(Boolean).join(", ") : text(request.kind));
  return line;
}

/** Where what is asked for lies; of two sizes each, unless they lie together. @param {Request} request */
function places(request) {
  const second = request.second;
  if (!second) return request.lies ? [text(request.lies)] : [];
  if (second.lies === request.lies) return [text(request.lies), text("either-size")];
  return [`${request.size}: ${text(request.lies)}`, `${second.size}: ${text(second.lies)}`, text("either-size")];
}

/** @param {Request} request */
function placeLine(request) {
  const parts = places(request);
  if (request.at_door) parts.push(text("leaveAtDoor"));
  if (request.instead_of) parts.push(text("changeTitle"));
  if (request.language && request.language !== currentLanguage()) {
    parts.push(text("speaks", { language: languageName(request.language) }));
  }
  return create("div", "stock-place", parts.join(" · "));
}

/** @param {Request} request @param {boolean} mine */
function stateLine(request, mine) {
  const parts = [];
  if (mine) parts.push(text("you"));
  else if (request.by) parts.push(text("by", { by: request.by }));
  if (request.state === "at-the-door") parts.push(text("atDoor"));
  else if (request.answer) parts.push(text(request.answer));
  if (request.waits && request.escalated > 0) parts.push(text("nobody"));
  if (request.waits && request.asked) parts.push(text("asked", { by: request.asked }));
  return create("div", "state", parts.join(" · "));
}

/** @param {Request} request @param {boolean} mine @param {boolean} manages @param {Act} act */
function actions(request, mine, manages, act) {
  const row = create("div", "actions");
  const go = (/** @type {string} */ verb, /** @type {object} */ words = {}, label = verb) => () => act(request, verb, words, label);
  const may = new Set(request.actions);
  if (may.has("claim")) {
    row.append(button(text("claim"), go("claim", { answer: "coming" }), "strong"));
    if (request.article) row.append(button(text("last-one-sold"), go("decline", { answer: "last-one-sold" }, "last-one-sold"), "quiet"));
  } else if (mine || !request.associate_id) {
    // what stands at the door without an associate may be closed by anybody
    row.append(...carriedOut(request, mine, go));
  } else if (manages && may.has("take-over")) {
    row.append(button(text("take-over"), go("take-over"), "quiet"));
  }
  return row;
}

/** The buttons of the one who has it. @param {Request} request @param {boolean} mine @param {(verb: string, words?: object, label?: string) => () => unknown} go */
function carriedOut(request, mine, go) {
  const row = [], may = new Set(request.actions);
  if (may.has("at-the-door")) row.push(button(text("door"), go("at-the-door", {}, "door"), "strong"));
  if (may.has("done")) row.push(button(text("done"), go("done"), may.has("at-the-door") ? "" : "strong"));
  if (request.instead_of && may.size) row.push(button(text("change"), go("exchange")));
  if (mine && request.kind === "alteration") row.push(button(text("alteration-write"), go("write")));
  if (mine && may.has("release")) row.push(button(text("release"), go("release"), "quiet"));
  return row;
}

/** @param {Request} request @param {Act} act */
function answers(request, act) {
  const row = create("div", "answers");
  for (const answer of ANSWERS.filter((a) => a !== request.answer)) {
    row.append(button(text(answer), () => act(request, "answer", { answer }, answer)));
  }
  if (request.article) {
    for (const answer of ["other-colour", "last-one-sold"]) {
      row.append(button(text(answer), () => act(request, "decline", { answer }, answer)));
    }
  }
  return row;
}

/** In place of buttons: an action that waits for the connection, which can be given up until it was sent. @param {Entry} pending @param {(key: string) => void} drop */
export function waitingAction(pending, drop) {
  const row = create("div", "actions waits", undefined, create("p", "", text("queued", { action: text(pending.label) })));
  if (!pending.sent) row.append(button(text("unsend"), () => drop(pending.key), "quiet"));
  return row;
}

/**
 * One request as a card.
 * @param {Request} request
 * @param {object} to
 * @param {string} [to.me] id of the associate who is signed in
 * @param {boolean} to.manages
 * @param {string} to.roomTitle
 * @param {number} to.now in microseconds
 * @param {Act} to.act performs an action on the request
 * @param {Entry} [to.pending] an action that waits
 * @param {(key: string) => void} to.drop
 * @param {(id: string) => HTMLElement[]} to.note lines of its tailor's note
 */
export function requestCard(request, { me, manages, roomTitle, now, act, pending, drop, note }) {
  const mine = Boolean(me) && request.associate_id === me;
  const card = create("li", "request");
  card.dataset.request = request.request_id;
  card.dataset.state = request.state;
  card.classList.toggle("mine", mine);
  card.classList.toggle("taken", Boolean(request.associate_id) && !mine);
  card.classList.toggle("late", request.escalated > 0 && request.waits);
  card.append(image(request), create("div", "where", roomTitle), create("time", "age", age(request, now)), titleLine(request));
  card.append(placeLine(request), stateLine(request, mine), ...note(request.request_id));
  card.append(pending ? waitingAction(pending, drop) : actions(request, mine, manages, act));
  if (!pending && mine && request.actions.includes("answer")) card.append(answers(request, act));
  return card;
}

/** What could not be done; shown until the associate has read it. @param {{ id: string, words: string }} notice @param {() => void} read */
export function noticeCard(notice, read) {
  const card = create("li", "alarm");
  card.dataset.notice = notice.id;
  card.append(create("p", "", notice.words), button(text("seen"), read));
  return card;
}

/** The alarm of a copied card; shown until an associate confirms it. @param {CloneAlarm} alarm @param {{ roomTitle: string, answer: Element }} to */
export function alarmCard(alarm, { roomTitle, answer }) {
  const card = create("li", "alarm");
  card.dataset.alarm = alarm.alarm_id;
  const words = [text("copied", { room: roomTitle }), alarm.times > 1 ? text("times", { n: alarm.times }) : ""];
  card.append(create("p", "", words.filter(Boolean).join(" ")), answer);
  return card;
}

// Reasons for which a tap at a stand was refused, with their texts; every other one is a refused payment.
/** @type {Record<string, string>} */
const REFUSED_TAPS = {
  "unknown-card": "stand-unknown-card", "not-agreed": "stand-not-agreed", "no-means": "stand-no-means",
  "sold-out": "stand-sold-out", "over-limit": "stand-over-limit", "unsure": "stand-unsure",
};

/** A refused tap at a stand; shown until an associate confirms it or a later tap buys the piece. @param {StandNotice} notice @param {Element} answer */
export function standCard(notice, answer) {
  const card = create("li", "alarm");
  card.dataset.stand = notice.stand;
  const why = REFUSED_TAPS[notice.why] ?? "stand-declined";
  card.append(create("p", "", text(why, { stand: notice.title })), answer);
  return card;
}

/** Pieces that were paid in a room and are to be bagged. @param {BagTask} task @param {{ roomTitle: string, answer: Element }} to */
export function bagCard(task, { roomTitle, answer }) {
  const card = create("li", "alarm bag");
  card.dataset.bag = task.order_id;
  const pieces = task.lines.map((line) => [localized(line.name), line.size === "one" ? "" : line.size].filter(Boolean).join(" "));
  const { receipt } = task;
  const said = task.order_id.startsWith("stand-") ? text("bag-stand", { stand: roomTitle, receipt }) : text("bag", { room: roomTitle, receipt });
  card.append(create("p", "", said), create("p", "small", joined(pieces)));
  card.append(answer);
  return card;
}

// Notes of readers: the text of each kind, and the kinds that only managers see.
/** @type {Record<string, string>} */
const NOTES = {
  "antenna": "note-antenna", "fault": "note-fault", "setting": "note-setting", "signal": "note-signal",
  "reports": "note-reports", "no-reads": "note-no-reads", "slow-reads": "note-slow-reads", "foreign-tags": "note-foreign-tags",
  "no-room": "note-no-room",
};
const FOR_MANAGERS = new Set(["setting", "signal", "reports", "foreign-tags", "no-room"]);

/** @param {RoomNote} note */
function noteLine(note) {
  const unnamed = note.kind === "antenna" && note.antenna === null;
  return create("li", "", text(unnamed ? "note-unnamed" : NOTES[note.kind], { reader: note.reader, antenna: note.antenna }));
}

/** What is noted about a room's readers; nothing for a kind that this page does not know. @param {RoomBoard} board @param {boolean} manager */
function notes(board, manager) {
  const shown = (board.notes ?? []).filter((note) => NOTES[note.kind] && (manager || !FOR_MANAGERS.has(note.kind)));
  return shown.length ? [create("ul", "notes", undefined, ...shown.map(noteLine))] : [];
}

/** For how long somebody is in a room. @param {RoomBoard} board @param {number} now */
function occupied(board, now) {
  if (!board.occupied_since_us) return text("empty");
  const minutes = Math.floor((now - board.occupied_since_us) / 6e7);
  return minutes < 1 ? text("justNow") : text("since", { minutes });
}

/** A piece in a room. @param {RoomBoard["pieces"][number]} piece @param {boolean} chosen */
function pieceMark(piece, chosen) {
  const words = [localized(piece.name) || text("unknown"), piece.size === "one" ? "" : piece.size, localized(piece.colour)].filter(Boolean).join(" · ");
  return create("span", piece.sure === false ? "piece unsure" : chosen ? "piece chosen" : "piece", chosen ? `✓ ${words}` : words);
}

/** The hint that a room is in use for long, until this device has asked. @param {RoomBoard} board @param {number} now @param {(board: RoomBoard) => boolean} isAsked @param {(board: RoomBoard) => void} asked */
function longStay(board, now, isAsked, asked) {
  if (!board.overstay || !board.occupied_since_us || isAsked(board)) return [];
  const minutes = Math.floor((now - board.occupied_since_us) / 6e7);
  return [create("div", "long-stay", undefined, create("p", "", text("overstay", { room: board.title || board.room, minutes })),
    button(text("overstay-asked"), () => asked(board), "quiet"))];
}

/** @type {Record<string, string>} */
const MESSAGES = { line: "message-line", piece: "message-piece", look: "message-look-kind" };
/** @type {Record<string, string>} */
const STAGES = { sent: "message-stage-sent", shown: "message-stage-shown", closed: "message-stage-closed" };

/** What became of the last message to a room. @param {RoomBoard} board */
function messageLine({ message }) {
  if (!message) return [];
  const said = text("message-was", { kind: text(MESSAGES[message.kind]), by: message.by, stage: text(STAGES[message.stage]) });
  const line = create("p", "small message-was", said);
  line.dataset.stage = message.stage;
  return [line];
}

/** One room with its pieces. `manager`: notes about settings of readers are shown as well. @param {RoomBoard} board @param {number} now @param {boolean} manager @param {{ openClues: (board: RoomBoard) => unknown, write: (board: RoomBoard) => unknown, combine: (board: RoomBoard) => unknown, isAsked: (board: RoomBoard) => boolean, asked: (board: RoomBoard) => void }} does */
export function roomRow(board, now, manager, does) {
  const row = create("li", "room");
  row.dataset.room = board.room;
  const head = create("div", "head", undefined, create("span", "title", board.title || board.room));
  if (board.radio === false) head.append(create("span", "radio-lost", text("deaf")));
  if (board.waiting) head.append(create("span", "waiting some", text("waiting", { n: board.waiting })));
  head.append(create("span", "since", occupied(board, now)));
  const pieces = create("div", "pieces", undefined, ...board.pieces.map((piece) => pieceMark(piece, Boolean(board.chosen?.includes(piece.piece)))));
  if (board.clues) head.append(button(text("clues"), () => does.openClues(board), "quiet open-clues"));
  if (board.occupied_since_us && !board.left_behind) {
    head.append(button(text("message-write"), () => does.write(board), "quiet write"), button(text("look-open"), () => does.combine(board), "quiet combine"));
  }
  row.append(head, ...longStay(board, now, does.isAsked, does.asked), ...notes(board, manager), pieces, ...messageLine(board));
  return row;
}
