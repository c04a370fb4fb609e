import { Type } from 'typebox';
import { Nullable } from './primitives.ts';

/** Types that we do not know are let through: newer apps may ask for more than there is (contract §1.4). */
export const SyncStreamBody = Type.Object({
  types: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 }),
  reset: Type.Optional(Type.Boolean()),
});

export const SyncAckBody = Type.Object({
  acks: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 1000 }),
});

export const SyncAckDeleteBody = Nullable(
  Type.Object({ types: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 })) }),
);

export const SyncAckResponse = Type.Array(Type.Object({ type: Type.String(), ack: Type.String() }));
