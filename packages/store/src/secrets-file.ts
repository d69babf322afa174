/**
 * The key-encryption keys and the peppers: the secrets that never enter the database. They come from one file
 * (mode 0600), which a deployment mounts from its own secret store.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";

/** Versioned 32-byte keys: new material is written under `current`, older versions still open what they closed. */
export interface KeyRing {
  readonly current: number;
  readonly keys: ReadonlyMap<number, Buffer>;
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
    const decoded = new Map(
      Object.entries(keys).map(([version, key]) => [Number(version), Buffer.from(key, "base64")]),
    );
    for (const [version, key] of decoded) {
      if (key.length !== KEY_BYTES) {
        context.addIssue({ code: "custom", message: `key ${version} is not ${KEY_BYTES} bytes` });
      }
    }
    if (!decoded.has(current)) {
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
