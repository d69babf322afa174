/** Secrets that are made once and kept in YOLO_DATA, readable by this user alone (mode 0600). */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "@yolo/prisma/operator-error";
import { z } from "zod";
import { readJson, writePrivate } from "./data-folder.ts";

const KEY_BYTES = 32;

/** Passwords of the roles that serve calls. */
export interface RolePasswords {
  readonly app: string;
  readonly gateway: string;
}

const rolesFile = z.strictObject({ v: z.literal(1), app: z.string(), gateway: z.string() });

/** The path of SECRETS_FILE: key-encryption keys and peppers, random where there are none yet. */
export function keepSecretsFile(data: string): string {
  const path = join(data, "secrets.json");
  if (existsSync(path)) return path;
  const ring = () => ({ current: 1, keys: { "1": randomBytes(KEY_BYTES).toString("base64") } });
  writePrivate(
    path,
    `${JSON.stringify({ v: 1, encryptionKeys: ring(), peppers: ring() }, null, 2)}\n`,
  );
  return path;
}

/** The same passwords every time. Throws `OperatorError` when the file is damaged. */
export function keepRolePasswords(data: string): RolePasswords {
  const path = join(data, "roles.json");
  const kept = readJson(path);
  if (kept !== undefined) {
    const roles = rolesFile.safeParse(kept);
    if (roles.success) return roles.data;
    throw new OperatorError(`${path} is damaged: remove it, and new passwords are made.`);
  }
  const password = () => randomBytes(24).toString("base64url");
  const roles = { v: 1, app: password(), gateway: password() };
  writePrivate(path, `${JSON.stringify(roles, null, 2)}\n`);
  return roles;
}
