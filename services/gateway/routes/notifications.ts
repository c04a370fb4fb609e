import { Type } from 'typebox';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';

/** The web client's bell asks on every page. Nothing notifies anybody yet, so the list is empty and true. */
export function notificationRoutes(app: GatewayApp): void {
  app.get(
    '/api/notifications',
    {
      config: { access: needs('notification.read') },
      schema: { response: { 200: Type.Array(Type.Never(), { maxItems: 0 }) } },
    },
    async () => [],
  );
}
