import { refusalOf } from '../data/refused.ts';
import { type Parsed, readArguments } from './arguments.ts';
import { type Answer, UsageError } from './io.ts';
import { describeError } from './wording.ts';

type Command = Readonly<{ options: readonly string[]; load: () => Promise<(parsed: Parsed) => Answer | Promise<Answer>>; use: string }>;

const depot = () => import('./depotCommands.ts');
const movements = () => import('./movementCommands.ts');
const sync = () => import('./syncCommands.ts');
const trusts = () => import('./trustCommands.ts');
const people = () => import('./peopleCommands.ts');
const approvals = () => import('./approvalCommands.ts');
const lives = () => import('./lifeCommands.ts');
const cases = () => import('./caseCommands.ts');
const LOT_OPTIONS = ['item', 'lot', 'lot-id'];

const RULE_OPTIONS = [
  'pack',
  'hd',
  'function',
  'neq-kg',
  'method',
  'min-m',
  'distance-m',
  'scaled',
  'overpressure-kpa',
  'pes',
  'es',
  'orientation',
  'es-orientation',
  'busy',
  'rock',
  'cover-m',
  'chamber-m3',
  'tunnel-m3',
  'tunnel-area-dm2',
  'tunnel-perimeter-mm',
  'protective-construction',
  'off-axis-deg',
  'ppm',
  'category',
  'critical',
  'major',
  'minor',
];

const POST_OPTIONS = [
  'item',
  'lot',
  'lot-id',
  'from',
  'to',
  'quantity',
  'condition',
  'from-condition',
  'owner',
  'holder',
  'at',
  'reason',
  'id',
  'of',
  'override',
  'second',
  'new-lot',
  'maker',
  'made',
  'life-until',
  'consign-to',
  'consignment',
];

/** Only what a command needs is loaded: scripts call this hundreds of times. */
const COMMANDS: Readonly<Record<string, Command>> = {
  demo: { options: ['dir'], load: async () => (await import('./demoCommand.ts')).demo, use: 'demo [--dir DIR]' },
  init: {
    options: ['site', 'name', 'role', 'user'],
    load: async () => (await depot()).init,
    use: 'init FILE --site CODE --name NAME --role depot|authority|team [--user NAME]',
  },
  user: {
    options: ['user', 'roles', 'second'],
    load: async () => (await people()).user,
    use: 'user add|role|retire|passphrase FILE [--user NAME] [--roles R,R] [--second NAME]',
  },
  recover: { options: ['user'], load: async () => (await people()).recover, use: 'recover FILE [--user NAME]' },
  import: {
    options: ['items', 'lots', 'places', 'stock', 'requirements', 'map', 'at', 'dry-run'],
    load: async () => (await depot()).importCsv,
    use: 'import FILE [--items F] [--lots F] [--places F] [--stock F] [--requirements F] [--map F] [--at ISO] [--dry-run]',
  },
  stock: { options: ['at', 'site'], load: async () => (await depot()).stock, use: 'stock FILE [--at YYYY-MM-DD] [--site CODE]' },
  post: {
    options: POST_OPTIONS,
    load: async () => (await movements()).post,
    use: 'post FILE receipt|issue|move|return|expend|reverse --item I --lot L --from P --to P --quantity N [--consign-to SITE | --consignment N] …',
  },
  condition: {
    options: POST_OPTIONS,
    load: async () => (await movements()).condition,
    use: 'condition FILE --item I --lot L --from P --quantity N --from-condition C --condition C',
  },
  conditions: { options: ['table'], load: async () => (await movements()).conditions, use: 'conditions FILE --table iatg|us' },
  ban: {
    options: ['kind', 'item', 'lot-id', 'reason', 'lift'],
    load: async () => (await movements()).ban,
    use: 'ban FILE --item I [--lot-id X] [--kind ban|suspension] --reason R | --lift ID --reason R',
  },
  licence: {
    options: ['place', 'division', 'limit-kg'],
    load: async () => (await movements()).licence,
    use: 'licence FILE --place P --division 1.1 [--limit-kg N]',
  },
  pack: {
    options: ['pack', 'add', 'preview'],
    load: async () => (await movements()).pack,
    use: 'pack FILE --pack iatg-2021|aastp1-2006|strictest|ID [--preview] | --add PATH',
  },
  policy: {
    options: ['family', 'kind', 'mode'],
    load: async () => (await movements()).policy,
    use: 'policy FILE --family F --kind K --mode block|warn|off',
  },
  override: {
    options: ['rule', 'place', 'division', 'up-to-kg', 'until', 'reason', 'second'],
    load: async () => (await movements()).override,
    use: 'override FILE --rule R --place P [--division 1.1] [--up-to-kg N] --until DATE --reason R --second NAME',
  },
  approve: {
    options: ['rule', 'place', 'conditions', 'authority', 'until', 'reason', 'second'],
    load: async () => (await approvals()).approve,
    use: 'approve FILE --rule R --place P --conditions C,C --authority A --until DATE --reason R --second NAME',
  },
  withdraw: {
    options: ['approval', 'waiver', 'reason'],
    load: async () => (await approvals()).withdraw,
    use: 'withdraw FILE --approval ID | --waiver ID --reason R',
  },
  storehouse: {
    options: ['place'],
    load: async () => (await approvals()).storehouse,
    use: 'storehouse FILE --place P',
  },
  site: {
    options: [
      'structures',
      'exposed',
      'dry-run',
      'place',
      'number',
      'authority',
      'issued-on',
      'review-on',
      'capacity-kg',
      'second',
      'changes',
      'item',
      'lot',
      'from',
      'quantity',
    ],
    load: async () => (await import('./siteCommands.ts')).site,
    use: 'site import FILE --structures F --exposed F | licence FILE --place P | register FILE | issue FILE --place P --number N --authority A --issued-on D --review-on D --second NAME | what-if FILE --changes F | where FILE --item I --lot L --from P --quantity N',
  },
  inspect: {
    options: [...LOT_OPTIONS, 'kind', 'on', 'result', 'stabiliser-ppm', 'remark'],
    load: async () => (await lives()).inspect,
    use: 'inspect FILE --item I --lot L --kind receipt|visual|functional|stabiliser|climatic --on DATE --result passed|failed|restricted [--stabiliser-ppm N] [--remark R]',
  },
  life: {
    options: [...LOT_OPTIONS, 'until', 'inspection', 'reason', 'second'],
    load: async () => (await lives()).life,
    use: 'life FILE --item I --lot L --until DATE [--inspection ID] --reason R --second NAME',
  },
  due: { options: ['within-days'], load: async () => (await lives()).due, use: 'due FILE [--within-days N]' },
  surveillance: {
    options: ['plan', 'add', 'dry-run'],
    load: async () => (await lives()).surveillance,
    use: 'surveillance FILE [--plan ID [--dry-run] | --add PATH]',
  },
  climate: {
    options: ['place', 'csv', 'logger', 'zone', 'map', 'dry-run'],
    load: async () => (await lives()).climate,
    use: 'climate import FILE --place P --csv F [--logger ID] [--zone +HH:MM] [--map F] [--dry-run] | show FILE --place P',
  },
  checklist: {
    options: ['place', 'checklist', 'on', 'answers', 'remark'],
    load: async () => (await lives()).checklist,
    use: 'checklist FILE --place P --checklist ID --on DATE --answers F [--remark R]',
  },
  measure: {
    options: ['place', 'on', 'stack-mm', 'wall-gap-mm', 'roof-gap-mm', 'aisle-mm', 'dunnage-mm', 'cover-air-mm', 'remark'],
    load: async () => (await lives()).measure,
    use: 'measure FILE --place P [--on DATE] [--stack-mm N] [--wall-gap-mm N] [--roof-gap-mm N] [--aisle-mm N] [--dunnage-mm N] [--cover-air-mm N] [--remark R]',
  },
  check: { options: ['place'], load: async () => (await depot()).check, use: 'check FILE [--place P]' },
  surplus: {
    options: ['as-of', 'item', 'policy'],
    load: async () => (await depot()).surplus,
    use: 'surplus FILE --as-of DATE [--item CODE] [--policy FILE]',
  },
  verify: { options: [], load: async () => (await depot()).verify, use: 'verify FILE' },
  id: { options: ['out'], load: async () => (await depot()).identity, use: 'id FILE --out PATH' },
  trust: {
    options: ['fingerprint', 'second'],
    load: async () => (await sync()).trust,
    use: 'trust FILE PATH [--fingerprint WORDS] [--second NAME]',
  },
  revoke: {
    options: ['reason', 'at', 'second'],
    load: async () => (await trusts()).revoke,
    use: 'revoke FILE DEVICE --reason R [--at SEQ] [--second NAME]',
  },
  root: { options: ['out'], load: async () => (await trusts()).root, use: 'root create --out DIR | words KEYFILE' },
  list: {
    options: ['out', 'expires', 'root', 'recipients', 'key', 'roots-fingerprint', 'second'],
    load: async () => (await trusts()).list,
    use: 'list draft FILE --out PATH [--expires DATE] [--root PUBKEY|KEYFILE]… [--recipients hybrid|classic] | sign PATH --key KEYFILE | accept FILE [PATH] [--roots-fingerprint WORDS] [--second NAME] | show FILE|PATH',
  },
  recovery: {
    options: ['out', 'recipients', 'second'],
    load: async () => (await trusts()).recovery,
    use: 'recovery create --out FILE [--recipients hybrid|classic] | use FILE RECIPIENT|PATH|none [--second NAME]',
  },
  bundle: {
    options: ['to', 'out', 'part-mb', 'id', 'reason', 'all'],
    load: async () => (await sync()).bundle,
    use: 'bundle create FILE --to SITE --out PATH|FOLDER [--part-mb N] | inspect [FILE] PATH | preview FILE PATH | apply FILE PATH|FOLDER | waiting FILE [--all] | discard FILE --id ID --reason R',
  },
  case: {
    options: ['all', 'decision', 'reason', 'second'],
    load: async () => (await cases()).caseCommand,
    use: 'case list FILE [--all] | show FILE ID | decide FILE ID --decision D --reason R --second NAME',
  },
  consignments: { options: [], load: async () => (await cases()).consignments, use: 'consignments FILE' },
  sites: { options: [], load: async () => (await cases()).sites, use: 'sites FILE' },
  partners: { options: [], load: async () => (await cases()).partners, use: 'partners FILE' },
  incarnation: {
    options: ['reason', 'second'],
    load: async () => (await import('./incarnationCommand.ts')).incarnation,
    use: 'incarnation open FILE --reason R [--second NAME]',
  },
  tail: {
    options: ['to', 'off'],
    load: async () => (await import('./tailCommand.ts')).tail,
    use: 'tail FILE [--to FOLDER | --off]',
  },
  backup: { options: ['out'], load: async () => (await depot()).backup, use: 'backup FILE --out PATH' },
  rekey: { options: [], load: async () => (await import('./rekeyCommand.ts')).rekey, use: 'rekey FILE' },
  restore: { options: ['out'], load: async () => (await depot()).restore, use: 'restore PATH --out FILE' },
  rules: {
    options: RULE_OPTIONS,
    load: async () => (await import('./ruleCommands.ts')).rules,
    use: 'rules packs|un|classify|mix|transport|aggregate|distance|required|max-neq|blast|scaled|conditions|surveillance|stabiliser|sample …',
  },
};

const usage = (): string => ['depot COMMAND … [--json]', ...Object.values(COMMANDS).map((command) => `  ${command.use}`)].join('\n');

async function run(args: readonly string[]): Promise<Answer> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new UsageError(usage());
  const parsed = readArguments(rest, command.options);
  if (parsed.options.help === true) return { json: { use: command.use }, lines: [command.use] };
  return (await command.load())(parsed);
}

/** Exit 0: done; 1: refused; 2: wrong use; 3: a fault of ours. */
function answerOf(cause: unknown): { code: number; json: unknown; text: string } {
  if (cause instanceof UsageError) return { code: 2, json: { error: { code: 'usage', message: cause.message } }, text: cause.message };
  const refusal = refusalOf(cause);
  if (refusal === null)
    return { code: 3, json: { error: { code: 'fault', message: String(cause) } }, text: String((cause as Error)?.stack ?? cause) };
  const message = describeError(refusal);
  return { code: 1, json: { error: { ...refusal, message } }, text: message };
}

const args = process.argv.slice(2);
const isJson = args.includes('--json');
// Whoever reads the answer may have read enough: `depot due FILE | head`.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EPIPE') throw cause;
});
try {
  const answer = await run(args);
  const notes = isJson || !answer.notes?.length ? '' : `${answer.notes.join('\n')}\n`;
  if (answer.areNotesFirst) process.stderr.write(notes);
  process.stdout.write(isJson ? `${JSON.stringify(answer.json)}\n` : `${answer.lines.join('\n')}\n`);
  // What was assumed stands beside the answer, so that a script that reads lines is not misled; its JSON says the same.
  if (!answer.areNotesFirst) process.stderr.write(notes);
  process.exitCode = answer.isRefused ? 1 : 0;
} catch (cause) {
  const { code, json, text } = answerOf(cause);
  if (isJson) process.stdout.write(`${JSON.stringify(json)}\n`);
  if (!isJson || code === 3) process.stderr.write(`${text}\n`);
  process.exitCode = code;
}
