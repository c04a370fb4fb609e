import { BoxBody, PhoneBody, PrivacyBody, Setup, type SetupStep } from '#contract/appliance-setup';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import { readSystemConfig } from '#contract/system-config-values';
import { readPoolFacts } from '#storage/pool-facts';
import { readPoolSpace } from '#storage/pool-space';
import type { GatewayApp } from '../app.ts';
import { boxIdentity, listTimeZones, requireTimeZone } from '../box-identity.ts';
import type { GatewayParts } from '../parts.ts';
import { FEATURES } from '../server-facts.ts';

/** Until the service that looks after drives exists, the pool is prepared before the box starts. */
const DRIVES_LATER = 'Drives cannot be chosen here yet: the box uses the ones that it was started with.';

/**
 * Setting the box up, step by step, in whatever order; each answer counts at once and is kept, so that a power cut
 * costs nothing. Before the first account exists anybody in the local network may do it, afterwards administrators.
 */
export function applianceSetupRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, events, layout, config, localName, now } = parts;
  const update = needs('systemConfig.update', { admin: true, beforeOwner: true });

  const readSetup = async (): Promise<Setup> => {
    const decided = queries.settings.find('setup') ?? {};
    const { machineLearning, reverseGeocoding, nightlyTasks } = readSystemConfig(
      queries.settings.find('systemConfig'),
    );
    const [facts, space] = await Promise.all([
      readPoolFacts(layout.poolDir),
      readPoolSpace(layout.poolDir, config.reservedBytes),
    ]);
    const state = (step: SetupStep) => decided[step] ?? 'open';
    const steps: Setup['steps'] = [
      { id: 'account', state: queries.users.hasAdmin() ? 'done' : 'open' },
      { id: 'box', state: state('box'), answers: boxIdentity(parts), timeZones: listTimeZones() },
      {
        id: 'drives',
        state: 'unavailable',
        reason: DRIVES_LATER,
        pool: { ...facts, totalBytes: space.totalBytes, availableBytes: space.availableBytes },
      },
      {
        id: 'privacy',
        state: state('privacy'),
        answers: {
          faces: machineLearning.facialRecognition.enabled,
          placeNames: reverseGeocoding.enabled,
          memories: nightlyTasks.generateMemories,
        },
        canRecogniseFaces: FEATURES.facialRecognition,
      },
      { id: 'phone', state: state('phone') },
      { id: 'done', state: state('done') },
    ];
    const isFinished = state('done') === 'done';
    return { next: isFinished ? null : (steps.find((step) => step.state === 'open')?.id ?? null), steps };
  };
  const note = async (step: SetupStep, isSkipped: boolean): Promise<Setup> => {
    await writer.settings.noteSetupStep({ step, state: isSkipped ? 'skipped' : 'done', now: now() });
    return readSetup();
  };

  app.get(
    '/api/appliance/setup',
    {
      config: { access: needs('systemConfig.read', { admin: true, beforeOwner: true }) },
      schema: { response: { 200: Setup } },
    },
    readSetup,
  );

  app.put(
    '/api/appliance/setup/box',
    { config: { access: update }, schema: { body: BoxBody, response: { 200: Setup } } },
    async ({ body }) => {
      if ('skip' in body) return note('box', true);
      const box = { name: body.name.toLowerCase(), timeZone: requireTimeZone(body.timeZone) };
      await writer.settings.setBox({ box, now: now() });
      await localName.tell();
      return note('box', false);
    },
  );

  app.put(
    '/api/appliance/setup/privacy',
    { config: { access: update }, schema: { body: PrivacyBody, response: { 200: Setup } } },
    async ({ body }) => {
      if ('skip' in body) return note('privacy', true);
      await writer.settings.patchSystemConfig({
        leaves: {
          'machineLearning.facialRecognition.enabled': body.faces,
          'reverseGeocoding.enabled': body.placeNames,
          'nightlyTasks.generateMemories': body.memories,
        },
        now: now(),
      });
      events.toAll('on_config_update');
      return note('privacy', false);
    },
  );

  app.put(
    '/api/appliance/setup/drives',
    { config: { access: update }, schema: { body: PhoneBody, response: { 200: Setup } } },
    async () => {
      throw new Problem('setup_step_unavailable', { reason: DRIVES_LATER });
    },
  );

  app.put(
    '/api/appliance/setup/phone',
    { config: { access: update }, schema: { body: PhoneBody, response: { 200: Setup } } },
    ({ body }) => note('phone', body.skip ?? false),
  );

  app.put(
    '/api/appliance/setup/done',
    { config: { access: update }, schema: { body: PhoneBody, response: { 200: Setup } } },
    async () => {
      if (!queries.users.hasAdmin()) throw new Problem('setup_without_account');
      await writer.settings.setAdminOnboarding({ isOnboarded: true, now: now() });
      return note('done', false);
    },
  );
}
