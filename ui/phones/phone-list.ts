import type { Phone } from '#contract/appliance-phones';
import { text } from '../text.ts';

/** The list with what is new about one phone, which comes first. */
export function withPhone(list: readonly Phone[], phone: Phone): readonly Phone[] {
  return [phone, ...list.filter(({ sessionId }) => sessionId !== phone.sessionId)];
}

/** What a phone is called: as it says it, or by its kind. */
export function phoneName({ model, os }: Pick<Phone, 'model' | 'os'>): string {
  return model || os || text.phones.unnamed;
}
