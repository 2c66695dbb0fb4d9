/* How long to wait before something is tried again: each time longer, up to a limit, and
   not all pages of a room at the same moment. */
export class Backoff {
  tries = 0;

  /* first, longest: milliseconds. factor: by which each wait is longer than the one before. */
  /** @param {number} first @param {number} longest */
  constructor(first, longest, factor = 2) {
    this.first = first;
    this.longest = longest;
    this.factor = factor;
  }

  next() {
    return Math.min(this.longest, this.first * this.factor ** this.tries++) * (0.7 + 0.6 * Math.random());
  }

  /* It worked: the next wait is a short one. */
  reset() {
    this.tries = 0;
  }

  /** @returns {Promise<void>} */
  wait() {
    return new Promise((done) => setTimeout(done, this.next()));
  }
}
