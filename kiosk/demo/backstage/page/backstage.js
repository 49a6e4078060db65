// The backstage page: moves the demo's garments and cards by hand. Draws where each is and sends each touch to the demo.
const $ = (id) => document.getElementById(id);
let stock = null, category = null, plugged = true;

function made(tag, words, attributes = {}) {
  const element = document.createElement(tag);
  if (words !== undefined) element.textContent = words;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function button(words, act, attributes = {}) {
  const element = made("button", words, { type: "button", ...attributes });
  element.addEventListener("click", act);
  return element;
}

const said = (words) => (typeof words === "string" ? words : words?.en ?? Object.values(words ?? {})[0] ?? "");
const picture = (path, height) => `/picture/${encodeURIComponent(path)}?h=${height}`;

async function ask(path, body) {
  try {
    const answer = await fetch(`/api/backstage/${path}`, body === undefined ? {} : {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.detail ?? answer.statusText);
    return found;
  } catch (trouble) { tell(trouble.message); return null; }
}

function tell(words) {
  $("trouble").textContent = words;
  $("trouble").hidden = false;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { $("trouble").hidden = true; }, 4000);
}

async function act(verb, words = {}) {
  const state = await ask(verb, words);
  if (state) drawState(state);
}

function drawCategories() {
  const names = [...new Set(stock.styles.map((s) => s.category))];
  category ??= names[0];
  $("categories").replaceChildren(...names.map((name) => button(name, () => { category = name; drawCategories(); drawRail(); },
    { role: "radio", "aria-checked": String(name === category) })));
}

function drawRail() {
  $("rail").replaceChildren(...stock.styles.filter((s) => s.category === category).map((style) => {
    const open = button(undefined, () => pick(style), { "data-style": style.style_id });
    const image = made("img", undefined, { alt: "", loading: "lazy", src: picture(style.colours[0].picture, 300) });
    open.append(image, made("span", said(style.name)));
    const entry = made("li");
    entry.append(open);
    return entry;
  }));
}

function pick(style) {
  let colour = style.colours[0].code, size = null;
  const sizes = () => [...new Set(style.items.filter((i) => i.colour === colour).map((i) => i.size))];
  const draw = () => {
    const known = sizes();
    size = known.includes(size) ? size : known[Math.floor((known.length - 1) / 2)];
    $("pick-colours").replaceChildren(...style.colours.map((c) => {
      const one = button(undefined, () => { colour = c.code; draw(); }, { role: "radio", "aria-checked": String(c.code === colour) });
      const swatch = made("span", undefined, { class: "swatch" });
      swatch.style.background = c.hex;
      one.append(swatch, said(c.name));
      return one;
    }));
    $("pick-sizes").replaceChildren(...known.map((s) =>
      button(s, () => { size = s; draw(); }, { role: "radio", "aria-checked": String(s === size) })));
    $("pick-scan").onclick = () => {
      act("scan", { gtin: style.items.find((i) => i.colour === colour && i.size === size).gtin });
      $("pick").close();
    };
    $("pick-rooms").replaceChildren(...stock.rooms.map((room) => button(room.title, () => {
      const item = style.items.find((i) => i.colour === colour && i.size === size);
      act("carry", { gtin: item.gtin, room: room.room });
      $("pick").close();
    }, { class: "strong", "data-room": room.room })));
  };
  $("pick-name").textContent = said(style.name);
  draw();
  $("pick").showModal();
}

function pieceRow(piece) {
  const row = made("li", undefined, { "data-epc": piece.epc });
  row.append(made("img", undefined, { alt: "", src: picture(piece.picture, 84) }));
  row.append(made("span", `${said(piece.name)}, ${said(piece.colour)}, ${piece.size}`));
  row.append(button("Carry out", () => act("take", { epc: piece.epc })));
  return row;
}

function drawState(state) {
  $("rooms").replaceChildren(...stock.rooms.map((room) => {
    const here = state.pieces.filter((p) => p.room === room.room);
    const block = made("div", undefined, { class: "room", "data-room": room.room });
    const head = made("h3", room.title);
    if (room.room === "1") head.append(made("em", "the mirror"));
    const list = made("ul");
    list.append(...here.map(pieceRow));
    block.append(head, here.length ? list : made("p", "Empty. Choose a piece from the rails.", { class: "hint" }));
    return block;
  }));
  const waiting = state.waiting, last = state.last;
  $("terminal").textContent = waiting
    ? `Waits for a card: ${waiting.amount}`
    : last ? `Idle. The last one: ${last.state}, collected ${last.collected} times.` : "Idle.";
  $("pay-ok").disabled = $("pay-declined").disabled = !waiting;
  plugged = state.plugged;
  $("reader").textContent = plugged ? "Plugged in, reading." : "The cable is pulled. The mirror keeps the last known garments.";
  $("cable").textContent = plugged ? "Pull the cable" : "Plug it in";
}

function drawCards() {
  const words = (c) => c.owner ? `${c.owner}'s ${c.what}` : c.name === "bank-card" ? "A bank card, by mistake" : "A key fob from elsewhere";
  $("cards").replaceChildren(...stock.cards.map((card) =>
    button(words(card), () => act("lay", { card: card.name }), { "data-card": card.name })));
}

async function start() {
  stock = await ask("stock");
  if (!stock) { setTimeout(start, 2000); return; }
  $("associate").href = `${stock.store}/associate`;
  drawCategories();
  drawRail();
  drawCards();
  $("pay-ok").addEventListener("click", () => act("pay", { card: "ok" }));
  $("pay-declined").addEventListener("click", () => act("pay", { card: "declined" }));
  $("lose-answer").addEventListener("click", () => act("lose-answer"));
  $("cable").addEventListener("click", () => act("cable", { plugged: !plugged }));
  const look = async () => { const state = await ask("state"); if (state) drawState(state); };
  await look();
  setInterval(look, 1500);
}

start();
