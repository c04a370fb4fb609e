import './account.css';
import { Page } from '../../components/page.tsx';
import { text } from '../../text.ts';
import { Look } from './look.tsx';
import { PasswordSection } from './password-section.tsx';
import { PinSection } from './pin-section.tsx';
import { Portrait } from './portrait.tsx';
import { WhoSection } from './who-section.tsx';

/** Everything about one's own account. */
export function Account() {
  return (
    <Page title={text.settings.account.title}>
      <Portrait />
      <WhoSection />
      <PasswordSection />
      <PinSection />
      <Look />
    </Page>
  );
}
