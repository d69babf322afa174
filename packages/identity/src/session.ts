/**
 * A session is one run of an agent, unique per (org, agent, the client's session id). Its id is computed, so that
 * every gateway process arrives at the same one without asking anybody.
 */
import { createHash } from "node:crypto";
import { dashed } from "@yolo/core/ids";

/**
 * The session's id: a UUIDv8 (RFC 9562 §5.8) made of the first bytes of SHA-256 over org, agent and the client's
 * own id. The client's id is a label inside that pair and never reaches into another.
 */
export function sessionIdOf(orgId: string, agentId: string, clientSession: string): string {
  const hash = createHash("sha256").update(`${orgId}|${agentId}|${clientSession}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return dashed(hash.toString("hex", 0, 16));
}
