/**
 * Envelope encryption (AES-256-GCM): a data key per org, wrapped by a versioned key-encryption key that never
 * enters the database. What is sealed opens only for the same org, row and use: they are the additional data.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
  randomFillSync,
} from "node:crypto";
import { AppError } from "@yolo/core/errors";
import type { KeyRing } from "./secrets-file.ts";

const CIPHER = "aes-256-gcm";
const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** format (1), data key version (4), iv (12), tag (16); then the ciphertext. */
const HEAD_BYTES = 1 + 4 + IV_BYTES + TAG_BYTES;

/** An org's data key, unwrapped. */
export interface DataKey {
  readonly orgId: string;
  readonly version: number;
  readonly key: KeyObject;
}

/** What is sealed: `use` and `row` say where it lies, so that it opens nowhere else. */
export interface SealedPlace {
  readonly use: "connector" | "request" | "reply" | "answer";
  readonly row: string;
}

/** A data key as stored in `org.data_keys`. */
export interface WrappedDataKey {
  readonly orgId: string;
  readonly version: number;
  readonly kekVersion: number;
  readonly wrapped: Buffer;
}

/** A fresh data key for an org, wrapped by the current key-encryption key. */
export function createDataKey(ring: KeyRing, orgId: string, version: number): WrappedDataKey {
  const plain = randomBytes(32);
  const kek = kekOf(ring, ring.current);
  const wrapped = encrypt(kek, version, wrapContext(orgId, version), [plain]);
  plain.fill(0);
  return { orgId, version, kekVersion: ring.current, wrapped };
}

/** Opens a stored data key. Throws `internal_error` when the key-encryption key is missing or wrong. */
export function unwrapDataKey(ring: KeyRing, stored: WrappedDataKey): DataKey {
  const kek = kekOf(ring, stored.kekVersion);
  const plain = decrypt(kek, wrapContext(stored.orgId, stored.version), stored.wrapped);
  const key = createSecretKey(plain);
  plain.fill(0);
  return { orgId: stored.orgId, version: stored.version, key };
}

/** Seals bytes under the org's data key: the pieces, one behind the other. */
export function seal(dataKey: DataKey, place: SealedPlace, ...plain: Uint8Array[]): Buffer {
  return encrypt(dataKey.key, dataKey.version, sealContext(dataKey, place), plain);
}

/** Opens what `seal` made for the same org and place. Throws `internal_error` for anything else. */
export function open(dataKeys: readonly DataKey[], place: SealedPlace, sealed: Buffer): Buffer {
  const version = sealed.length >= HEAD_BYTES ? sealed.readUInt32BE(1) : -1;
  const dataKey = dataKeys.find((candidate) => candidate.version === version);
  if (dataKey === undefined) throw notOpened(`no data key of version ${version}`);
  return decrypt(dataKey.key, sealContext(dataKey, place), sealed);
}

// Random IVs come from a pool: asking the kernel for twelve bytes at a time costs more than the encryption.
const ivPool = Buffer.alloc(IV_BYTES * 512);
let ivNext = ivPool.length;

function nextIv(): Buffer {
  if (ivNext >= ivPool.length) {
    randomFillSync(ivPool);
    ivNext = 0;
  }
  ivNext += IV_BYTES;
  return ivPool.subarray(ivNext - IV_BYTES, ivNext);
}

function encrypt(
  key: KeyObject,
  version: number,
  context: string,
  plain: readonly Uint8Array[],
): Buffer {
  const length = plain.reduce((sum, piece) => sum + piece.length, 0);
  const sealed = Buffer.allocUnsafe(HEAD_BYTES + length);
  sealed[0] = FORMAT;
  sealed.writeUInt32BE(version, 1);
  const iv = nextIv();
  iv.copy(sealed, 5);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  // The pieces are put together where their ciphertext will be: no buffer holds them all besides.
  let end = HEAD_BYTES;
  for (const piece of plain) {
    sealed.set(piece, end);
    end += piece.length;
  }
  cipher.update(sealed.subarray(HEAD_BYTES)).copy(sealed, HEAD_BYTES);
  cipher.final();
  cipher.getAuthTag().copy(sealed, 5 + IV_BYTES);
  return sealed;
}

function decrypt(key: KeyObject, context: string, sealed: Buffer): Buffer {
  if (sealed.length < HEAD_BYTES || sealed[0] !== FORMAT) throw notOpened("unknown format");
  try {
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(5, 5 + IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(sealed.subarray(5 + IV_BYTES, HEAD_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]);
  } catch (cause) {
    throw notOpened("authentication failed", cause);
  }
}

function kekOf(ring: KeyRing, version: number): KeyObject {
  const key = ring.keys.get(version);
  if (key === undefined) throw notOpened(`no key-encryption key of version ${version}`);
  return key;
}

function wrapContext(orgId: string, version: number): string {
  return `data-key|${orgId}|${version}`;
}

function sealContext(dataKey: DataKey, place: SealedPlace): string {
  return `${place.use}|${dataKey.orgId}|${place.row}|${dataKey.version}`;
}

function notOpened(detail: string, cause?: unknown): AppError {
  return new AppError("internal_error", {
    message: "A stored secret could not be opened.",
    detail: `vault: ${detail}`,
    cause,
  });
}
