/**
 * The key-encryption keys and the peppers: the secrets that never enter the database. They come from one file
 * (mode 0600), which a deployment mounts from its own secret store.
 */
import { createSecretKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

/**
 * Versioned 32-byte keys, ready to use (from bytes, each HMAC would cost many times as much). New material
 * is written under `current`, older versions still open what they closed.
 */
export interface KeyRing {
  readonly current: number;
  readonly keys: ReadonlyMap<number, KeyObject>;
}

export interface Secrets {
  readonly encryptionKeys: KeyRing;
  readonly peppers: KeyRing;
}

const KEY_BYTES = 32;

const ring = z
  .strictObject({
    current: z.int().positive(),
    keys: z.record(z.string().regex(/^[1-9]\d*$/), z.base64()),
  })
  .transform(({ current, keys }, context): KeyRing => {
    const decoded = new Map<number, KeyObject>();
    for (const [version, text] of Object.entries(keys)) {
      const bytes = Buffer.from(text, "base64");
      if (bytes.length === KEY_BYTES) decoded.set(Number(version), createSecretKey(bytes));
      else
        context.addIssue({ code: "custom", message: `key ${version} is not ${KEY_BYTES} bytes` });
    }
    if (keys[current] === undefined) {
      context.addIssue({ code: "custom", message: `there is no key ${current}, the current one` });
    }
    return { current, keys: decoded };
  });

const secretsFile = z.strictObject({ v: z.literal(1), encryptionKeys: ring, peppers: ring });

/** Reads and checks the file. Throws an error that names the file and what is wrong, never a key. */
export function readSecrets(path: string): Secrets {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new Error(`SECRETS_FILE ${path} cannot be read as JSON`, { cause });
  }
  const result = secretsFile.safeParse(content);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`,
  );
  throw new Error(`SECRETS_FILE ${path} is wrong: ${problems.join("; ")}`);
}
