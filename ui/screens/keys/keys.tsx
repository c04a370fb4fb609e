import './keys.css';
import { useRef, useState } from 'preact/hooks';
import { dayOf } from '../../ago.ts';
import { useMember } from '../../app-context.ts';
import { type ApiKey, listKeys, type NewApiKey, removeKey, rotateKey } from '../../calls/api-keys.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Menu } from '../../components/menu.tsx';
import { Page } from '../../components/page.tsx';
import { Row, Section } from '../../components/rows.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { KeyDialog } from './key-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';

type Asking =
  | { kind: 'new' }
  | { kind: 'rotate' | 'remove'; key: ApiKey }
  | { kind: 'secret'; key: NewApiKey };

/** Keys for programs: made, renewed, removed. A secret is shown once and never kept by the page. */
export function Keys() {
  const { api, toasts } = useMember();
  const load = useLoad(() => listKeys(api), []);
  const [asking, setAsking] = useState<Asking>();
  const words = text.settings.keys;
  const close = () => setAsking(undefined);
  const show = (key: NewApiKey) => {
    setAsking({ kind: 'secret', key });
    load.reload();
  };
  return (
    <Page
      title={words.title}
      actions={
        <Button kind="main" icon="plus" onClick={() => setAsking({ kind: 'new' })}>
          {words.add}
        </Button>
      }
    >
      <LoadedView load={load}>
        {(keys) =>
          keys.length === 0 ? (
            <EmptyState icon="key" title={words.empty} words={words.emptyLead} />
          ) : (
            <Section title={words.title} isTitleHidden>
              <ul>
                {keys.map((key) => (
                  <Row
                    key={key.id}
                    icon="key"
                    title={key.name}
                    facts={[
                      key.permissions.includes('all')
                        ? words.everything
                        : words.permissions(key.permissions.length),
                      words.made(dayOf(key.createdAt)),
                    ]}
                  >
                    <Menu
                      label={words.more(key.name)}
                      items={[
                        {
                          words: words.rotate,
                          icon: 'rotate',
                          run: () => setAsking({ kind: 'rotate', key }),
                        },
                        {
                          words: words.remove,
                          icon: 'trash',
                          isDangerous: true,
                          run: () => setAsking({ kind: 'remove', key }),
                        },
                      ]}
                    />
                  </Row>
                ))}
              </ul>
            </Section>
          )
        }
      </LoadedView>
      {asking?.kind === 'new' ? <KeyDialog onClose={close} onMade={show} /> : null}
      {asking?.kind === 'secret' ? <SecretDialog apiKey={asking.key} onClose={close} /> : null}
      {asking?.kind === 'rotate' ? (
        <RotateDialog apiKey={asking.key} onClose={close} onRotated={show} />
      ) : null}
      {asking?.kind === 'remove' ? (
        <ConfirmDialog
          title={words.removeTitle}
          confirmWords={words.remove}
          isDangerous
          onClose={close}
          onConfirm={async () => {
            await removeKey(api, asking.key.id);
            toasts.show({ words: words.removed });
            load.reload();
          }}
        >
          {words.removeConfirm(asking.key.name)}
        </ConfirmDialog>
      ) : null}
    </Page>
  );
}

/** Shows the new secret once the old one is gone. */
function RotateDialog({
  apiKey,
  onClose,
  onRotated,
}: {
  apiKey: ApiKey;
  onClose: () => void;
  onRotated: (key: NewApiKey) => void;
}) {
  const { api } = useMember();
  // Not state: the dialog closes before it would be drawn again.
  const made = useRef<NewApiKey>(undefined);
  const words = text.settings.keys;
  return (
    <ConfirmDialog
      title={words.rotateTitle}
      confirmWords={words.rotate}
      onClose={() => (made.current ? onRotated(made.current) : onClose())}
      onConfirm={async () => {
        made.current = await rotateKey(api, apiKey.id);
      }}
    >
      {words.rotateConfirm(apiKey.name)}
    </ConfirmDialog>
  );
}
