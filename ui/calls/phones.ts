import type { Phone } from '#contract/appliance-phones';
import type { Api } from '../api.ts';

/** An address at which phones find the box. */
export interface BoxAddress {
  url: string;
  kind: 'ip' | 'name' | 'domain';
}

/** Where phones find the box, the best address first; empty when only the box itself can open its pages. */
export async function listAddresses(api: Api): Promise<BoxAddress[]> {
  return (await api.get<{ addresses: BoxAddress[] }>('/appliance/addresses')).addresses;
}

/** Signed-in phones, the one last heard from first: everybody's for administrators, else one's own. */
export function listPhones(api: Api): Promise<Phone[]> {
  return api.get('/appliance/phones');
}
