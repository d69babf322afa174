/** In which state a key or a token is. */
export type KeyState = "works" | "ends-soon" | "expired" | "revoked";

interface Ending {
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

const SOON_MS = 7 * 86_400_000;

export function keyState({ expiresAt, revokedAt }: Ending, nowMs: number): KeyState {
  if (revokedAt !== null) return "revoked";
  if (expiresAt === null) return "works";
  const left = Date.parse(expiresAt) - nowMs;
  if (left <= 0) return "expired";
  return left < SOON_MS ? "ends-soon" : "works";
}
