import type { MemoryResponse } from '#contract/memories';
import type { Api } from '../api.ts';

export type Memory = MemoryResponse;

/** Those of a day (`2026-11-22`), or those that were kept. */
export function listMemories(api: Api, filter: { for: string } | { isSaved: true }): Promise<Memory[]> {
  return api.get('/memories', filter);
}

export function keepMemory(api: Api, id: string, isSaved: boolean): Promise<Memory> {
  return api.put(`/memories/${id}`, { isSaved });
}

export function noteSeen(api: Api, id: string): Promise<Memory> {
  return api.put(`/memories/${id}`, { seenAt: new Date().toISOString() });
}

/** It is not shown again; its photos stay where they are. */
export function hideMemory(api: Api, id: string): Promise<void> {
  return api.remove(`/memories/${id}`);
}

/** The memory is told without these photos. */
export function leaveOut(api: Api, id: string, assetIds: readonly string[]): Promise<unknown> {
  return api.remove(`/memories/${id}/assets`, { ids: assetIds });
}
