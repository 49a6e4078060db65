// Fields of a sheet in which a second associate confirms an amount above the shop's limit. The store checks the PIN.
import { create } from "/associate/elements.js";
import { text } from "/associate/texts.js";

/** The fields for these associates; `value` is what the store reads as `second`, null without a PIN. */
export function secondPerson(people) {
  const who = create("select");
  for (const person of people) who.append(new Option(person.name, person.id));
  const pin = create("input");
  Object.assign(pin, { type: "password", inputMode: "numeric", autocomplete: "off", maxLength: 64, dir: "ltr" });
  return {
    elements: [create("p", "", text("secondPersonHint")), create("label", "field", text("secondPerson"), who), create("label", "field", text("pin"), pin)],
    value: () => (pin.value ? { associate_id: who.value, pin: pin.value } : null),
  };
}

/** The line of a sheet that says why an entry was not taken. */
export function troubleLine() {
  const line = create("p", "trouble");
  line.setAttribute("role", "status");
  return line;
}
