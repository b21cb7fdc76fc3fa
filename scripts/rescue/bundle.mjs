// A bundle or its parts, opened with an age identity (docs/protocol.md 4 and 8).
import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import { entriesOf } from './range.mjs';
import { isHeadSigned, isSigned } from './signatures.mjs';

const shaOf = (bytes) => createHash('sha256').update(bytes).digest('base64url');
const startsWith = (bytes, text) => bytes.subarray(0, text.length).toString('latin1') === text;
export const isBundleOrPart = (bytes) => startsWith(bytes, 'ADIP') || startsWith(bytes, 'age-encryption.org/v1');

/** The sealed file: as it is, or joined from its parts, which may come in any order and more than once. */
export function sealedOf(files) {
  if (!files.some((bytes) => startsWith(bytes, 'ADIP'))) {
    if (files.length > 1) throw new Error('name one bundle, or the parts of one');
    return files[0];
  }
  const parts = files.map((bytes) => {
    const end = 8 + bytes.readUInt32BE(4);
    return { ...JSON.parse(bytes.subarray(8, end).toString('utf8')), slice: bytes.subarray(end) };
  });
  const [first] = parts;
  const slices = Array.from({ length: first.parts }, (_, at) => {
    const part = parts.find((one) => one.part === at + 1 && one.whole === first.whole && shaOf(one.slice) === one.sha);
    if (part === undefined) throw new Error(`part ${at + 1} of ${first.parts} is missing or damaged`);
    return part.slice;
  });
  const sealed = Buffer.concat(slices);
  if (shaOf(sealed) !== first.whole) throw new Error('the parts do not make the file that they are of');
  return sealed;
}

export async function decrypt(sealed, identities) {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  return Buffer.from(await decrypter.decrypt(sealed));
}

function split(plain) {
  if (!startsWith(plain, 'ADB1')) throw new Error('what was sealed is no bundle');
  const end = 8 + plain.readUInt32BE(4);
  const headerBytes = plain.subarray(8, end);
  const header = JSON.parse(headerBytes.toString('utf8'));
  return { header, headerBytes, signature: plain.subarray(end, end + 64), body: plain.subarray(end + 64, end + 64 + header.body) };
}

function unpackBody({ header, body }) {
  const options = { maxOutputLength: Math.max(1, header.raw) };
  const raw = header.comp === 'brotli' ? brotliDecompressSync(body, options) : gunzipSync(body, options);
  const listEnd = header.list === 1 ? raw.indexOf('\n') : -1;
  let at = listEnd + 1;
  const ranges = header.ranges.map(() => {
    const size = raw.readUInt32BE(at);
    at += 4 + size;
    return raw.subarray(at - size, at);
  });
  return { list: header.list === 1 ? raw.subarray(0, listEnd).toString('utf8') : null, ranges };
}

/** What the statements at hand prove of a bundle. Without one of the sender nothing is said of its signature. */
function problemsOf({ header, headerBytes, signature, body }, statements) {
  const of = ({ dev, inc }) => statements.find((one) => one.device === dev && one.incarnation === inc);
  const problems = shaOf(body) === header.sha ? [] : ['the content is not the one that was signed'];
  const sender = of(header.from);
  if (sender !== undefined && !isSigned(sender.publicKey, 'adi/bundle/1', headerBytes, signature))
    problems.push('the signature is not that of the sender');
  for (const [at, range] of header.ranges.entries()) {
    const { dev, inc, upto, head, root, headSig } = range;
    const keeper = of(range);
    const isSound =
      keeper === undefined || isHeadSigned(keeper.publicKey, { dev, inc, seq: upto, hash: head, root }, Buffer.from(headSig, 'base64url'));
    if (!isSound) problems.push(`range ${at}: the head is not signed by its device`);
    if (keeper !== undefined && range.from === 1 && keeper.genesis.toString('base64url') !== range.prev)
      problems.push(`range ${at} does not begin with the statement of its device`);
  }
  return { problems, isSignatureChecked: sender !== undefined };
}

/** Writes a bundle as lines; answers what is wrong with it. */
export function writeBundle(plain, statements, writeLine) {
  const opened = split(plain);
  const { header } = opened;
  writeLine(`{"header":${opened.headerBytes.toString('utf8')}}`);
  const { problems, isSignatureChecked } = problemsOf(opened, statements);
  const { list, ranges } = unpackBody(opened);
  if (list !== null) writeLine(`{"list":${list}}`);
  let entries = 0;
  for (const [at, range] of header.ranges.entries()) {
    let head = '';
    for (const { seq, event, payload, hash } of entriesOf(range, ranges[at])) {
      head = hash.toString('base64url');
      writeLine(`{"range":${at},"seq":${seq},"event":${event},"payload":${payload},"hash":"${head}"}`);
      entries += 1;
    }
    if (head !== range.head) problems.push(`range ${at}: the chain does not end in the head that was signed`);
  }
  return { entries, problems, isSignatureChecked };
}
