// Makes HTML elements. Every value is set as text, never as markup.
export function create(tag, name, words, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (words !== undefined) element.textContent = words;
  element.append(...inside);
  return element;
}

export function button(words, act, name = "") {
  const element = create("button", name, words);
  element.type = "button";
  element.addEventListener("click", async () => {
    element.disabled = true;
    try { await act(); } finally { element.disabled = false; }
  });
  return element;
}
