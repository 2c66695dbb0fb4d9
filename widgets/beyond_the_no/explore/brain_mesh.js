/* What the brain is made of, and where it stands: numbers alone, no page. Stands before
   brain_gl.js in one module. brain_surface.py packs what is unpacked here. */
const POINTS = 2562, // of each half
  FIRST = 12, // points of an icosahedron
  DIVIDED = 4; // times
const DATA = 6; // bytes a point: fold, body pain, being left out, and three areas
const MIDDLE = [0, -18, 15], // of the whole brain, mm right, front, up
  ASIDE = 34; // mm from there to the middle of a half

/* Triangles, and between which two points each new point lies. */
/** @type {(faces: number[][]) => { triangles: Uint16Array<ArrayBuffer>, parents: [number, number][] }} */
const divided = (faces) => {
  /** @type {[number, number][]} */
  const parents = [];
  for (let times = 0; times < DIVIDED; times++) {
    /** @type {Map<number, number>} */
    const middles = new Map();
    /** @type {(one: number, other: number) => number} */
    const middle = (one, other) => {
      const side = Math.min(one, other) * POINTS + Math.max(one, other);
      if (!middles.has(side)) middles.set(side, FIRST + parents.push([one, other]) - 1);
      return /** @type {number} */ (middles.get(side));
    };
    faces = faces.flatMap(([a, b, c]) => {
      const [x, y, z] = [middle(a, b), middle(b, c), middle(c, a)];
      return [
        [a, x, z],
        [b, y, x],
        [c, z, y],
        [x, y, z],
      ];
    });
  }
  return { triangles: new Uint16Array(faces.flat()), parents };
};

/* Where a surface faces at each point, scaled to 127. Written out, since a phone does
   this twenty thousand times before anything is seen. */
/** @type {(p: Float32Array, triangles: Uint16Array) => Int8Array<ArrayBuffer>} */
const normals = (p, triangles) => {
  const sums = new Float32Array(p.length);
  for (let i = 0; i < triangles.length; i += 3) {
    const a = 3 * triangles[i],
      b = 3 * triangles[i + 1],
      c = 3 * triangles[i + 2];
    for (let axis = 0; axis < 3; axis++) {
      const n = axis < 2 ? axis + 1 : 0,
        m = axis ? axis - 1 : 2;
      const part = (p[b + n] - p[a + n]) * (p[c + m] - p[a + m]) - (p[b + m] - p[a + m]) * (p[c + n] - p[a + n]);
      sums[a + axis] += part;
      sums[b + axis] += part;
      sums[c + axis] += part;
    }
  }
  const made = new Int8Array(sums.length);
  for (let i = 0; i < sums.length; i += 3) {
    const long = Math.hypot(sums[i], sums[i + 1], sums[i + 2]) || 1;
    for (let axis = i; axis < i + 3; axis++) made[axis] = Math.round((127 * sums[axis]) / long);
  }
  return made;
};

/* Both halves: places and normals, as they are and inflated, and DATA bytes a point. */
/** @type {(bytes: Uint8Array) => Kit.Brain} */
// biome-ignore lint/correctness/noUnusedVariables: brain_turn.js uses it, which follows in the same module
const unpacked = (bytes) => {
  const { triangles, parents } = divided(Array.from({ length: 20 }, (_, i) => [...bytes.subarray(3 * i, 3 * i + 3)]));
  const size = 12 * POINTS, // two halves, two shapes, three directions
    lower = bytes.subarray(60, 60 + size),
    upper = bytes.subarray(60 + size, 60 + 2 * size),
    rest = bytes.subarray(60 + 2 * size);
  if (rest.length !== 2 * DATA * POINTS) throw new Error("not the brain's file");
  /** @type {(at: number) => Float32Array<ArrayBuffer>} */
  const shape = (at) => {
    const places = new Float32Array(3 * POINTS);
    const whole = new Int32Array(POINTS);
    for (let axis = 0; axis < 3; axis++) {
      const row = (3 * at + axis) * POINTS;
      for (let i = 0; i < POINTS; i++) {
        const step = lower[row + i] | (upper[row + i] << 8);
        whole[i] = step & 1 ? -(step + 1) / 2 : step / 2;
        if (i >= FIRST) whole[i] += (whole[parents[i - FIRST][0]] + whole[parents[i - FIRST][1]]) >> 1;
        places[3 * i + axis] = whole[i] / 16 - 128;
      }
    }
    return places;
  };
  const halves = [0, 1].map((half) => {
    const [pial, inflated] = [shape(2 * half), shape(2 * half + 1)];
    const data = new Uint8Array(DATA * POINTS);
    for (let i = 0; i < data.length; i++) data[i] = rest[2 * POINTS * (i % DATA) + POINTS * half + Math.floor(i / DATA)];
    return { pial, inflated, data, pial_normals: normals(pial, triangles), inflated_normals: normals(inflated, triangles) };
  });
  return { triangles, halves };
};

/* How each view begins: whether the halves are apart, inflated, and by how many degrees
   left and right are turned from where the right side is seen and front is right. */
/** @type {Record<string, Kit.Pose>} */
// biome-ignore lint/correctness/noUnusedVariables: brain_turn.js uses it, which follows in the same module
const VIEWS = {
  outside: { apart: 0, inflated: 0, left: -25, right: -25, turn: 0, tilt: 12 },
  inside: { apart: 1, inflated: 0, left: 0, right: -180, turn: 0, tilt: 0 },
  unfolded: { apart: 1, inflated: 1, left: -180, right: 0, turn: 0, tilt: 0 },
};

/* Between two poses, from 0 to 1. */
/** @type {(one: Kit.Pose, other: Kit.Pose, part: number) => Kit.Pose} */
// biome-ignore lint/correctness/noUnusedVariables: brain_turn.js uses it, which follows in the same module
const between = (one, other, part) =>
  /** @type {Kit.Pose} */ (Object.fromEntries(Object.keys(one).map((key) => [key, one[key] + (other[key] - one[key]) * part])));

/* A half's turn (three rows of three: right, up, towards us), and the place of its middle. */
/** @type {(pose: Kit.Pose, half: number, aspect: number) => Kit.Stand} */
// biome-ignore lint/correctness/noUnusedVariables: brain_gl.js uses it, which follows in the same module
const stand = (pose, half, aspect) => {
  const [yaw, tilt] = [(half ? pose.right : pose.left) + pose.turn, pose.tilt].map((degrees) => (degrees * Math.PI) / 180);
  const [s, c, u, v] = [Math.sin(yaw), Math.cos(yaw), Math.sin(tilt), Math.cos(tilt)];
  const turn = [
    [s, c, 0],
    [-u * c, u * s, v],
    [v * c, -v * s, u],
  ];
  const middle = MIDDLE.map((mm, axis) => (mm + (axis ? 0 : pose.apart * ASIDE * (half ? 1 : -1))) * (1 - pose.inflated));
  // half of what has to fit into the height: one brain, or two halves one above the other
  const tall = 80 + pose.apart * (54 + 16 * pose.inflated),
    wide = (104 + 10 * pose.inflated) / aspect;
  return { turn, middle, up: pose.apart * (half ? -1 : 1) * (66 + 9 * pose.inflated), scale: 1 / Math.max(tall, wide) };
};

/* Where a point of a half is: right and up from -1 to 1, and how near, likewise. */
/** @type {(at: Kit.Stand, aspect: number, point: ArrayLike<number>) => number[]} */
// biome-ignore lint/correctness/noUnusedVariables: brain_turn.js uses it, which follows in the same module
const placed_at = ({ turn, middle, up, scale }, aspect, point) => {
  const from = middle.map((mm, axis) => point[axis] - mm);
  const [x, y, z] = turn.map((row) => row.reduce((sum, part, axis) => sum + part * from[axis], 0));
  return [(x * scale) / aspect, (y + up) * scale, z / 200];
};
