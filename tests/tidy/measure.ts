import { type ESTree, parseSync, Visitor } from 'vite';

export const FILE_LINES_MAX = 300;
export const FUNCTION_LINES_MAX = 60;
export const COMPONENT_LINES_MAX = 90;

export type Measured = Readonly<{
  imports: readonly string[];
  /** Functions over their limit, as `name: lines`. */
  longFunctions: readonly string[];
  /** What the syntax tree shows that does not belong: default exports, `export *`, enums, `any`. */
  unwanted: readonly string[];
}>;

type FunctionNode = ESTree.Function | ESTree.ArrowFunctionExpression;

const isComponentName = (name: string) => /^[A-Z]/.test(name);

/** The specifiers of static, dynamic and re-exporting imports. */
function collectImports(program: ESTree.Program): readonly string[] {
  const found: string[] = [];
  const add = (source: { value?: unknown } | null | undefined) => {
    if (typeof source?.value === 'string') found.push(source.value);
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source as { value?: unknown }),
    TSImportType: (node) => add(node.source),
  }).visit(program);
  return found;
}

function collectLongFunctions(program: ESTree.Program, lineAt: (offset: number) => number, isTsx: boolean): readonly string[] {
  const names = new Map<unknown, string>();
  const containers = new Set<unknown>();
  const found: string[] = [];
  const measure = (node: FunctionNode) => {
    const name = ('id' in node && node.id?.name) || names.get(node) || 'a function';
    const lines = lineAt(node.end) - lineAt(node.start) + 1;
    const linesMax = isTsx && isComponentName(name) ? COMPONENT_LINES_MAX : FUNCTION_LINES_MAX;
    if (lines > linesMax && !containers.has(node)) found.push(`${name}: ${lines} lines`);
  };
  new Visitor({
    VariableDeclarator: (node) => {
      if (node.init && node.id.type === 'Identifier') names.set(node.init, node.id.name);
    },
    CallExpression: (node) => {
      // `describe` groups tests, as a file does; what is in it is measured by itself.
      if (node.callee.type === 'Identifier' && node.callee.name === 'describe') for (const given of node.arguments) containers.add(given);
    },
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(program);
  return found;
}

function collectUnwanted(program: ESTree.Program): readonly string[] {
  const found: string[] = [];
  new Visitor({
    ExportDefaultDeclaration: () => void found.push('a default export'),
    ExportAllDeclaration: () => void found.push('export *'),
    TSEnumDeclaration: () => void found.push('an enum'),
    TSAnyKeyword: () => void found.push('any'),
  }).visit(program);
  return found;
}

/** Reads one source file with the parser that vite carries. Throws where it does not parse. */
export function measure(file: string, source: string): Measured {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  const starts = [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)];
  const lineAt = (offset: number) => starts.findLastIndex((start) => start <= offset) + 1;
  return {
    imports: collectImports(program),
    longFunctions: collectLongFunctions(program, lineAt, file.endsWith('.tsx')),
    unwanted: collectUnwanted(program),
  };
}
