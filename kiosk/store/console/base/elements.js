// Makes HTML elements. Every value is set as text, never as markup.

/** The element of the page with this id. @param {string} id */
export const $ = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** The same for an input, a button, or anything else of a form. @param {string} id */
export const field = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/** What each button does; kept beside the elements, so that a button that stays gets the newest action. */
const ACTIONS = new WeakMap();
/** Pictures that could not be loaded, and when; they are tried again after a while. */
const MISSING = new Map();
const TRY_AGAIN_MS = 60000;

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [name] classes
 * @param {string} [words] its text
 * @param {...(Node|string)} inside
 * @returns {HTMLElementTagNameMap[T]}
 */
export function create(tag, name, words, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (words !== undefined) element.textContent = words;
  element.append(...inside);
  return element;
}

/** A second press while the action runs does nothing. The button is not disabled: that would take the focus away. @param {Event} event */
async function press(event) {
  const element = /** @type {Element} */ (event.currentTarget);
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  try { await ACTIONS.get(element)?.(); } finally { element.removeAttribute("aria-busy"); }
}

/**
 * @param {string} words
 * @param {() => unknown} act
 * @param {string} [name] classes
 */
export function button(words, act, name = "") {
  const element = create("button", name, words);
  element.type = "button";
  ACTIONS.set(element, act);
  element.addEventListener("click", press);
  return element;
}

/**
 * Gives a button the action of another one.
 * @param {Element} element
 * @param {Element} from
 */
export function takeAction(element, from) {
  const act = ACTIONS.get(from);
  if (act) ACTIONS.set(element, act);
}

/** A sign that is drawn with lines, in a square of 24 units. @param {string} path path data */
export function lines(path) {
  const space = "http://www.w3.org/2000/svg";
  const image = document.createElementNS(space, "svg"), drawn = document.createElementNS(space, "path");
  image.setAttribute("viewBox", "0 0 24 24");
  image.setAttribute("aria-hidden", "true");
  drawn.setAttribute("d", path);
  image.append(drawn);
  return image;
}

/**
 * A picture, or `sign` if there is none or it cannot be loaded.
 * @param {string} source address of the picture; empty for none
 * @param {HTMLElement} sign
 */
export function pictureOr(source, sign) {
  if (!source || Date.now() - (MISSING.get(source) ?? 0) < TRY_AGAIN_MS) return sign;
  const found = create("img");
  found.alt = "";
  found.src = source;
  found.addEventListener("error", () => { MISSING.set(source, Date.now()); found.replaceWith(sign); });
  return found;
}
