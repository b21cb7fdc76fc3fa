/** One scheme, one host: everything the window shows comes from the program's own folder. */
export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = 'app://depot';
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

/** `renderer/index.html` holds this where the nonce of the load goes. */
export const NONCE_PLACE = '__STYLE_NONCE__';

/** What the page may load: own scripts and fonts, and styles that carry the nonce of this load. No network at all. */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');

/** The headers of every answer. Only a page carries a policy of its own; it governs what is loaded into it. */
export const headersFor = (type: string, nonce: string): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': contentSecurityPolicy(nonce),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
});
