import type { Static } from 'typebox';
import type { ApiKeyCreateResponse, ApiKeyResponse } from '#contract/api-keys';
import type { Api } from '../api.ts';

export type ApiKey = Static<typeof ApiKeyResponse>;
/** With the secret, which is told this once. */
export type NewApiKey = Static<typeof ApiKeyCreateResponse>;

export function listKeys(api: Api): Promise<ApiKey[]> {
  return api.get('/api-keys');
}

export function createKey(api: Api, name: string, permissions: readonly string[]): Promise<NewApiKey> {
  return api.post('/api-keys', { name, permissions });
}

/** Gives a key a new secret; the old one opens nothing any more. */
export function rotateKey(api: Api, id: string): Promise<NewApiKey> {
  return api.post(`/api-keys/${id}/rotate`);
}

export function removeKey(api: Api, id: string): Promise<void> {
  return api.remove(`/api-keys/${id}`);
}
