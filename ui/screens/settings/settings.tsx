import { useMember } from '../../app-context.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/rows.tsx';
import { text } from '../../text.ts';

interface Way {
  path: string;
  icon: IconName;
  title: string;
  lead: string;
}

/** The way to everything that can be set. */
export function Settings() {
  const { user } = useMember();
  const words = text.settings;
  const own: Way[] = [
    { path: '/account', icon: 'person', title: words.account.title, lead: words.leads.account },
    { path: '/devices', icon: 'phone', title: words.devices.title, lead: words.leads.devices },
    { path: '/keys', icon: 'key', title: words.keys.title, lead: words.leads.keys },
    { path: '/notifications', icon: 'bell', title: words.news.title, lead: words.leads.notifications },
  ];
  const ofBox: Way[] = [
    { path: '/users', icon: 'people', title: words.users.title, lead: words.leads.users },
    { path: '/libraries', icon: 'folder', title: words.libraries.title, lead: words.leads.libraries },
    { path: '/box-settings', icon: 'settings', title: words.box.title, lead: words.leads.boxSettings },
    { path: '/updates', icon: 'restore', title: text.updates.title, lead: text.updates.lead },
    { path: '/setup', icon: 'box', title: words.setupAgain, lead: words.leads.setup },
  ];
  return (
    <Page title={words.title}>
      <Section title={words.groups.you}>
        <Ways ways={own} />
      </Section>
      {user.isAdmin ? (
        <Section title={words.groups.box}>
          <Ways ways={ofBox} />
        </Section>
      ) : null}
    </Page>
  );
}

function Ways({ ways }: { ways: readonly Way[] }) {
  return (
    <nav>
      {ways.map(({ path, icon, title, lead }) => (
        <a key={path} class="row" href={path}>
          <Icon name={icon} />
          <span class="row-words">
            <span class="row-title">{title}</span>
            <span class="row-facts">{lead}</span>
          </span>
          <Icon name="right" size={18} />
        </a>
      ))}
    </nav>
  );
}
