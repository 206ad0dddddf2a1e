/** Where in a YAML document something stands, e.g. `['tasks', 'run-web', 'checks', 'web-runs']`. */
export type FieldPath = readonly (string | number)[];

/** One thing wrong with a course or lab on disk, told so that an author can mend it without reading our code. */
export interface Problem {
  /** Path below the labs directory, e.g. `docker-engine/process-tree/steps/02-find-the-shim.md`. */
  file: string;
  /** 1-based line in that file. */
  line: number;
  /** Dotted path of the field, or what in the text it is about; empty for the file as a whole. */
  field: string;
  /** What was expected and what is there. */
  message: string;
  /** What to do. */
  remedy: string;
}

/** A file whose fields can be found again by line: what pure checks need to name the place of a problem. */
export interface Source {
  file: string;
  /** 1-based line of the deepest part of the path that exists. */
  lineOf(path: FieldPath): number;
}

/** Field path as authors read it: `tasks.run-web.hints[1]`. */
export function fieldText(path: FieldPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** A problem at a field of a source. */
export function problemAt(source: Source, path: FieldPath, message: string, remedy: string): Problem {
  return { file: source.file, line: source.lineOf(path), field: fieldText(path), message, remedy };
}

/** One line: `file:line field: what was expected → remedy`. */
export function problemText({ file, line, field, message, remedy }: Problem): string {
  return `${file}:${line} ${field === '' ? '' : `${field}: `}${message} → ${remedy}`;
}
