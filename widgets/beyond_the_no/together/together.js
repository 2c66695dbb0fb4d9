/* What the group does together: the card, the doors, the answer, "Done", the picture.

   The room (the page's `beyond` object) holds the answers and says what is shown. The
   object `part` says what one kind asks:
     asks(c)        what the card says of it
     rows(c)        more lines of the card, as [term, text]
     form(c)        { nodes, first, read() } - read gives an answer, or a hint to show
     mine(c, held)  what this phone shows of its own answer, beside the picture
     after(c, held, now) nodes below the picture; what it sets as c.retell is called with
                    each word of the room
     because(c, held)  the line that answers this phone's own answer, once it is revealed
     made_up(c, mine)  a question with a picture, for the preview without a room
     live(c)        instead of all that: nodes that ask nothing and send nothing */
const { make, picture } = drawing;
/** @type {Kit.Fill} */
const fill = (text, parts) => text.replace(/{(\w+)}/g, (_, name) => parts[name] ?? "");

/** @param {string} cls @param {string} label @param {string} say @param {() => void} act */
function button(cls, label, say, act) {
  const door = make("button", cls);
  door.type = "button";
  door.append(make("b", "", label));
  if (say) door.append(make("span", "", say));
  door.addEventListener("click", act);
  return door;
}

/** @param {Kit.About} about */
function pictures({ picture: src, alt }) {
  return src ? [Object.assign(make("img", "together-picture"), { src, alt })] : [];
}

/** @param {Kit.Rendered} rendered */
function render({ model, el }) {
  /** @type {Kit.About} */
  const about = { ...model.get("activity") };
  const words = model.get("words");
  const { beyond } = globalThis; // only where there is a room
  const frame = make("section", "together-frame");
  const mark = make("p", "together-mark");
  const title = make("h3", "", about.question);
  const body = make("div", "together-body");
  title.id = `together-${about.id}`;
  title.tabIndex = -1;
  frame.setAttribute("aria-labelledby", title.id);
  mark.append(make("b", "", words.mark.together), " · ", make("span", "", words.mark.nameless));
  frame.append(mark, title, ...pictures(about), body);
  el.classList.add("together");
  if (!beyond) el.classList.add("together-alone");
  el.append(frame);

  let step = ""; // what is on screen
  let mode = "join"; // the door that was taken: join or own
  let touched = false;
  let turned = false; // by the room, not by the person
  /** @type {Kit.Answer | null} */
  let preview = null; // an answer, where there is no room
  /** @type {Kit.Form | null | undefined} */
  let form = null; // that is filled in, and not sent
  /** @type {Kit.Answer["mine"] | undefined} */
  let chosen; // in a form that the room took away
  let before = ""; // the phase in which the room was
  /** @type {Kit.Context} */
  const c = { about, words, beyond, title, fill, button, show, again: () => draw(true), card };
  /** @type {() => (Kit.Answer & { round?: number }) | null | undefined} */
  const held = () => (beyond ? beyond.held(about.id) : preview);

  /* Focus moves only from nowhere: never out of a field, here or elsewhere on the page. What
     the room turned takes along only a focus that was inside, and scrolls nobody. */
  /** @param {string} next @param {(Node | string | false | null | undefined)[]} nodes */
  function show(next, ...nodes) {
    const moved = step && step !== next;
    const inside = body.contains(document.activeElement);
    step = next;
    frame.dataset.step = next; // who is choosing is not taken along
    if (next !== "revealed") c.retell = null;
    body.replaceChildren(...nodes.flatMap((node) => node || []));
    const at = document.activeElement;
    const nowhere = at === document.body || at === null;
    if (moved && touched && nowhere && (inside || !turned)) title.focus({ preventScroll: turned });
  }

  /** @param {string} sentence @param {Node[] | null} [open] what was chosen, and not sent */
  function waiting(sentence, open) {
    const lines = [make("p", "", sentence), open && make("p", "", words.closed.missed), ...(open ?? [])];
    if (!beyond || beyond.joined()) return show("waiting", ...lines);
    const link = make("a", "together-button", words.waiting.page);
    link.href = document.body.dataset.base ?? "";
    return show("waiting", make("p", "", words.waiting.outside), link);
  }

  /** @param {[string, string | undefined][]} rows */
  function terms(rows) {
    const list = make("dl", "together-terms");
    for (const [term, text] of rows.filter(([, said]) => said)) {
      const pair = make("div");
      pair.append(make("dt", "", term), make("dd", "", text));
      list.append(pair);
    }
    return list.childElementCount ? [list] : [];
  }

  /* What one needs to know before a door is chosen fits a phone's window with the doors;
     the rest is below a fold. */
  function card(again = false) {
    const w = words.note;
    const parts = { ...about, k: beyond ? beyond.k() : "five", n: about.options?.length };
    const brief = make("ul", "together-brief");
    const lines = again ? [w.again] : [part.asks?.(c) ?? fill(w.asks_say, parts), w.no_names, fill(w.shown_from, parts)];
    brief.append(...lines.filter(Boolean).map((line) => make("li", "", line)));
    const fold = make("details", "together-fold");
    fold.append(
      make("summary", "", w.sees),
      ...terms([
        [w.sees, fill(w.sees_rule, parts)],
        [w.takes, fill(w.minutes, about)],
        [w.forgotten, beyond?.keeps() ? `${w.forgotten_rule} ${w.kept}`.trim() : w.forgotten_rule],
      ]),
    );
    if (beyond) {
      const rules = make("a", "", w.rules);
      rules.href = `${document.body.dataset.base}rules${document.body.dataset.ending ?? ""}`;
      const line = make("p", "together-small");
      line.append(rules);
      fold.append(line);
    }
    return [brief, ...terms([[w.can_stir, about.can_stir], ...(part.rows?.(c) ?? [])]), fold];
  }

  /** @param {boolean} [again] whether it is a second round, after a talk */
  function note(again) {
    const w = words.note;
    const doors = make("div", "together-doors");
    /** @type {(door: string) => () => void} */
    const enter = (door) => () => {
      mode = door;
      touched = true;
      answer();
    };
    doors.append(button("together-door", w.join, w.join_say, part.form ? enter("join") : () => send({ value: 0, mine: 0 })));
    if (part.form) doors.append(button("together-door", w.own, w.own_say, enter("own")));
    doors.append(button("together-door", w.pass, w.pass_say, () => send(null)));
    show("note", !beyond && make("p", "together-small together-made-up", words.preview.alone), ...card(again), doors);
  }

  function answer() {
    const mine = held() ?? (chosen === undefined ? null : { value: null, mine: chosen });
    const asked = /** @type {Kit.Form} */ (part.form?.({ ...c, held: mine, mode }));
    form = asked;
    const hint = make("p", "together-small", asked.hint ?? words.answer.hint);
    hint.setAttribute("role", "status");
    const doors = make("div", "together-doors together-two");
    const done = () => {
      const said = asked.read();
      if ("hint" in said) {
        hint.textContent = said.hint;
        return;
      }
      const keep = () => {
        mode = "own";
        send(said);
      };
      if (mode === "own" || !part.look?.(c, said, () => send(said), keep)) send(said);
    };
    doors.append(
      button("together-button", words.answer.send, "", done),
      button("together-button", words.answer.pass, "", () => send(null)),
    );
    show("answer", ...asked.nodes, doors, hint);
    asked.first?.focus();
  }

  /* The group has gone on while she was choosing: nothing of it was sent, and it stays in
     sight, as it was. */
  function left_open() {
    if (!form || !["answer", "look"].includes(step)) return null;
    const said = form.read();
    if ("mine" in said) chosen = said.mine;
    for (const node of form.nodes)
      for (const field of [node, ...node.querySelectorAll("input, textarea")])
        if (field.matches("textarea, input:not([type=radio], [type=checkbox])")) field.readOnly = true;
        else if (field.matches("input")) field.disabled = true;
    return chosen === undefined ? [] : form.nodes;
  }

  /* Joined, kept or passed: the same call, the same length on the wire, the same screen. */
  /** @param {Kit.Answer | null} said */
  function send(said) {
    touched = true;
    form = null;
    chosen = undefined;
    const own = mode === "own";
    const nothing = { value: null };
    const kept = { ...(own || !said ? nothing : said), mine: said?.mine ?? null, own };
    if (beyond) beyond.answer(about.id, kept);
    else preview = kept;
    mode = "join";
    began = performance.now();
    sent();
  }

  /* "Done." is said when the room has it, and not before; alike for all three doors. */
  let began = 0;
  function how_far() {
    const w = words.sent;
    if (!beyond || beyond.taken(about.id)) return w.title;
    return beyond.refusal(about.id) ?? (performance.now() - began < 3500 ? w.wait : w.later);
  }
  function tell() {
    const line = body.querySelector(".together-sent");
    if (line.textContent !== how_far()) line.textContent = how_far();
    line.classList.toggle("together-late", ![words.sent.title, words.sent.wait].includes(how_far()));
  }

  function sent() {
    const busy = make("div", "together-busy");
    busy.setAttribute("aria-hidden", "true");
    busy.append(...Array.from({ length: 5 }, () => make("i")));
    const w = words.sent;
    const open = button("together-button", w.again, "", () => note(beyond?.question(about.id)?.second));
    const line = make("p", "together-sent");
    line.setAttribute("role", "status");
    const nodes = [line, busy, make("p", "", w.thanks), make("p", "together-small", w.same), open];
    if (!beyond) nodes.push(make("p", "together-small together-made-up", words.preview.say), ...made_up());
    show("sent", ...nodes);
    tell();
    if (!beyond) opens(preview);
  }
  function made_up() {
    const shown = part.made_up?.(c, preview?.mine);
    return shown instanceof Node ? [shown] : [picture(/** @type {Kit.Picture} */ ({ ...shown, kind: about.kind }))];
  }

  /* What explains the answers on this page waits until they are shown; it begins with a line
     for this phone's own answer. */
  /** @param {Kit.Answer | null | undefined} kept */
  function opens(kept) {
    const because = (kept && part.because?.(c, kept)) || "";
    const detail = { name: about.id, because };
    return document.dispatchEvent(new CustomEvent("beyond:shown", { detail, cancelable: true })) && because;
  }

  /** @param {Kit.Revealed} now @param {Node[] | null} open */
  function revealed(now, open) {
    mark.lastChild.textContent = words.revealed[now.snapshot.form] ?? words.mark.nameless;
    const kept = held();
    const mine = kept && kept.mine !== null && part.mine?.(c, kept);
    const because = opens(kept);
    show(
      "revealed",
      open && make("p", "", words.closed.missed),
      part.shown ? part.shown(/** @type {Kit.InRoom} */ (c), now, kept) : picture(now),
      mine && make("p", "together-small", mine),
      because && make("p", "", because),
      ...(part.after?.(/** @type {Kit.InRoom} */ (c), kept, now) ?? []),
      words.revealed.note && make("p", "together-small", words.revealed.note),
      ...(open ?? []),
    );
  }

  /* Nothing is open: it was not opened yet, or it was, and this phone says what became of
     it. Who answered, kept it or passed reads the same. */
  /** @param {Node[] | null} open */
  function closed(open) {
    const w = words.closed;
    const asked = before === "collecting";
    const shown = before === "revealed" || Boolean(beyond?.store.get("pictures")?.[about.id]?.length);
    if (asked && open) return show("left", make("p", "", open.length ? w.choosing : w.reading), ...open);
    if (asked && !part.live) return show("closed", make("p", "", step === "sent" ? w.sent : w.reading));
    if (step === "closed" || step === "left") return;
    waiting(shown && !part.live ? w.hidden : words.waiting.say);
  }

  /* This page may be older than the lesson, or newer than what is open: an answer means
     what the room takes it for, so it is the room's question that is asked. */
  /** @param {Partial<Kit.Question> | undefined} now */
  function take(now) {
    const asked = /** @type {Kit.Words} */ (now ?? {});
    for (const name of ["question", "options", "many", "edges", "unit", "step", "points", "longest", "roles"])
      if (asked[name] !== undefined) Object.assign(about, { [name]: asked[name] });
    if (title.textContent !== about.question) title.textContent = about.question;
  }

  let drawn = "";
  function draw(anew = false) {
    /** @type {Partial<Kit.Question> | undefined} */
    const now = beyond ? beyond.question(about.id) : { phase: "collecting", round: 1 };
    const inside = !beyond || beyond.joined();
    const mine = held();
    const key = JSON.stringify([now?.phase, now?.round, now?.snapshot, inside, beyond?.k(), beyond?.sign(about.id)]);
    if (step === "sent") tell();
    if (step === "revealed") c.retell?.();
    if (now?.kind && now.kind !== about.kind) return waiting(words.waiting.changed);
    take(now);
    if (key === drawn && !anew) return; // nothing new: do not disturb who is choosing
    if (part.busy?.includes(step) && !anew) return; // what was begun may be finished
    if (!now && before && beyond?.state()?.phase === "lobby") return; // the laptop starts again
    drawn = key;
    part.stop?.();
    mark.lastChild.textContent = words.mark.nameless;
    const open = now?.phase === "collecting" ? null : left_open();
    if (open) form = null;
    if (!inside && now?.phase !== "revealed") waiting(words.waiting.say);
    else if (!now) closed(open);
    else if (part.live) show("live", ...part.live(c));
    else if (now.phase === "revealed") revealed(/** @type {Kit.Revealed} */ (now), open);
    else if (now.phase === "held")
      waiting(now.kept ? words.waiting.kept : words.waiting.held, open); // it can't be changed now
    else if (mine && mine.round === now.round) sent();
    else note(now.second);
    before = now?.phase ?? "";
  }

  draw();
  const unwatch = beyond?.watch(() => {
    turned = true;
    draw();
    turned = false;
  });
  return () => {
    unwatch?.();
    part.stop?.();
  };
}

export default { render };
