/** The flags of Node under which our programs run, in production as in tests. */

export const NODE_FLAGS: readonly string[] = [
  "--disable-warning=ExperimentalWarning",
  // Patterns that would backtrack for seconds, ours or a dependency's, run in linear time instead.
  "--enable-experimental-regexp-engine-on-excessive-backtracks",
];

export const GATEWAY_NODE_FLAGS: readonly string[] = [
  ...NODE_FLAGS,
  // Buffers of bodies count towards a full collection until a young one frees them: with 16 MB that came too late (docs/performance.md).
  "--max-semi-space-size=8",
];
