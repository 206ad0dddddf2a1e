/** A reason not to go on, with its remedy: printed without a stack. */
export class Refusal extends Error {
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(what);
    this.name = 'Refusal';
    this.remedy = remedy;
  }
}

/** Codes of errors whose text says what to do: databases, migrations, arguments. */
const forPeople = /^(database|settings|migration-|ERR_PARSE_ARGS)/;

/** Prints an error for people and ends the process: a refusal with its remedy, anything else with its stack. */
export function endWith(error: unknown): never {
  const { code, message } = error as { code?: unknown; message?: string };
  if (error instanceof Refusal) console.error(`\n✗ ${error.message}\n  ${error.remedy}\n`);
  else if (forPeople.test(String(code))) console.error(`\n✗ ${message}\n`);
  else console.error('\n✗ Something unexpected went wrong. Nothing that you had was removed.\n', error);
  process.exit(1);
}
