import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import type { Validator } from 'typebox/compile';
import { Problem } from '#contract/problems';

/** One thing that is wrong with a request, as clients of 3.x read it. */
export interface ValidationFault {
  path: (string | number)[];
  message: string;
}

/** A Problem of code `validation` with what was wrong, where. */
export class ValidationProblem extends Problem {
  readonly faults: ValidationFault[];

  constructor(faults: ValidationFault[]) {
    super('validation');
    this.faults = faults;
  }
}

/** How many faults an answer lists; a body of 65,000 wrong ids needs no 65,000 sentences. */
const MOST_FAULTS = 20;

/**
 * Checks requests against the routes' TypeBox schemas. Queries and parameters arrive as text and are
 * converted first (`true`, numbers, one value where a list is expected); JSON bodies are taken as they are,
 * since `null` and absent mean different things there. The compiler is loaded with the first request, and a
 * schema is compiled when it is first needed: start-up does not pay for what nobody calls. Answers are typed at
 * compile time and written by JSON.stringify.
 */
export function validateRequests(app: FastifyInstance, { checkAnswers }: { checkAnswers: boolean }): void {
  let typebox: Awaited<ReturnType<typeof loadTypeBox>>;
  app.addHook('preValidation', async () => {
    typebox ??= await loadTypeBox();
  });
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    let validator: Validator | undefined;
    return (data: unknown) => {
      validator ??= typebox.Compile(schema);
      const isBody = httpPart === 'body';
      const value = isBody ? (data ?? {}) : typebox.Value.Convert(schema, data);
      // What a body's schema does not name never reaches a handler: nobody sets a column by guessing its name.
      if (validator.Check(value))
        return { value: isBody && !keepsUnknown(schema) ? typebox.Value.Clean(schema, value) : value };
      return { error: new ValidationProblem(faultsOf(validator, value)) };
    };
  });
  app.setSerializerCompiler<TSchema>(({ schema, url }) => {
    if (!checkAnswers) return (data) => JSON.stringify(data);
    let validator: Validator | undefined;
    return (data) => {
      validator ??= typebox.Compile(schema);
      const text = JSON.stringify(data);
      const answer = JSON.parse(text);
      if (!validator.Check(answer))
        throw new Error(
          `the answer of ${url} does not fit its schema: ${JSON.stringify(faultsOf(validator, answer))}`,
        );
      return text;
    };
  });
}

/** A schema that says `keepsUnknown: true` stands for an object whose unknown leaves are stored as they came. */
const keepsUnknown = (schema: TSchema): boolean => 'keepsUnknown' in schema && schema.keepsUnknown === true;

async function loadTypeBox() {
  const [{ Compile }, { default: Value }] = await Promise.all([
    import('typebox/compile'),
    import('typebox/value'),
  ]);
  return { Compile, Value };
}

function faultsOf(validator: Validator, value: unknown): ValidationFault[] {
  return [...validator.Errors(value)].slice(0, MOST_FAULTS).map(({ instancePath, message }) => ({
    path: instancePath
      .split('/')
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~'))),
    message,
  }));
}
