import { checkAgeVectors } from '../../support/ageVectors.ts';
import { checkCrypto } from '../../support/cryptoProbes.ts';

// Runs as a process of the packaged program's own runtime (tests/e2e/ageVectors.test.ts) and says what it found. It is
// bundled for the test and lies beside its data; nothing of it is shipped.

type ToParent = Readonly<{ parentPort: Readonly<{ postMessage(message: unknown): void }> }>;

const { electron, node, modules } = process.versions;
const runtime = { electron, node, modules, openssl: process.versions.openssl };
const found = await Promise.all([checkAgeVectors(), checkCrypto()]).then(
  ([vectors, crypto]) => ({ vectors, crypto }),
  (cause: unknown) => ({ failed: String(cause) }),
);
(process as unknown as ToParent).parentPort.postMessage({ runtime, ...found });
