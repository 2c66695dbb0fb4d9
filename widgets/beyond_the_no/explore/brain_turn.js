/* The brain in an explorer's stage, over the flat picture: turned by dragging, by keys and
   by buttons. Stands before explore.js in one module, instead of flat.js. Wherever it
   cannot be drawn, or should not (print, forced colours), the flat picture is seen: it
   keeps its place and its words below. */
const NEAR = "100% 0%", // of a screen: from there on it is loaded
  STEP = 15, // degrees for a key
  TILTED = 80, // degrees at most
  MOVING = 450, // milliseconds from one view to another
  SHARPEST = 2; // pixels of a screen's pixel, more of them are not seen
const KEYS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] });
const TOKENS = { ridge: "wash", fold: "line", ribbon: "ribbon", pale: "pale-ribbon", cloth: "cloth", both: "soft", ink: "ink", paper: "paper" };
const SHOWN = /** @type {Record<string, [number, number]>} */ ({ both: [1, 1], pain: [1, 0], rejection: [0, 1] });

/* Where a name stands on each half: beside its area, mm right, front and up of its
   middle, so as not to cover it; and which side of a half it is seen from. */
const NAMES = /** @type {Record<string, { beside: number[], from: number }>} */ ({
  acc: { beside: [0, -30, -8], from: -1 },
  insula: { beside: [0, -4, -26], from: 1 },
  forehead: { beside: [0, 12, 34], from: -1 },
});
const SHAPES = /** @type {("pial" | "inflated")[]} */ (["pial", "inflated"]);
const AREAS = Object.keys(NAMES);
const LABELS = /** @type {[name: string, half: number][]} */ ([...AREAS, "front"].flatMap((name) => [0, 1].map((half) => [name, half])));

/* The middle of an area on a half; the front is before the foremost point. */
/** @type {(half: Kit.Half, name: string, shape: "pial" | "inflated") => number[]} */
const middle_of = (half, name, shape) => {
  const [places, area] = [half[shape], AREAS.indexOf(name)];
  const sums = [0, 0, 0, 0];
  let first = 0;
  for (let i = 0; i < POINTS; i++) {
    if (places[3 * i + 1] > places[3 * first + 1]) first = i;
    const part = half.data[DATA * i + 3 + area];
    sums[3] += part;
    for (let axis = 0; axis < 3; axis++) sums[axis] += part * places[3 * i + axis];
  }
  if (area < 0) return [places[3 * first], places[3 * first + 1] + 12, places[3 * first + 2] - 14];
  return NAMES[name].beside.map((mm, axis) => sums[axis] / sums[3] + mm);
};

/** @type {Kit.Scene} */
// biome-ignore lint/correctness/noUnusedVariables: explore.js uses it, which follows in the same module
const scene = (model, stage) => {
  const build = /** @type {Kit.Build} */ (make); // explore.js's own
  const words = model.get("words").turn;
  const canvas = tell(document.createElement("canvas"), { role: "img" });
  const [title, probe] = [build("p", "titled"), build("span")];
  const labels = LABELS.map(([name]) => tell(build("span", "label", words[name]), { "aria-hidden": true }));
  const field = build("div", "turn", "", canvas, ...labels);
  // keys are its own: neither JupyterLab's nor those of slides
  tell(field, { role: "group", tabindex: 0, "aria-label": words.keys, "data-lm-suppress-shortcuts": "", "data-prevent-swipe": "" });
  const key = build("p", "key", "", ...["pain", "rejection", "both"].map((of) => tell(build("span", "", words[of]), { "data-of": of })));
  const buttons = Object.entries(KEYS).map(([name, by]) => {
    const button = tell(Object.assign(build("button", "", words.arrows[name]), { type: "button" }), { "aria-label": words[name] });
    button.addEventListener("click", () => turn(...by));
    return button;
  });
  const solid = build("div", "solid", "", title, key, field, build("div", "turns", "", build("span", "small", words.drag), ...buttons), probe);
  stage.append(solid);

  let state = /** @type {Kit.Controls} */ ({});
  let pose = VIEWS.outside;
  /** @type {{ from: Kit.Pose, to: Kit.Pose, begun: number } | undefined} */
  let going; // from one view to another
  /** @type {Kit.Brain | undefined} */
  let brain;
  /** @type {Record<string, number[][]>} */
  let middles = {};
  /** @type {Kit.Painter | undefined} */
  let paint;
  let near = false,
    asked = false,
    frame = 0;

  /** @type {(token: string) => number[]} */
  const colour = (token) => {
    probe.style.color = `var(--chart-${token})`;
    return (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255);
  };
  const colours = () => {
    const found = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, colour(token)]));
    // on dark paper, the folds are the darker ones, too
    if (found.paper[0] < 0.5) found.ridge = found.fold.map((part, i) => part + 0.4 * (found.both[i] - part));
    return found;
  };
  // only what is seen has its name beside it: that is what the views are for
  const named = () => {
    const aspect = field.clientWidth / field.clientHeight;
    const shape = pose.inflated > 0.5 ? "inflated" : "pial";
    const settled = pose.apart === 1 || pose.apart === 0;
    LABELS.forEach(([name, half], i) => {
      const at = stand(pose, half, aspect);
      const [x, y, near_us] = placed_at(at, aspect, middles[shape][i]);
      const outer = at.turn[2][0] * (half ? 1 : -1); // from 1, we see the outside of this half, to -1
      const seen =
        name === "front"
          ? pose.apart
            ? Math.abs(outer) > 0.4
            : half === 1 && near_us > -0.3
          : pose.apart && (name !== "insula" || pose.inflated) && outer * NAMES[name].from > 0.5;
      labels[i].hidden = !settled || !seen;
      Object.assign(labels[i].style, { left: `${50 + 50 * x}%`, top: `${50 - 50 * y}%` });
    });
  };
  const draw = () => {
    const sharp = Math.min(globalThis.devicePixelRatio || 1, SHARPEST);
    const size = [field.clientWidth, field.clientHeight].map((px) => Math.max(1, Math.round(px * sharp)));
    if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
    paint?.draw({ pose, bar: Number(state.bar), shown: SHOWN[`${state.maps}`], colours: colours(), dot_size: sharp });
    named();
  };
  /** @type {(now: number) => void} */
  const tick = (now) => {
    frame = 0;
    if (going) {
      const part = Math.min(1, Math.max(0, (now - going.begun) / MOVING));
      pose = between(going.from, going.to, part * part * (3 - 2 * part));
      if (part === 1) arrive();
    }
    draw();
    if (going) redraw();
  };
  const redraw = () => {
    if (paint && !frame) frame = requestAnimationFrame(tick);
  };
  const arrive = () => {
    pose = going?.to ?? pose;
    going = undefined;
  };
  /** @type {(around: number, over: number) => void} */
  const turn = (around, over) => {
    arrive();
    pose = { ...pose, turn: pose.turn + around, tilt: Math.max(-TILTED, Math.min(TILTED, pose.tilt + over)) };
    redraw();
  };
  /** @type {(to: Kit.Pose) => void} */
  const move = (to) => {
    going = { from: pose, to, begun: performance.now() };
    if (!paint || matchMedia("(prefers-reduced-motion: reduce)").matches) arrive();
    redraw();
  };

  // from here on the flat picture is covered, or seen again
  const raise = () => {
    try {
      paint = painter(canvas, /** @type {Kit.Brain} */ (brain));
      draw();
      if (paint.empty()) throw new Error("nothing was drawn");
      stage.classList.add("beyond-explore-turned");
    } catch (error) {
      lower();
      console.info("The brain stays flat.", error);
    }
  };
  const lower = () => {
    arrive();
    paint = undefined;
    stage.classList.remove("beyond-explore-turned");
  };
  const begin = async () => {
    if (asked || !near) return;
    asked = true;
    const ask = shelved(model.get("lends"));
    const lent = ask ? await ask([], () => true, {}) : await handed(model);
    if (typeof lent?.surface === "string") {
      const text = atob(lent.surface);
      const bytes = new Uint8Array(text.length);
      for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
      brain = unpacked(bytes);
      const { halves } = brain;
      middles = Object.fromEntries(SHAPES.map((shape) => [shape, LABELS.map(([name, half]) => middle_of(halves[half], name, shape))]));
      raise();
    } else asked = false; // the next move asks again
  };

  canvas.addEventListener("webglcontextlost", (event) => {
    event.preventDefault(); // so that it may come back
    lower();
  });
  canvas.addEventListener("webglcontextrestored", raise);
  field.addEventListener("keydown", (event) => {
    const by = KEYS[event.key];
    if (!by && event.key !== "Home") return;
    event.preventDefault();
    event.stopPropagation();
    if (by) turn(...by);
    else move(VIEWS[`${state.view}`]);
  });
  field.addEventListener("pointerdown", (down) => {
    let [x, y] = [down.clientX, down.clientY];
    field.setPointerCapture(down.pointerId);
    const released = new AbortController();
    /** @type {(event: PointerEvent) => void} */
    const drag = (event) => {
      // a finger that moves up and down moves the page
      turn((event.clientX - x) / 2, event.pointerType === "touch" ? 0 : (event.clientY - y) / 2);
      [x, y] = [event.clientX, event.clientY];
    };
    field.addEventListener("pointermove", drag, { signal: released.signal });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) field.addEventListener(end, () => released.abort(), { signal: released.signal });
  });
  const watching = new IntersectionObserver(
    (entries) => {
      near = entries.some((entry) => entry.isIntersecting);
      begin();
    },
    { rootMargin: NEAR },
  );
  const sized = new ResizeObserver(redraw);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // what the flat picture is called, its sentence, is what the canvas is called
  const named_anew = new MutationObserver(() => tell(canvas, { "aria-label": stage.querySelector("svg")?.getAttribute("aria-label") ?? words.keys }));
  named_anew.observe(/** @type {Part} */ (stage.firstElementChild), { childList: true });
  watching.observe(stage);
  sized.observe(field);
  dark.addEventListener("change", redraw);

  return (told) => {
    if (!told) {
      cancelAnimationFrame(frame);
      named_anew.disconnect();
      watching.disconnect();
      sized.disconnect();
      dark.removeEventListener("change", redraw);
      return;
    }
    const view = told.view !== state.view;
    state = told;
    title.textContent = words.title.replace("{bar}", state.bar);
    key.dataset.maps = `${state.maps}`;
    if (view) move(VIEWS[`${state.view}`]);
    redraw();
    begin();
  };
};

/* In JupyterLab there is no server of ours: the kernel hands the file over. */
/** @type {(model: Kit.Model) => Promise<Kit.Json>} */
const handed = (model) =>
  new Promise((done) => {
    model.on("msg:custom", (message) => message?.lent && done(message.lent));
    model.send({ lend: true });
  });
