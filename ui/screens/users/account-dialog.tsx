import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { type Account, createAccount, updateAccount } from '../../calls/users.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { SectionForm } from '../../components/section-form.tsx';
import { Switch } from '../../components/switch.tsx';
import { text } from '../../text.ts';
import { quotaText, readQuota } from './quota.ts';

export interface AccountDialogProps {
  /** The one to change; absent: a new one. */
  account?: Account;
  onClose: () => void;
  onSaved: () => void;
}

/** Makes an account, or changes somebody's. */
export function AccountDialog({ account, onClose, onSaved }: AccountDialogProps) {
  const { api, user, toasts, openSession } = useMember();
  const [name, setName] = useState(account?.name ?? '');
  const [email, setEmail] = useState(account?.email ?? '');
  const [password, setPassword] = useState('');
  const [quota, setQuota] = useState(quotaText(account?.quotaSizeInBytes ?? null));
  const [isQuotaWrong, setIsQuotaWrong] = useState(false);
  const [isAdmin, setIsAdmin] = useState(account?.isAdmin ?? false);
  const words = text.settings.users;
  const isOwn = account?.id === user.id;

  const submit = async () => {
    const quotaSizeInBytes = readQuota(quota);
    if (quotaSizeInBytes === undefined) {
      setIsQuotaWrong(true);
      return;
    }
    const wishes = { name: name.trim(), email, isAdmin, quotaSizeInBytes };
    if (account)
      await updateAccount(api, account.id, {
        ...wishes,
        ...(password !== '' && { password, shouldChangePassword: !isOwn }),
      });
    else await createAccount(api, { ...wishes, password });
    toasts.show({ words: account ? text.settings.saved : words.created(wishes.name) });
    onSaved();
    if (isOwn) await openSession();
  };

  return (
    <Dialog title={account ? words.editOf(account.name) : words.addTitle} onClose={onClose}>
      <SectionForm submitWords={account ? text.kit.save : words.create} onSubmit={submit}>
        <Field label={text.settings.account.name} value={name} onInput={setName} maxLength={200} autofocus />
        <Field label={text.account.email} type="email" value={email} onInput={setEmail} />
        <Field
          label={account ? words.newPassword : words.password}
          hint={account ? words.newPasswordHint : words.passwordHint}
          type="password"
          value={password}
          onInput={setPassword}
          autocomplete="new-password"
          minLength={8}
          isOptional={account !== undefined}
        />
        <Field
          label={words.quota}
          value={quota}
          onInput={(value) => {
            setQuota(value);
            setIsQuotaWrong(false);
          }}
          inputMode="numeric"
          isOptional
          {...(isQuotaWrong ? { problem: words.quotaWrong } : { hint: words.quotaHint })}
        />
        {isOwn ? null : (
          <Switch label={words.isAdmin} hint={words.isAdminHint} isOn={isAdmin} onChange={setIsAdmin} />
        )}
      </SectionForm>
    </Dialog>
  );
}
