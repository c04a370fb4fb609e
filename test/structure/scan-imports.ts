/** One module that a file names: in `import … from`, `export … from`, `import '…'` or `import('…')`. */
export interface ImportFact {
  specifier: string;
  line: number;
  /** Gone when the types are stripped: `import type` and `export type`. */
  typeOnly: boolean;
}

export interface FileFacts {
  imports: ImportFact[];
  /** Lines with `export default`. */
  defaultExports: number[];
}

interface Token {
  kind: 'word' | 'text' | 'mark';
  value: string;
  line: number;
}

/** After these words a slash begins a regular expression and does not divide. */
const BEFORE_REGEX = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'do',
  'else',
  'void',
  'delete',
  'throw',
  'new',
  'await',
  'yield',
]);

/**
 * Reads what a TypeScript file imports. TypeScript 7 has no interface for programs, so this splits the text
 * into words, texts and marks, far enough that nothing in a comment, a text, a template or a regular
 * expression is taken for an import.
 */
export function scanFile(source: string): FileFacts {
  const tokens = readTokens(source);
  const facts: FileFacts = { imports: [], defaultExports: [] };
  tokens.forEach((token, at) => {
    if (token.kind !== 'word' || tokens[at - 1]?.value === '.') return;
    if (token.value !== 'import' && token.value !== 'export') return;
    const next = tokens[at + 1];
    if (token.value === 'export' && next?.value === 'default') facts.defaultExports.push(token.line);
    const specifier =
      token.value === 'import' && next?.value === '(' ? textAt(tokens, at + 2) : specifierOf(tokens, at);
    if (specifier === undefined) return;
    facts.imports.push({
      specifier,
      line: token.line,
      typeOnly: next?.value === 'type' && tokens[at + 2]?.value !== 'from',
    });
  });
  return facts;
}

function textAt(tokens: Token[], at: number): string | undefined {
  const token = tokens[at];
  return token?.kind === 'text' ? token.value : undefined;
}

/** The text that ends `import 'x'`, `import … from 'x'` or `export … from 'x'`, if it is one of these. */
function specifierOf(tokens: Token[], at: number): string | undefined {
  if (tokens[at]?.value === 'import' && tokens[at + 1]?.kind === 'text') return textAt(tokens, at + 1);
  for (let next = at + 1; next < tokens.length; next++) {
    const token = tokens[next];
    if (token?.kind === 'word' && token.value === 'from' && tokens[next + 1]?.kind === 'text')
      return textAt(tokens, next + 1);
    const names = token?.kind === 'word' || (token?.kind === 'mark' && '{},*'.includes(token.value));
    if (!names) return undefined;
  }
  return undefined;
}

function readTokens(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  // For each open `${` of a template, the braces open inside it.
  const substitutions: number[] = [];

  const skip = (length: number) => {
    for (const character of source.slice(at, at + length)) if (character === '\n') line++;
    at += length;
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const takeTemplatePart = () => {
    const part = take(/(?:[^\\`$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y) ?? '';
    skip(Math.max(part.length, 1));
    if (part.endsWith('${')) substitutions.push(0);
  };

  while (at < source.length) {
    const character = source[at] ?? '';
    const blank = take(/\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y);
    if (blank !== undefined) {
      skip(blank.length);
      continue;
    }
    const word = take(/[\p{L}\p{N}_$#@]+/uy);
    if (word !== undefined) {
      tokens.push({ kind: 'word', value: word, line });
      at += word.length;
      continue;
    }
    // A quote without its partner on the line is an apostrophe in the text of a JSX element.
    const text = take(/'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y);
    if (text !== undefined) {
      tokens.push({ kind: 'text', value: text.slice(1, -1), line });
      skip(text.length);
      continue;
    }
    if (character === '`') {
      at++;
      takeTemplatePart();
      continue;
    }
    const inside = substitutions.at(-1);
    if (inside !== undefined && character === '}' && inside === 0) {
      substitutions.pop();
      at++;
      takeTemplatePart();
      continue;
    }
    if (inside !== undefined && (character === '{' || character === '}'))
      substitutions[substitutions.length - 1] = inside + (character === '{' ? 1 : -1);
    if (character === '/' && mayBeginRegex(tokens.at(-1))) {
      const regex = take(/\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y);
      if (regex !== undefined) {
        tokens.push({ kind: 'mark', value: '/…/', line });
        at += regex.length;
        continue;
      }
    }
    tokens.push({ kind: 'mark', value: character, line });
    at++;
  }
  return tokens;
}

function mayBeginRegex(before: Token | undefined): boolean {
  if (!before) return true;
  if (before.kind === 'word') return BEFORE_REGEX.has(before.value);
  // `</` closes a JSX element; after `)`, `]` and `}` a slash nearly always divides.
  return before.kind === 'mark' && !')]}<'.includes(before.value) && before.value !== '/…/';
}
