// Updates lists in place: an element that stays is changed, never replaced, so that the focus and a press survive a message.
import { takeAction } from "/associate/base/elements.js";

const KEYS = ["request", "alarm", "stand", "bag", "notice", "room", "basket", "piece", "key", "loss", "person", "associate"];

/**
 * Elements of the same identity are the same thing at two times. A button with other words is another button.
 * @param {Node} node
 */
function identity(node) {
  if (!(node instanceof HTMLElement)) return node.nodeName;
  if (node.nodeName === "BUTTON") return `BUTTON ${node.textContent}`;
  return [node.nodeName, node.className.split(" ", 1)[0], ...KEYS.map((key) => node.dataset[key] ?? "")].join("|");
}

/** @param {Element} element @param {Element} fresh */
function takeAttributes(element, fresh) {
  for (const { name } of [...element.attributes]) {
    if (name !== "aria-busy" && !fresh.hasAttribute(name)) element.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

/** @param {Node} node @param {Node} fresh */
function update(node, fresh) {
  if (node instanceof Element && fresh instanceof Element) {
    takeAttributes(node, fresh);
    takeAction(node, fresh);
    replace(node, [...fresh.childNodes]);
  } else if (node.nodeValue !== fresh.nodeValue) node.nodeValue = fresh.nodeValue;
}

/**
 * Puts nodes in order before `end`, beginning at `place`; those that are there already are not touched.
 * @param {Element} parent @param {Node[]} nodes @param {ChildNode | null} place
 */
function arrange(parent, nodes, place) {
  for (const node of nodes) {
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }
}

/** @param {Element} parent @param {Node[]} wanted */
function replace(parent, wanted) {
  /** @type {Map<string, ChildNode[]>} */
  const known = new Map();
  for (const node of parent.childNodes) known.set(identity(node), [...(known.get(identity(node)) ?? []), node]);
  const nodes = wanted.map((fresh) => {
    const node = known.get(identity(fresh))?.shift();
    if (node) update(node, fresh);
    return node ?? fresh;
  });
  for (const gone of [...known.values()].flat()) gone.remove();
  // A moved element would lose the focus: the others are moved around the one that has it.
  const focused = nodes.findIndex((node) => parent.contains(node) && node.contains(document.activeElement));
  arrange(parent, nodes.slice(0, Math.max(0, focused)), parent.firstChild);
  arrange(parent, focused < 0 ? nodes : nodes.slice(focused + 1), focused < 0 ? parent.firstChild : nodes[focused].nextSibling);
}

/**
 * Where the focus goes when its element is gone: the first button of the item that has moved into its place.
 * @param {HTMLElement} list @param {number} place
 */
function focusNear(list, place) {
  const item = list.children[Math.min(place, list.children.length - 1)];
  const next = item?.querySelector("button") ?? list;
  if (next === list) list.tabIndex = -1;
  next.focus({ preventScroll: true });
}

/**
 * Shows these elements in a list.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} wanted
 */
export function fill(list, wanted) {
  const focused = document.activeElement;
  const place = [...list.children].findIndex((item) => item.contains(focused));
  replace(list, wanted);
  if (place >= 0 && document.activeElement !== focused) focusNear(list, place);
}
