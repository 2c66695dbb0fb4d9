/* One question for the group. The room (the page's `beyond` object) holds the answers and
   draws the picture; this file owns the card, the doors and the choice. */
const make = (tag, text = "", cls = "") =>
  Object.assign(document.createElement(tag), { textContent: text, className: cls });
const fill = (text, parts) => text.replace(/{(\w+)}/g, (_, name) => parts[name]);

function button(cls, label, say, act) {
  const door = make("button", "", cls);
  door.type = "button";
  door.append(make("b", label));
  if (say) door.append(make("span", say));
  door.addEventListener("click", act);
  return door;
}

function render({ model, el }) {
  const about = model.get("activity");
  const words = model.get("words");
  const beyond = globalThis.beyond; // only where there is a room
  const frame = make("section", "", "poll-frame");
  const mark = make("p", "", "poll-mark");
  const title = make("h3", about.question);
  const body = make("div", "", "poll-body");
  title.id = `poll-${about.id}`;
  title.tabIndex = -1;
  frame.setAttribute("aria-labelledby", title.id);
  mark.append(make("b", words.mark.together), " · ", make("span", words.mark.nameless));
  frame.append(mark, title, body);
  el.classList.add("poll");
  el.append(frame);

  let step = ""; // what is on screen: waiting, note, answer, sent, revealed
  let mode = "join"; // the door that was taken: join or own
  let preview = { phase: "collecting", round: 1 };
  const question = () =>
    beyond ? beyond.question(about.id) : { ...preview, options: about.options };

  function show(next, ...nodes) {
    const moved = step && step !== next;
    step = next;
    body.replaceChildren(...nodes);
    if (moved && body.contains(document.activeElement) === false && frame.dataset.touched)
      title.focus({ preventScroll: false });
  }

  function waiting() {
    const outside = beyond && !beyond.joined();
    const say = make("p", outside ? words.waiting.outside : words.waiting.say);
    if (!outside) return show("waiting", say);
    const link = make("a", words.waiting.page, "poll-button");
    link.href = document.body.dataset.base;
    return show("waiting", say, link);
  }

  function note() {
    const card = make("dl", "", "poll-terms");
    const row = (term, text) => {
      const pair = make("div");
      pair.append(make("dt", term), make("dd", text));
      card.append(pair);
    };
    const w = words.note;
    row(w.asks, fill(w.asks_poll, { n: about.options.length }));
    row(w.takes, fill(w.minutes, about));
    if (about.can_stir) row(w.can_stir, about.can_stir);
    row(w.sees, fill(w.sees_rule, { k: beyond ? beyond.k() : "five" }));
    row(w.forgotten, w.forgotten_rule);
    const doors = make("div", "", "poll-doors");
    doors.append(
      button("poll-door", w.join, w.join_say, () => enter("join")),
      button("poll-door", w.own, w.own_say, () => enter("own")),
      button("poll-door", w.pass, w.pass_say, () => send(null)),
    );
    show("note", make("p", w.numeral, "poll-numeral"), card, doors);
  }

  function enter(door) {
    mode = door;
    answer();
  }

  function answer() {
    const form = make("div", "", "poll-choices");
    form.setAttribute("role", "radiogroup");
    form.setAttribute("aria-labelledby", title.id);
    const held = beyond?.held(about.id);
    about.options.forEach((option, i) => {
      const label = make("label", "", "poll-choice");
      const radio = Object.assign(make("input"), { type: "radio", name: title.id, value: i });
      radio.checked = held?.mine === i;
      label.append(radio, make("span", option));
      form.append(label);
    });
    const hint = make("p", words.answer.hint, "poll-small");
    hint.setAttribute("role", "status");
    const doors = make("div", "", "poll-doors poll-two");
    doors.append(
      button("poll-button", words.answer.send, "", () => {
        const chosen = form.querySelector(":checked");
        if (!chosen) hint.textContent = words.answer.choose;
        else send(Number(chosen.value));
      }),
      button("poll-button", words.answer.pass, "", () => send(null)),
    );
    show("answer", form, doors, hint);
    frame.dataset.touched = "yes";
    form.querySelector("input:checked, input")?.focus();
  }

  /* Joined, kept or passed: the same call, the same length on the wire, the same screen. */
  function send(mine) {
    frame.dataset.touched = "yes";
    const own = mode === "own";
    if (beyond) beyond.answer(about.id, { value: own ? null : mine, mine, own });
    else preview = { ...preview, mine: mine ?? 0 };
    sent();
  }

  function sent() {
    const busy = make("div", "", "poll-busy");
    busy.setAttribute("aria-hidden", "true");
    busy.append(...Array.from({ length: 5 }, () => make("i")));
    const w = words.sent;
    show(
      "sent",
      make("p", w.title, "poll-sent"),
      busy,
      make("p", w.thanks),
      make("p", w.same, "poll-small"),
      button("poll-button", w.again, "", () => note()),
    );
    if (!beyond) body.append(make("p", words.preview.say, "poll-small"), made_up());
  }

  function made_up() {
    const option = about.options[preview.mine];
    return make("p", fill(words.preview.sentence, { option }), "poll-answer");
  }

  function revealed(now) {
    mark.lastChild.textContent = words.revealed[now.snapshot.form];
    const nodes = [beyond.picture(now)];
    const held = beyond.held(about.id);
    if (held?.own && held.mine !== null)
      nodes.push(make("p", fill(words.revealed.mine, { option: about.options[held.mine] }), "poll-small"));
    nodes.push(make("p", words.revealed.note, "poll-small"));
    show("revealed", ...nodes);
  }

  let drawn = "";
  function draw() {
    const now = question();
    const held = beyond?.held(about.id);
    const key = JSON.stringify([now?.phase, now?.round, now?.snapshot, beyond?.joined(), beyond?.k()]);
    if (key === drawn) return; // nothing new: do not disturb who is choosing
    drawn = key;
    mark.lastChild.textContent = words.mark.nameless;
    if (!now || (beyond && !beyond.joined() && now.phase !== "revealed")) waiting();
    else if (now.phase === "revealed") revealed(now);
    else if (held && held.round === now.round) sent();
    else note();
  }

  draw();
  return beyond?.watch(draw);
}

export default { render };
