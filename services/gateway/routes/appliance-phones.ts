import type { AddressInfo } from 'node:net';
import { Type } from 'typebox';
import { Addresses, Phone } from '#contract/appliance-phones';
import { needs } from '#contract/scopes';
import { readSystemConfig } from '#contract/system-config-values';
import { listAddresses } from '#runtime/addresses';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';

/** Connecting phones: where they find the box, and which have found it. */
export function appliancePhoneRoutes(
  app: GatewayApp,
  { queries, phones, config, localName }: GatewayParts,
): void {
  app.get(
    '/api/appliance/addresses',
    { config: { access: needs('server.about') }, schema: { response: { 200: Addresses } } },
    async () => {
      const { externalDomain } = readSystemConfig(queries.settings.find('systemConfig')).server;
      const { port } = app.server.address() as AddressInfo;
      // A phone that opens "localhost" finds itself.
      const found = listAddresses({ host: config.host, port, name: localName.current() }).flatMap(
        ({ url, kind }) => (kind === 'own' ? [] : [{ url, kind }]),
      );
      const domain = externalDomain === '' ? [] : [{ url: externalDomain, kind: 'domain' as const }];
      return { addresses: [...found, ...domain] };
    },
  );

  app.get(
    '/api/appliance/phones',
    {
      config: { access: needs('session.read') },
      schema: { response: { 200: Type.Array(Phone) } },
    },
    async ({ caller }) => phones.list(caller.user.isAdmin === 1 ? queries.users.listActive() : [caller.user]),
  );
}
