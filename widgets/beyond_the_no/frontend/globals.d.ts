/* What scripts share, for the type checker alone: globals, the room's messages as
   `room/views.py` has them, and elements as templates make them. */

/** An element of our own markup. A selector that a script asks for stands in its page's
    template, so what is found counts as there; journeys in a browser notice where not. */
interface Part extends HTMLElement {
  async: boolean;
  checked: boolean;
  children: HTMLCollectionOf<Part>;
  childNodes: NodeListOf<Part>;
  content: { firstElementChild: Part };
  dataset: Record<string, string>;
  disabled: boolean;
  firstChild: Part;
  firstElementChild: Part;
  hash: string;
  href: string;
  htmlFor: string;
  alt: string;
  autocomplete: AutoFill;
  labels: NodeListOf<HTMLLabelElement> | null;
  lastChild: Part;
  name: string;
  noValidate: boolean;
  open: boolean;
  readOnly: boolean;
  parentElement: Part;
  parentNode: Part;
  sheet?: CSSStyleSheet | null;
  src: string;
  type: string;
  value: string;
  validity: ValidityState;
  valueAsNumber: number;
  cloneNode(deep?: boolean): Part;
  close(): void;
  requestSubmit(): void;
  showModal(): void;
}

interface ParentNode {
  querySelector(selectors: string): Part;
  querySelectorAll(selectors: string): NodeListOf<Part>;
}

type Told<E extends Event> = E & { target: Part };
type Listening = boolean | AddEventListenerOptions;

interface HTMLElement {
  addEventListener<K extends keyof HTMLElementEventMap>(type: K, listener: (event: Told<HTMLElementEventMap[K]>) => void, options?: Listening): void;
}

interface Document {
  addEventListener<K extends keyof DocumentEventMap>(type: K, listener: (event: Told<DocumentEventMap[K]>) => void, options?: Listening): void;
  createElement<K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K];
  createElement(tag: string): Part;
  getElementById(id: string): Part;
}

interface Element {
  closest(selectors: string): Part;
  /** Attributes are text: the browser writes numbers and truths out. */
  setAttribute(name: string, value: string | number | boolean): void;
}

interface CSSStyleDeclaration {
  setProperty(name: string, value: string | number | null, priority?: string): void;
}

declare namespace Kit {
  /** A table of words (`words.toml` and its like). Which there are is for translators. */
  // biome-ignore lint/suspicious/noExplicitAny: words, lists and tables of words
  type Words = Record<string, any>;
  /** What a script keeps as JSON, or a trait holds: its reader knows what it wrote. */
  // biome-ignore lint/suspicious/noExplicitAny: as JSON.parse
  type Json = any;

  type Find = (id: string) => Part;
  type Make = (tag: string, cls?: string, text?: string) => Part;
  type Fill = (text: string, parts: Words) => string;

  /* ---- what the room says: room/views.py ---- */
  type Role = "phone" | "wall" | "facilitator" | "second_leader" | "cofacilitator";
  type Kind = "poll" | "scale" | "rounds" | "guess" | "words" | "texts" | "pairs" | "breathe" | "includer" | (string & {});
  type Row = { word?: string | null; people?: number | null; answered?: boolean };
  type Text = { text: string; retold?: boolean; often?: boolean; answered?: boolean };
  type Sign = { shape: string; word: string; people: number; role?: number; turn?: number };
  type Breath = [inward: number, outward: number];

  interface Snapshot {
    form: "words" | "dots" | "bars" | "board" | (string & {});
    rows: Row[];
    sentence: string;
    before: Snapshot | null;
    change: string;
    texts: Text[];
    paper?: boolean;
  }
  /** What `drawing.picture` needs of a question that was shown. */
  interface Picture {
    kind: Kind;
    snapshot: Snapshot;
    rows: string[];
    amounts: string[];
    before: [string, string][];
    titles: string[];
    often: string;
    retold: string;
    struck: string;
    answered?: string;
    truth: string;
    truth_row: number | null;
  }
  /** A picture with made-up answers: what it leaves out, its form does not need. */
  type MadeUp = Partial<Omit<Picture, "snapshot">> & { snapshot: Omit<Partial<Snapshot>, "before"> & { before?: Partial<Snapshot> } };

  interface Question extends Omit<Picture, "snapshot"> {
    id: string;
    lesson: string;
    title: string;
    question: string;
    options: string[];
    many: boolean;
    edges: number[];
    unit: string;
    step: number;
    alt: string;
    points: number;
    longest: number;
    truth_value?: number | null;
    truth_mark?: string;
    phase: "idle" | "collecting" | "held" | "revealed";
    round: number;
    second: boolean;
    kept: boolean;
    breath: Breath | null;
    roles: string[];
    turn: number;
    typed: { minutes: number; can_stir: string } | null;
    snapshot: Snapshot | null;
    ready: string;
    again: boolean;
    may_hold: boolean;
    may_keep: boolean;
    not_shown: string;
    may_tally: boolean;
    slips: number;
    shown: number;
    queue: Queued[];
  }
  type Queued = { id: string; text: string; hints: string[]; danger: boolean };
  type Revealed = Question & Picture;
  interface State {
    type: "state";
    phase: "lobby" | "open" | "paused" | "ended";
    lesson: string | null;
    title: string | null;
    step: number;
    name: string | null;
    so_far: string[];
    lessons: [name: string, title: string][];
    freely: boolean;
    breathing: boolean;
    keeps: boolean;
    k: string;
    questions: Question[];
    wifi?: string | null;
    address?: string | null;
    crowd?: string | null;
  }
  /** What somebody asks, until one of those who lead says that it is done. */
  interface OpenCall {
    name: string;
    kind: "slow" | "break" | "checkin";
    say: string;
    taken: Role | null;
    mark: string;
  }
  /** The room as leaders see it. */
  interface LeadersState extends State {
    crowd: string;
    signals: [name: string, sentence: string][];
    calls: OpenCall[];
    address: string;
    addresses: [address: string, network: string][];
    locked: boolean;
    complete: boolean;
    row: number | null;
    hidden: string | null;
    head_count: boolean;
    acts: number;
    second_leader: string | null;
    shown: object[] | null;
    receipt: Record<string, number>;
  }
  type CalmLists = { first: string[]; second: string[] };
  /** What a script hears beside the room's state, which it gets in any case. */
  type News =
    | { type: "welcome"; token?: string | null; calm?: CalmLists | null }
    | { type: "sent"; activity: string; round: number }
    | { type: "heard"; kind: string; on: boolean; seen: boolean }
    | { type: "on_it"; kind: string; by: Role }
    | { type: "closed"; kind: string }
    | { type: "moving" }
    | { type: "refused"; reason: string; say: string }
    | { type: "pong"; at: number }
    | { type: "paired"; activity: string; sign: Sign }
    | { type: "slide"; deck: string; slide: number | null; fragment: number; blank: boolean };
  /** With what a page says to itself: no word of the room came, the line is lost, other calm words were chosen. */
  type Message = News | { type: "state" } | { type: "late" } | { type: "lost" } | { type: "words" };

  /* ---- room_client.js ---- */
  /** An answer as a widget gives it; without a value, values or text it is a pass. */
  interface Answer {
    value?: number | null;
    values?: number[];
    text?: string;
    /** what the part of its kind keeps for itself */
    mine?: Json;
    own?: boolean;
    stays?: boolean;
  }
  /** An answer as this tab holds it until it was shown. */
  interface Held extends Answer {
    round: number;
    asked?: string;
    first?: Held;
    taken?: boolean;
  }
  /** What is known of a text that was asked for. */
  interface Back {
    state: "asked" | "taken" | "gone";
    round: number;
    say?: string;
    on?: Socket;
  }
  interface Store {
    get(name: string): Json;
    set(name: string, value: unknown): void;
    drop(name: string): void;
  }
  type Watcher = (state: State | null, message: Message) => void;

  /** What a WebSocket and a line of plain requests have in common. */
  interface Socket {
    readonly readyState: number;
    send(message: string): void;
    close(): void;
    onopen: (() => void) | null;
    onmessage: ((event: { data: string }) => void) | null;
    onclose: (() => void) | null;
    onalive?: (() => void) | null;
    /** a timer, until it is open; and whether it has carried a word */
    opening?: ReturnType<typeof setTimeout>;
    works?: boolean;
  }

  interface Beyond {
    words: Words;
    store: Store;
    /** by lesson.js, which comes later than this object and before whatever asks for it */
    page: Page;
    send(message: { type: string; [field: string]: unknown }): boolean;
    calm_words(): string;
    state(): State | null;
    k(): string;
    keeps(): boolean;
    joined(): boolean;
    ended(): boolean;
    connected(): boolean;
    question(id: string): Question | undefined;
    held(id: string): Held | undefined;
    sign(id: string): Sign | undefined;
    now(): number;
    sync(): void;
    join(watching: boolean): void;
    other_words(): void;
    answer(id: string, answer: Answer): void;
    taken(id: string): boolean;
    refusal(id: string): string | undefined;
    take_back(id: string): void;
    back(id: string): Back | undefined;
    watch(watcher: Watcher): () => void;
  }
  /** A lesson's page, for the script of its widgets: lesson.js. */
  interface Page {
    kernel: string;
    begun?: boolean;
    needs_kernel(): void;
    ready(): void;
    failed(): void;
    tell(sentence: string, word?: string): boolean;
    look(): Promise<boolean>;
  }

  /* ---- drawing.js ---- */
  interface Pacer {
    element: Part;
    start(): void;
    stop(): void;
    lines(shown: boolean): void;
  }
  interface Drawing {
    make: Make;
    svg(tag: string, attributes: Record<string, string | number>): SVGElement;
    picture(question: Picture): Part;
    read(text: string, struck: string): (string | Part)[];
    shape(name: string): SVGElement;
    pacer(breath: Breath, words: Words, clock: { now: () => number; turn?: (seconds: number, into: boolean) => void }): Pacer;
  }

  /* ---- deck_sync.js, facilitator_run_sheet.js, safety_prompt.js ---- */
  type Place = { slide: number; fragment: number; blank: boolean };
  interface DeckLine {
    /** whether the room said where the deck stands, if anywhere */
    known(): boolean;
    place(): Place | null;
    watch(watcher: (place: Place) => void): void;
    tell(to: Place): void;
  }
  /** A plan as `facilitate/run-sheet.json` has it. */
  interface RunSheet {
    rows: { name: string; lesson: string; minutes: number; cut?: boolean; upset?: string; late?: string }[];
    starts: number[];
    lessons: {
      name: string;
      title: string;
      intensity?: number;
      trouble?: string;
      notes: string[];
      content_note?: string;
      /** what to say at each step, and the step of each question */
      say: string[];
      asked: Record<string, number>;
    }[];
    cut?: string;
    pace?: string;
  }
  interface Phrases {
    kind(text: string): "self" | "hurt" | "anger" | "";
    hold(text: string): boolean;
  }

  /* ---- service_worker.js, whose world is another one than a page's ---- */
  interface Worker {
    registration: ServiceWorkerRegistration;
    clients: { claim(): Promise<void> };
    addEventListener(type: "install" | "activate", listener: (event: { waitUntil(done: Promise<unknown>): void }) => void): void;
    addEventListener(type: "fetch", listener: (event: { request: Request; respondWith(answer: Promise<Response>): void }) => void): void;
  }

  /* ---- widgets: their script gets `{ model, el }` from anywidget ---- */
  interface Model {
    get(trait: string): Json;
    set(trait: string, value: unknown): void;
    save_changes(): void;
    send(content: object): void;
    on(event: string, heard: (message: Json) => void): void;
  }
  interface Rendered {
    model: Model;
    el: HTMLElement;
  }

  /* ---- brain_mesh.js, brain_gl.js, brain_turn.js ---- */
  interface Half {
    pial: Float32Array<ArrayBuffer>;
    inflated: Float32Array<ArrayBuffer>;
    pial_normals: Int8Array<ArrayBuffer>;
    inflated_normals: Int8Array<ArrayBuffer>;
    data: Uint8Array<ArrayBuffer>;
  }
  interface Brain {
    triangles: Uint16Array<ArrayBuffer>;
    halves: Half[];
  }
  /** Degrees; apart and inflated from 0 to 1. */
  type Pose = Record<"apart" | "inflated" | "left" | "right" | "turn" | "tilt", number> & Record<string, number>;
  interface Stand {
    turn: number[][];
    middle: number[];
    up: number;
    scale: number;
  }
  interface Painter {
    draw(look: { pose: Pose; bar: number; shown: [number, number]; colours: Record<string, number[]>; dot_size: number }): void;
    empty(): boolean;
  }
  /** As `make` of explore.js; another `make` is that of exercises. */
  type Build = (tag: string, names?: string, text?: string, ...children: (Node | string)[]) => Part;
  /** Told where the controls stand; told nothing, it ends. */
  type Scene = (model: Model, stage: Part) => (told?: Controls) => void;

  /* ---- exercise.js: `own/exercises.toml` ---- */
  type Option = { say: string; hint?: string; ask?: string; group?: string };
  /** A line of a list, with what was chosen beside it. */
  type Entry = { text: string; ask?: string };
  type Given = string | (string | Entry)[] | undefined;
  interface Field {
    id: string;
    kind: string;
    label: string;
    options: (Option | string)[];
    row?: boolean;
    most: number;
    rows?: number;
    entry: string;
    add: string;
    ask?: { label: string; options: string[] };
    ring?: boolean;
    of?: string;
    last?: string;
    time: string;
    template?: string;
  }
  interface Tools {
    id: string;
    words: Words;
    answer(): Json;
    keep(what: Json): void;
    say(sentence: string): void;
  }
  interface Step {
    id: string;
    title: string;
    say?: string[];
    after?: string[];
    fields?: Field[];
    when?: [field: string, ...values: string[]];
    drawing?: "drawn" | "listed";
    empties?: { field: string; option: string; label: string; say: string; undo: string; help: string };
  }
  interface Exercise {
    heading: string;
    about: string;
    minutes: number;
    leave_out?: string;
    people?: { who: string; story: string; answers: Record<string, Given> }[];
    draws?: { kind: string; of?: string; first?: string };
    ground?: boolean;
    last?: string;
    let_go?: boolean;
    steps: Step[];
    page: string[];
  }
  /** One thing that a person kept, as My page shows it. */
  interface Leaf {
    key: string;
    title: string;
    text: string;
    out?: boolean;
    drawing?: Drawn | null;
  }
  /** What `own_drawings.js` draws, kept beside the text of a leaf. */
  type Drawn =
    | { kind: "pie"; slices: { text: string; weight: number }[] }
    | { kind: "ladder"; rungs: string[]; first: string }
    | { kind: "menu"; days: string[]; day: string; time: string }
    | { kind: "map"; me: string; circles: { name: string; entries: string[] }[] };
  interface ExerciseState {
    who: string;
    at: number;
    skipped: Record<string, string[]>;
    answers: Record<string, Record<string, Given>>;
  }

  /* ---- frontend/widgets: a kernel's messages, as Jupyter has them ---- */
  type Bytes = ArrayBuffer | ArrayBufferView;
  interface KernelMessage {
    channel: string;
    header: { msg_type: string; msg_id?: string; [field: string]: unknown };
    parent_header?: { msg_id?: string };
    metadata?: object;
    content: Json;
    buffers?: Bytes[];
  }
  interface Callbacks {
    iopub?: { status?(message: Pick<KernelMessage, "content">): void };
    shell?: { reply?(message: KernelMessage): void };
  }
  /** What a widget's share of a line needs of it. */
  interface Wire {
    comms: Map<string, Json>;
    send(type: string, content: object, callbacks?: Callbacks, metadata?: object, buffers?: Bytes[]): string;
  }
  type KernelSocket = Pick<WebSocket, "binaryType" | "onclose" | "onmessage" | "onopen"> & { send(frame: Uint8Array<ArrayBuffer>): void };
  interface LineOptions {
    address: string;
    begun(): void;
    gone(): Promise<boolean>;
    too_large(): void;
    opened(comm: Json, message: KernelMessage): unknown;
    again(): unknown;
    Socket?: new (address: string, protocols: string[]) => KernelSocket;
    wait?: number;
  }
  interface Manager {
    add(id: string, state: Json): unknown;
    view(id: string): Promise<HTMLElement>;
    opened(comm: Json, message: Json): unknown;
    again(): unknown;
  }
  /** The state of a page's widgets, as the server writes it into the page. */
  interface Embedded {
    state: Record<string, { state: Json; buffers?: { path: (string | number)[]; data: string; encoding: string }[] }>;
    scripts?: string[];
  }

  /* ---- together.js and its parts ---- */
  /** A question as a lesson declares it, brought up to date by the room's. */
  interface About extends Pick<Question, "id" | "kind" | "question" | "options" | "many" | "edges" | "unit" | "step" | "points" | "longest"> {
    size?: number;
    roles?: string[];
    can_stir: string;
    picture?: string;
    alt: string;
    minutes: number;
    breath: Breath;
    throws: number;
    truth: number;
  }
  interface Context {
    about: About;
    words: Words;
    beyond?: Beyond;
    title: Part;
    fill: Fill;
    button(cls: string, label: string, say: string, act: () => void): Part;
    show(step: string, ...nodes: (Node | string | false | "" | null | undefined)[]): void;
    again(): void;
    card(again?: boolean): Part[];
    retell?: (() => void) | null;
  }
  type InRoom = Context & { beyond: Beyond };
  type MaybeAnswer = Answer | null | undefined;
  interface Form {
    nodes: Part[];
    first?: Part | null;
    hint?: string;
    read(): Answer | { hint: string };
  }
  interface WidgetPart {
    asks?(c: Context): string;
    rows?(c: Context): [term: string, text: string][];
    form?(c: Context & { held: MaybeAnswer; mode: string }): Form;
    look?(c: Context, said: Answer, send: () => void, keep: () => void): boolean;
    mine?(c: Context, held: Answer): string | false | undefined;
    because?(c: Context, held: Answer): string;
    shown?(c: InRoom, now: Revealed, held: MaybeAnswer): Part;
    after?(c: InRoom, held: MaybeAnswer, now: Revealed): Part[];
    made_up?(c: Context, mine: Answer["mine"]): MadeUp | Part;
    live?(c: Context): Part[];
    stop?(): void;
    busy?: string[];
  }
  /* what a part defines for itself */
  interface BreathePart {
    sound: { context: AudioContext; gain: GainNode; pitch: OscillatorNode } | null;
    pacer: Pacer | null;
    tone(seconds: number, into: boolean): void;
    sing(): void;
    hush(): void;
    stop(): void;
  }
  /** Of "beyond:shown": whose guess is over, and the line that answers it. */
  type ShownGuess = { name: string; because: string };
  interface GuessPart {
    ends(about: About): { low: string; high: string };
    range(about: About, number: number): number;
  }
  type Stage = { whole: SVGElement; give(i: number): void; bring_in(): void };
  interface IncluderPart {
    CORNERS: [x: number, y: number][];
    IN: [x: number, y: number];
    FORMS: string[];
    stage(): Stage;
    play(c: Context): void;
    end(c: Context, stage: Stage): void;
    rest(c: Context): void;
    ground(words: Words): Part;
  }

  /* ---- explore.js and shelf.js ---- */
  type Value = boolean | number | string;
  type Controls = Record<string, Value>;
  interface Spec {
    name: string;
    kind: "toggle" | "steps" | "press" | "choice";
    label: string;
    default: Value;
    when: Record<string, Value[]>;
    at?: number[];
    on?: Record<string, Value[]>;
    start: number;
    stop: number;
    step: number;
    unit: string;
    options: [value: string, text: string][];
  }
  type Maker = (spec: Spec, move: (value: Value) => void, group: string) => { node: Part; show: (value: Json) => void };
  interface Shown {
    picture: string;
    answer: string;
    rows: string[][];
    caption: string;
    fault: string;
    kind: string;
    kind_word: string;
  }
  /** All pictures of a source: parts, and by state which of them make its picture. */
  interface Shelf {
    parts: string[];
    states: Record<string, Omit<Shown, "picture"> & { picture: number[] }>;
  }
  type Matters = (spec: Spec, state: Controls) => boolean;
  type Asked = (specs: Spec[], matters: Matters, state: Controls) => Promise<Shown | Away | null>;
  type Away = Readonly<Record<string, never>>;
}

/* ---- globals: what a page offers to its widgets, whose scripts are modules of their own,
   and to Voila ---- */
declare var beyond: Kit.Beyond;
declare var beyondPhrases: Kit.Phrases | undefined;
declare var beyondFormulas: ((node: Element) => void) | undefined;
declare var beyondShelf: ((source: string, state: string, specs: Kit.Spec[]) => Promise<Kit.Shown>) | undefined;
declare var beyondPictures: (source: string, parts: string[], states: Kit.Shelf["states"]) => void;
declare var voila_heartbeat: () => void;
declare var display_cells: () => void;

/** Put as text before the script of a widget that uses it: drawing.js, tab_storage.js, a
    part, shelf.js. */
declare const drawing: Kit.Drawing;
declare const part: Kit.WidgetPart;
declare const brain_map: typeof import("./pages/brain_map.js").brain_map;
declare const brain: typeof import("./pages/brain_heat.js").brain;
declare const warm: typeof import("./pages/brain_heat.js").warm;
declare const remember: typeof import("./pages/tab_storage.js").remember;
declare const recall: typeof import("./pages/tab_storage.js").recall;
declare const forget: typeof import("./pages/tab_storage.js").forget;
declare const leaves: typeof import("./pages/tab_storage.js").leaves;
declare const drawn: typeof import("./pages/own_drawings.js").drawn;
declare const read_aloud: typeof import("./pages/read_aloud.js").read_aloud;
declare const make: typeof import("../own/exercise_fields.js").make;
declare const fill: typeof import("../own/exercise_fields.js").fill;
declare const said: typeof import("../own/exercise_fields.js").said;
declare const unique: typeof import("../own/exercise_fields.js").unique;
declare const plain: typeof import("../own/exercise_fields.js").plain;
declare const gathered: typeof import("../own/exercise_fields.js").gathered;
declare const boxes: typeof import("../own/exercise_fields.js").boxes;
declare const sized: typeof import("../own/exercise_fields.js").sized;
declare const day_and_time: typeof import("../own/exercise_fields.js").day_and_time;
declare const FIELDS: typeof import("../own/exercise_fields.js").FIELDS;
declare const AWAY: Kit.Away;
declare const shelved: (source: string) => Kit.Asked | null;
declare const scene: Kit.Scene;
declare const tell: <N extends Element>(node: N, attributes: Record<string, string | number | boolean>) => N;
declare const POINTS: number;
declare const DATA: number;
declare const VIEWS: Record<string, Kit.Pose>;
declare const unpacked: (bytes: Uint8Array) => Kit.Brain;
declare const between: (one: Kit.Pose, other: Kit.Pose, part: number) => Kit.Pose;
declare const stand: (pose: Kit.Pose, half: number, aspect: number) => Kit.Stand;
declare const placed_at: (at: Kit.Stand, aspect: number, point: ArrayLike<number>) => number[];
declare const painter: (canvas: HTMLCanvasElement, brain: Kit.Brain) => Kit.Painter;
declare const press: Kit.Maker;
declare const placed: (specs: Kit.Spec[], nodes: Part[], stage: Part, panel: Part, state: Kit.Controls) => void;

/** Put before service_worker.js: the edition's name, and its files by their content. */
declare const VERSION: string;
declare const FILES: Record<string, string>;

/* ---- packages without types ---- */
declare module "anywidget" {
  const define: (base: object) => { AnyModel: Kit.Json; AnyView: Kit.Json };
  export default define;
}
declare module "katex/contrib/auto-render" {
  const render: (node: Element, options: object) => void;
  export default render;
}
declare module "reveal.js" {
  /** As deck.js uses it. */
  export default class Reveal {
    constructor(root: Element, options: object);
    initialize(): Promise<void>;
    getCurrentSlide(): Part | undefined;
    getSlides(): Part[];
    getIndices(): { h: number; f?: number };
    getTotalSlides(): number;
    slide(slide: number, vertical: number, fragment: number): void;
    next(): void;
    prev(): void;
    on(event: string, heard: (event: { currentSlide: Part }) => void): void;
  }
}
declare module "*.css" {
  const text: string;
  export default text;
}
