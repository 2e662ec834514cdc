// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

// What a guest needs of the KBS protocol, 0.4.0, written from its description alone.
import { createHash } from 'node:crypto';
import { flattenedDecrypt } from 'jose';

// RFC 8785 for objects of strings and small whole numbers, which is all that is hashed here.
export function canonical(value) {
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return '[' + value.map(canonical).join(',') + ']';
  }
  const members = Object.keys(value).sort().map((k) => JSON.stringify(k) + ':' + canonical(value[k]));
  return '{' + members.join(',') + '}';
}

export function sha384(value) {
  return createHash('sha384').update(canonical(value), 'utf8').digest();
}

export function primaryDigest(nonce, key, additional) {
  return sha384({ 'additional-evidence': additional, nonce, 'tee-pubkey': key });
}

// Clients of the field parse the protected header, write it again in this order and authenticate
// that: an answer that differs cannot be opened by them.
export function writtenAgain(protectedHeader) {
  const { alg, enc, ...rest } = JSON.parse(Buffer.from(protectedHeader, 'base64url').toString());
  const sorted = Object.keys(rest).sort().map((k) => ',' + JSON.stringify(k) + ':' + canonical(rest[k]));
  const text = '{"alg":' + JSON.stringify(alg) + ',"enc":' + JSON.stringify(enc) + sorted.join('') + '}';
  return Buffer.from(text).toString('base64url');
}

export async function open(jwe, privateKey) {
  if (writtenAgain(jwe.protected) !== jwe.protected) {
    throw new Error('the protected header has another order: ' + jwe.protected);
  }
  const { plaintext } = await flattenedDecrypt(jwe, privateKey);
  return Buffer.from(plaintext).toString('base64');
}
