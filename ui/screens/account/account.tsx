import './account.css';
import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { Page } from '../../components/page.tsx';
import { text } from '../../text.ts';
import { Look } from './look.tsx';
import { PasswordSection } from './password-section.tsx';
import { PinSection } from './pin-section.tsx';
import { Portrait } from './portrait.tsx';
import { WhoSection } from './who-section.tsx';

/** Everything about one's own account. */
export function Account() {
  // Whoever was given a password comes here to choose another one.
  const [isPasswordFirst] = useState(useMember().user.shouldChangePassword);
  return (
    <Page title={text.settings.account.title}>
      {isPasswordFirst ? <PasswordSection /> : null}
      <Portrait />
      <WhoSection />
      {isPasswordFirst ? null : <PasswordSection />}
      <PinSection />
      <Look />
    </Page>
  );
}
