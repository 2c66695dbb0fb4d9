/* Draws the brain with WebGL: one program, two halves, nothing else. Stands after
   brain_mesh.js in one module. */
const CORNERS = `#version 300 es
in vec3 pial, inflated, pial_normal, inflated_normal, maps, areas;
uniform mat3 turn; uniform vec3 middle; uniform vec4 fit; uniform float unfolded;
out vec3 facing, shares, lies;
void main() {
  vec3 at = turn * (mix(pial, inflated, unfolded) - middle);
  facing = turn * mix(pial_normal, inflated_normal, unfolded);
  shares = maps * vec3(17., 127.5, 127.5); lies = areas * 17.;
  gl_Position = vec4((at.xy + vec2(0., fit.x)) * fit.yz, -at.z / 200., 1.);
}`;
// a map is told apart by its stripes, too: body pain has some, being left out has none, both are dotted
const PIXELS = `#version 300 es
precision highp float;
in vec3 facing, shares, lies;
uniform vec3 ridge, fold, ribbon, pale, cloth, both, ink, paper;
uniform vec2 shown; uniform float bar, dot_size;
out vec4 colour;
float over(float value, float least) { return clamp((value - least) / max(fwidth(value), 1e-4) + .5, 0., 1.); }
float line(float value, float half_wide) { return 1. - clamp((abs(value - .5) / max(fwidth(value), 1e-4)) - half_wide + .5, 0., 1.); }
void main() {
  vec2 at = gl_FragCoord.xy / dot_size;
  float pain = over(shares.y, bar) * shown.x, left_out = over(shares.z, bar) * shown.y;
  vec3 striped = mix(pale, ribbon, step(.45, fract((at.x + at.y) / 7.)));
  vec3 dotted = mix(both, paper, step(length(fract(at / 7.) - .5), .24));
  vec3 seen = mix(ridge, fold, smoothstep(.5, .62, shares.x));
  seen = mix(mix(seen, striped, pain), mix(cloth, dotted, pain), left_out);
  float light = .58 + .42 * clamp(normalize(facing).z, 0., 1.);
  float area = max(max(lies.x, lies.y), lies.z);
  vec3 lit = mix(mix(seen * light, paper, line(area, 2.2 * dot_size)), ink, line(area, 1.1 * dot_size));
  colour = vec4(lit, 1.);
}`;
const COLOURS = ["ridge", "fold", "ribbon", "pale", "cloth", "both", "ink", "paper"];

/* A brain on a canvas, or an error where this browser draws none. */
/** @type {(canvas: HTMLCanvasElement, brain: Kit.Brain) => Kit.Painter} */
// biome-ignore lint/correctness/noUnusedVariables: brain_turn.js uses it, which follows in the same module
const painter = (canvas, brain) => {
  const gl = canvas.getContext("webgl2", { antialias: true });
  const program = gl?.createProgram();
  if (!gl || !program) throw new Error("no WebGL");
  for (const [type, text] of /** @type {[number, string][]} */ ([
    [gl.VERTEX_SHADER, CORNERS],
    [gl.FRAGMENT_SHADER, PIXELS],
  ])) {
    const shader = /** @type {WebGLShader} */ (gl.createShader(type));
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(`no shader: ${gl.getProgramInfoLog(program)}`);
  gl.useProgram(program);
  /** @type {(name: string) => WebGLUniformLocation | null} */
  const at = (name) => gl.getUniformLocation(program, name);
  const halves = brain.halves.map(({ pial, inflated, pial_normals, inflated_normals, data }) => {
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    /** @type {(name: string, values: AllowSharedBufferSource, type: number, stride?: number, from?: number) => void} */
    const feed = (name, values, type, stride = 0, from = 0) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
      const place = gl.getAttribLocation(program, name);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, 3, type, type !== gl.FLOAT, stride, from);
    };
    feed("pial", pial, gl.FLOAT);
    feed("inflated", inflated, gl.FLOAT);
    feed("pial_normal", pial_normals, gl.BYTE);
    feed("inflated_normal", inflated_normals, gl.BYTE);
    feed("maps", data, gl.UNSIGNED_BYTE, DATA);
    feed("areas", data, gl.UNSIGNED_BYTE, DATA, 3);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, brain.triangles, gl.STATIC_DRAW);
    return array;
  });
  gl.enable(gl.DEPTH_TEST);
  gl.enable(gl.CULL_FACE);
  gl.clearColor(0, 0, 0, 0);

  return {
    draw({ pose, bar, shown, colours, dot_size }) {
      const aspect = canvas.width / canvas.height;
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      for (const name of COLOURS) gl.uniform3fv(at(name), colours[name]);
      gl.uniform1f(at("bar"), bar);
      gl.uniform1f(at("dot_size"), dot_size);
      gl.uniform1f(at("unfolded"), pose.inflated);
      gl.uniform2fv(at("shown"), shown);
      halves.forEach((array, half) => {
        const { turn, middle, up, scale } = stand(pose, half, aspect);
        gl.uniformMatrix3fv(at("turn"), true, turn.flat());
        gl.uniform3fv(at("middle"), middle);
        gl.uniform4f(at("fit"), up, scale / aspect, scale, 0);
        gl.bindVertexArray(array);
        gl.drawElements(gl.TRIANGLES, brain.triangles.length, gl.UNSIGNED_SHORT, 0);
      });
    },
    // some software draws nothing, and says nothing of it: asked right after drawing
    empty() {
      const row = new Uint8Array(4 * canvas.width);
      const filled = [0.3, 0.5, 0.7].some((part) => {
        gl.readPixels(0, Math.floor(part * canvas.height), canvas.width, 1, gl.RGBA, gl.UNSIGNED_BYTE, row);
        return row.some(Boolean);
      });
      return !filled || gl.isContextLost();
    },
  };
};
