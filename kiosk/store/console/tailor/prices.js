// Prices as people enter them.

const ZEROS = [0x0660, 0x06f0, 0xff10]; // Arabic, Persian and full-width digits
const MARKS = /[,.\u066b\uff0e\uff0c]/;

/** @param {string} sign */
function western(sign) {
  const code = sign.charCodeAt(0), zero = ZEROS.find((one) => code >= one && code < one + 10);
  return zero === undefined ? sign : String(code - zero);
}

/**
 * A price in minor units; null for what is none. Written with a point or a comma, and at most the currency's decimals.
 * Empty is none: free is a 0 that somebody has entered.
 * @param {string} entered
 * @param {number} digits of the minor unit
 * @returns {number | null}
 */
export function minorOf(entered, digits) {
  const [whole, rest = "", ...more] = [...entered.trim()].map(western).join("").split(MARKS);
  if (more.length || !/^\d{1,8}$/.test(whole) || !/^\d*$/.test(rest) || rest.length > digits) return null;
  return Number(whole + rest.padEnd(digits, "0"));
}
