import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DEMO_PASSPHRASE } from '../data/demo/makeDemo.ts';
import { runDemo } from '../data/demo/runDemo.ts';
import { defaultUserDataDir } from '../data/host/userData.ts';
import { optional, type Parsed } from './arguments.ts';
import { type Answer, isSecretGiven, secret } from './io.ts';
import { deps, showProgress } from './openFile.ts';

/** The main job end to end, without a display. Exit 1 where any step did not come out as it should. */
export async function demo(parsed: Parsed): Promise<Answer> {
  const said = optional(parsed, 'dir');
  const dir = said === undefined ? mkdtempSync(join(tmpdir(), 'depot-demo-')) : resolve(said);
  mkdirSync(dir, { recursive: true });
  const passphrase = isSecretGiven('DEPOT_PASSPHRASE') ? await secret('DEPOT_PASSPHRASE', 'Passphrase') : DEMO_PASSPHRASE;
  const steps: string[] = [];
  const say = (step: string) => {
    steps.push(step);
    if (process.stderr.isTTY) process.stderr.write(`${step}\n`);
  };
  const report = await runDemo(dir, { passphrase, userDataDir: defaultUserDataDir(), deps, onProgress: showProgress }, say);
  const isRight =
    report.refusedUnsafe &&
    report.findingsAsPlanned &&
    report.balancesEqual &&
    report.verify.depot === 'ok' &&
    report.verify.authority === 'ok';
  const summary = [
    `balances equal: ${report.balancesEqual}`,
    `findings as planned: ${report.findingsAsPlanned}`,
    `verify: depot ${report.verify.depot}, authority ${report.verify.authority}`,
    `files: ${report.files.depot}, ${report.files.authority}`,
  ];
  return { json: { ...report, steps }, lines: [...steps, ...summary], isRefused: !isRight };
}
