/** What the operating system answers where the disk, or the rights on it, stand in the way. */
export type SystemRefusal = Readonly<{ code: 'diskFull' }> | Readonly<{ code: 'notWritable'; detail: string }>;

const whateverIsDone: ReadonlyMap<string, SystemRefusal['code']> = new Map([
  ['ENOSPC', 'diskFull'],
  ['EROFS', 'notWritable'],
  ['EACCES', 'notWritable'],
  ['EPERM', 'notWritable'],
]);
/**
 * A folder that is away, one of the name of the file, or a medium that was pulled out. Whoever reads has lost the file itself,
 * which is another thing to say.
 */
const whenWriting: ReadonlySet<string> = new Set(['ENOENT', 'EISDIR', 'EIO', 'ENXIO', 'ENODEV']);

/**
 * The refusal for a code of a system error, `ENOSPC` for instance.
 *
 * @param work `write` where a new file is made at a place that a person chose, so that a missing folder is the person's to mend.
 * @returns null where it is a fault of ours, or nothing that choosing another place would mend.
 */
export function systemRefusalOf(code: string, work: 'any' | 'write'): SystemRefusal | null {
  const known = whateverIsDone.get(code) ?? (work === 'write' && whenWriting.has(code) ? 'notWritable' : undefined);
  if (known === undefined) return null;
  return known === 'diskFull' ? { code: known } : { code: known, detail: code };
}
