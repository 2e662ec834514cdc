// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

// A guest: node guest.mjs SERVER TEE RESOURCE FORBIDDEN KEY-TYPE, init-data in INIT_DATA.
// It asks its TEE by a line {"reportData"} on standard output, and reads the evidence from one line
// on standard input; the last line it prints is what it got.
import { createInterface } from 'node:readline';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { open, primaryDigest } from './protocol.mjs';

const [server, tee, resource, forbidden, type] = process.argv.slice(2);
const types = {
  'P-256': ['ECDH-ES+A256KW', { crv: 'P-256' }],
  'P-384': ['ECDH-ES+A256KW', { crv: 'P-384' }],
  'P-521': ['ECDH-ES+A256KW', { crv: 'P-521' }],
  'RSA-2048': ['RSA-OAEP-256', { modulusLength: 2048 }],
  'RSA-4096': ['RSA-OAEP-256', { modulusLength: 4096 }],
};
const [alg, options] = types[type];
const pair = await generateKeyPair(alg, { ...options, extractable: true });
const key = { ...(await exportJWK(pair.publicKey)), alg };
const base = server + '/kbs/v0/';

async function call(method, path, body, headers = {}) {
  const answer = await fetch(base + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, cookie: answer.headers.getSetCookie()[0]?.split(';')[0], body: await answer.json() };
}

function require200(answer, what) {
  if (answer.status !== 200) {
    throw new Error(what + ': ' + answer.status + ' ' + JSON.stringify(answer.body));
  }
  return answer;
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
async function evidence(reportData) {
  console.log(JSON.stringify({ reportData: reportData.toString('base64') }));
  return JSON.parse((await lines.next()).value);
}

const supported = { 'supported-hash-algorithms': ['sha256', 'sha384', 'sha512', 'sm3'] };
const begun = require200(await call('POST', 'auth', { version: '0.4.0', tee, 'extra-params': supported }), 'auth');
const nonce = begun.body.nonce;
if (Buffer.from(nonce, 'base64').length !== 32 || begun.body['extra-params'] !== '') {
  throw new Error('the challenge has another form: ' + JSON.stringify(begun.body));
}
const attestation = {
  'init-data': { format: 'toml', body: process.env.INIT_DATA },
  'runtime-data': { nonce, 'tee-pubkey': key },
  'tee-evidence': {
    primary_evidence: await evidence(primaryDigest(nonce, key, '')),
    additional_evidence: '',
  },
};
const cookie = { Cookie: begun.cookie };
const attested = require200(await call('POST', 'attest', attestation, cookie), 'attest');
const token = attested.body.token;
const jwks = createLocalJWKSet(await (await fetch(server + '/.well-known/jwks.json')).json());
const { payload, protectedHeader } = await jwtVerify(token, jwks);
const again = { Cookie: attested.cookie };
const byCookie = require200(await call('GET', 'resource/' + resource, undefined, again), 'by cookie');
const bearer = { Authorization: 'Bearer ' + token };
const byToken = require200(await call('GET', 'resource/' + resource, undefined, bearer), 'by token');
const denied = await call('GET', 'resource/' + forbidden, undefined, bearer);
console.log(
  JSON.stringify({
    byCookie: await open(byCookie.body, pair.privateKey),
    byToken: await open(byToken.body, pair.privateKey),
    denied: { status: denied.status, type: denied.body.type, detail: denied.body.detail },
    algorithm: protectedHeader.alg,
    profile: payload.eat_profile,
    status: payload.submods.cpu0['ear.status'],
    sameKey: JSON.stringify(payload.submods.cpu0['ear.veraison.annotated-evidence'].runtime_data_claims['tee-pubkey'].x
      ?? payload.submods.cpu0['ear.veraison.annotated-evidence'].runtime_data_claims['tee-pubkey'].n) === JSON.stringify(key.x ?? key.n),
  }),
);
process.exit(0);
