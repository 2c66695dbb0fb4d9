/* A lock for the file of My page: AES-GCM under a key made from a passphrase (PBKDF2). All
   of it is the browser's own, which only offers it where nobody on the way can change the
   page: on https, on the laptop itself, or from a folder. */
const ROUNDS = 600_000; // as OWASP's cheat sheet on storing passwords asks for SHA-256
const MOST = 5_000_000; // a file that asks for more would keep a phone busy for minutes

export const can_lock = Boolean(isSecureContext && globalThis.crypto?.subtle);

/** @param {Uint8Array} bytes */
function to_text(bytes) {
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}
/** @param {string} text */
const to_bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** @param {string} passphrase @param {BufferSource} salt @param {number} iterations */
async function key_of(passphrase, salt, iterations) {
  const said = new TextEncoder().encode(passphrase.normalize("NFKC").trim());
  const raw = await crypto.subtle.importKey("raw", said, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {string} text @param {string} passphrase */
export async function lock(text, passphrase) {
  const [salt, iv] = [16, 12].map((length) => crypto.getRandomValues(new Uint8Array(length)));
  const key = await key_of(passphrase, salt, ROUNDS);
  const hidden = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
  return JSON.stringify({ rounds: ROUNDS, salt: to_text(salt), iv: to_text(iv), hidden: to_text(new Uint8Array(hidden)) });
}

/* Nothing where the passphrase is another, or the file was changed. */
/** @param {string} locked @param {string} passphrase @returns {Promise<string | null>} */
export async function unlock(locked, passphrase) {
  try {
    const { rounds, salt, iv, hidden } = JSON.parse(locked);
    if (!Number.isInteger(rounds) || rounds < 1 || rounds > MOST) return null;
    const key = await key_of(passphrase, to_bytes(salt), rounds);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: to_bytes(iv) }, key, to_bytes(hidden));
    return new TextDecoder().decode(text);
  } catch {
    return null;
  }
}
