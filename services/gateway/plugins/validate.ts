import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import Value from 'typebox/value';
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
 * since `null` and absent mean different things there. Schemas are compiled when first needed, so that
 * start-up does not pay for routes nobody calls. Answers are typed at compile time and written by
 * JSON.stringify.
 */
export function validateRequests(app: FastifyInstance, { checkAnswers }: { checkAnswers: boolean }): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    let validator: Validator | undefined;
    return (data: unknown) => {
      validator ??= Compile(schema);
      const value = httpPart === 'body' ? (data ?? {}) : Value.Convert(schema, data);
      if (validator.Check(value)) return { value };
      return { error: new ValidationProblem(faultsOf(validator, value)) };
    };
  });
  app.setSerializerCompiler<TSchema>(({ schema, url }) => {
    if (!checkAnswers) return (data) => JSON.stringify(data);
    const validator = Compile(schema);
    return (data) => {
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

function faultsOf(validator: Validator, value: unknown): ValidationFault[] {
  return [...validator.Errors(value)].slice(0, MOST_FAULTS).map(({ instancePath, message }) => ({
    path: instancePath
      .split('/')
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~'))),
    message,
  }));
}
