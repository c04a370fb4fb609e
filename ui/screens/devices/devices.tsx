import { useState } from 'preact/hooks';
import { agoWords, dayOf } from '../../ago.ts';
import { useMember } from '../../app-context.ts';
import { type DeviceSession, endOtherSessions, endSession, listSessions } from '../../calls/sessions.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Page } from '../../components/page.tsx';
import { Row, Section } from '../../components/rows.tsx';
import { LoadedView } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useLoad } from '../../use-load.ts';

/** Where the account is signed in, and the way to end that. */
export function Devices() {
  const { api, toasts, openSession } = useMember();
  const load = useLoad(() => listSessions(api), []);
  const { run, isBusy } = useAction();
  const [isAsking, setIsAsking] = useState(false);
  const words = text.settings.devices;
  const now = Date.now();
  const end = (session: DeviceSession, all: readonly DeviceSession[]) =>
    run(async () => {
      await endSession(api, session.id);
      if (session.current) return openSession();
      toasts.show({ words: words.signedOut(deviceName(session)) });
      load.change(all.filter(({ id }) => id !== session.id));
      return undefined;
    });
  return (
    <Page title={words.title}>
      <LoadedView load={load}>
        {(sessions) => (
          <>
            <Section title={words.title} isTitleHidden>
              <ul>
                {[...sessions]
                  .sort((a, b) => Number(b.current) - Number(a.current))
                  .map((session) => {
                    const name = deviceName(session);
                    return (
                      <Row
                        key={session.id}
                        icon={session.appVersion === null ? 'screen' : 'phone'}
                        title={name}
                        mark={session.current ? words.thisOne : undefined}
                        facts={[
                          session.appVersion === null ? '' : words.app(session.appVersion),
                          text.phones.heard(agoWords(session.updatedAt, now)),
                          words.since(dayOf(session.createdAt)),
                        ]}
                      >
                        <Button isBusy={isBusy} onClick={() => end(session, sessions)}>
                          <span aria-hidden="true">{words.signOut}</span>
                          <span class="unseen">{words.signOutOf(name)}</span>
                        </Button>
                      </Row>
                    );
                  })}
              </ul>
            </Section>
            {sessions.length === 1 ? (
              <p class="row-facts">{words.alone}</p>
            ) : (
              <Button onClick={() => setIsAsking(true)}>{words.others}</Button>
            )}
            {isAsking ? (
              <ConfirmDialog
                title={`${words.others}?`}
                confirmWords={words.others}
                onClose={() => setIsAsking(false)}
                onConfirm={async () => {
                  await endOtherSessions(api);
                  toasts.show({ words: words.othersDone });
                  load.reload();
                }}
              >
                {words.othersConfirm}
              </ConfirmDialog>
            ) : null}
          </>
        )}
      </LoadedView>
    </Page>
  );
}

/** `Chrome, Windows`, as far as the device says. */
function deviceName({ deviceType, deviceOS }: DeviceSession): string {
  return [deviceType, deviceOS].filter(Boolean).join(', ') || text.settings.devices.unknown;
}
