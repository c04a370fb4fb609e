import './users.css';
import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { portraitUrl } from '../../calls/account.ts';
import { type Account, deleteAccount, listAccounts, restoreAccount } from '../../calls/users.ts';
import { Avatar } from '../../components/avatar.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Menu, type MenuItem } from '../../components/menu.tsx';
import { Page } from '../../components/page.tsx';
import { Row, Section } from '../../components/rows.tsx';
import { LoadedView, ProgressBar } from '../../components/states.tsx';
import { readableBytes } from '../../numbers.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useLoad } from '../../use-load.ts';
import { AccountDialog } from './account-dialog.tsx';

type Asking = { kind: 'new' } | { kind: 'edit' | 'remove'; account: Account };

/** Who has an account on this box, and how much room each may take. */
export function Users() {
  const { api, toasts } = useMember();
  const load = useLoad(() => listAccounts(api), []);
  const [asking, setAsking] = useState<Asking>();
  const words = text.settings.users;
  const close = () => setAsking(undefined);
  const changed = () => {
    close();
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
        {(accounts) => (
          <Section title={words.title} isTitleHidden>
            <ul>
              {accounts.map((account) => (
                <AccountRow key={account.id} account={account} onAsk={setAsking} onChange={load.reload} />
              ))}
            </ul>
          </Section>
        )}
      </LoadedView>
      {asking?.kind === 'new' ? <AccountDialog onClose={close} onSaved={changed} /> : null}
      {asking?.kind === 'edit' ? (
        <AccountDialog account={asking.account} onClose={close} onSaved={changed} />
      ) : null}
      {asking?.kind === 'remove' ? (
        <ConfirmDialog
          title={words.removeTitle(asking.account.name)}
          confirmWords={words.remove}
          isDangerous
          onClose={close}
          onConfirm={async () => {
            await deleteAccount(api, asking.account.id);
            toasts.show({ words: words.removed(asking.account.name) });
            load.reload();
          }}
        >
          {words.removeConfirm}
        </ConfirmDialog>
      ) : null}
    </Page>
  );
}

function AccountRow({
  account,
  onAsk,
  onChange,
}: {
  account: Account;
  onAsk: (asking: Asking) => void;
  onChange: () => void;
}) {
  const { api, user, toasts } = useMember();
  const { run, isBusy } = useAction();
  const words = text.settings.users;
  const src = portraitUrl(account);
  const isDeleted = account.status !== 'active';
  const used = account.quotaUsageInBytes ?? 0;
  const quota = account.quotaSizeInBytes;
  const items: MenuItem[] = [
    { words: words.edit, icon: 'edit', run: () => onAsk({ kind: 'edit', account }) },
  ];
  if (account.id !== user.id)
    items.push({
      words: words.remove,
      icon: 'trash',
      isDangerous: true,
      run: () => onAsk({ kind: 'remove', account }),
    });
  return (
    <Row
      picture={<Avatar name={account.name} {...(src !== undefined && { src })} />}
      title={account.name}
      mark={isDeleted ? words.deleted : account.id === user.id ? words.you : undefined}
      facts={[
        account.email,
        account.isAdmin ? words.admin : '',
        quota === null
          ? words.used(readableBytes(used))
          : words.usedOf(readableBytes(used), readableBytes(quota)),
      ]}
      below={
        quota === null || quota === 0 ? null : (
          <div class="quota">
            <ProgressBar
              label={words.usedOf(readableBytes(used), readableBytes(quota))}
              fraction={used / quota}
            />
          </div>
        )
      }
    >
      {isDeleted ? (
        <Button
          icon="restore"
          isBusy={isBusy}
          onClick={() =>
            run(async () => {
              await restoreAccount(api, account.id);
              toasts.show({ words: words.restored(account.name) });
              onChange();
            })
          }
        >
          {words.restore}
        </Button>
      ) : (
        <Menu label={words.editOf(account.name)} items={items} />
      )}
    </Row>
  );
}
