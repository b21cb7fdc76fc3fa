import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Outside = Readonly<{
  url: string;
  /** Ends the server and says how often it was reached. */
  close(): number;
}>;

/** A server that is really there, so that a refusal comes from the program and not from a missing network. */
export async function openOutside(): Promise<Outside> {
  let reached = 0;
  const server = createServer((_request, response) => {
    reached += 1;
    response.setHeader('access-control-allow-origin', '*').end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.close();
      return reached;
    },
  };
}
