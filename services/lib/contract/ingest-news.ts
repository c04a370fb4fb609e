/** What ingest tells the gateway, so that open pages and apps show it at once. Losing one is harmless. */
export type IngestNews =
  /** Previews are there; `isNew` for the first time. */
  | { type: 'asset-ready'; assetId: string; isNew: boolean }
  /** The edited picture is there. */
  | { type: 'asset-edited'; assetId: string }
  /** Became the hidden video of a live photo. */
  | { type: 'asset-hidden'; assetId: string }
  /** There is news for people; the ids of the notifications. */
  | { type: 'notified'; ids: string[] }
  /** The picture of an account is there, or in words why not. */
  | { type: 'portrait-made'; id: string; problem: string | null }
  /** Photos of this user came into a stack. */
  | { type: 'stacked'; ownerId: string }
  /** The picture of a person is there. */
  | { type: 'person-shown'; ownerId: string; personId: string };

/** What the gateway tells ingest: that jobs are due, or that somebody waits for a picture of their account. */
export type GatewayNews = { type: 'wake' } | { type: 'portrait'; id: string };
