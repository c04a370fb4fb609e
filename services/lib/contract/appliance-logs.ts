import { Type } from 'typebox';

/** How far back the log goes: a day unless said, a week at most. */
export const LogQuery = Type.Object({ hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168 })) });
