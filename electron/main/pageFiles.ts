import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol, type Session } from 'electron';
import { headersFor, NONCE_PLACE, PAGE_ORIGIN, PAGE_SCHEME } from './contentPolicy.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};
type PageFile = Readonly<{ path: string; type: string }>;

/** Must run before the app is ready. */
export const declareScheme = (): void =>
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

function filesBelow(folder: string, address = ''): readonly (readonly [string, PageFile])[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path, `${address}/${entry.name}`);
    const type = TYPES[extname(entry.name)];
    return type ? [[`${address}/${entry.name}`, { path, type }] as const] : [];
  });
}

async function answer(file: PageFile): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const headers = headersFor(file.type, nonce);
  const bytes = await readFile(file.path);
  if (!file.type.startsWith('text/html')) return new Response(new Uint8Array(bytes), { headers });
  return new Response(bytes.toString('utf8').replaceAll(NONCE_PLACE, nonce), { headers });
}

/**
 * Serves the built page. The map of addresses is made once from what lies in the folder, so no address is ever turned
 * into a path: what is not in the map does not exist.
 */
export function servePage(session: Session, folder: string): void {
  const files = new Map(filesBelow(folder));
  session.protocol.handle(PAGE_SCHEME, async ({ url, method }) => {
    const address = url.startsWith(`${PAGE_ORIGIN}/`) ? url.slice(PAGE_ORIGIN.length).split(/[?#]/)[0] : undefined;
    const file = method === 'GET' && address ? files.get(address) : undefined;
    return file ? answer(file) : new Response('not found', { status: 404 });
  });
}
