// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

// The golden vectors: prints one line when all hold.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { importJWK } from 'jose';
import { open, primaryDigest, sha384 } from './protocol.mjs';

const golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url)));
const { d, ...key } = golden.key;
assert.equal(sha384(golden.control.value).toString('hex'), golden.control.sha384);
assert.equal(primaryDigest(golden.nonce, key, '').toString('hex'), golden.primary);
assert.equal(sha384({ nonce: golden.nonce, 'tee-pubkey': key }).toString('hex'), golden.device);
const opened = await open(golden.jwe, await importJWK(golden.key));
assert.equal(Buffer.from(opened, 'base64').toString(), golden.plaintext);
console.log(JSON.stringify({ vectors: 4, hold: true }));
