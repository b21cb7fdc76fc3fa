declare global {
  // The name is fixed by the libraries that look for it.
  var __webpack_nonce__: string | undefined;
}

/** The nonce that the main process wrote into the page; style elements without it are refused by the policy. */
export const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';

/** Mantine's dialogs lock scrolling with a style element of their own, made by a library that looks for this global. */
export function allowOwnStyles(): void {
  globalThis.__webpack_nonce__ = styleNonce();
}
