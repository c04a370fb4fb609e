import type { shell as source } from '../en/shell.ts';

export const shell: typeof source = {
  starting: 'Die Box wird geöffnet …',
  unreachableTitle: 'Shoebox ist nicht erreichbar',
  unreachableRetry: 'Diese Seite sieht von selbst wieder nach.',
  skip: 'Zum Inhalt springen',
  navigation: 'Hauptnavigation',
  more: 'Mehr',
  moreTitle: 'Alles in der Box',
  groups: { photos: 'Fotos', collections: 'Sammlungen', box: 'Die Box' },
  searchHint: 'Fotos durchsuchen',
  addPhotos: 'Fotos hinzufügen',
  account: (name: string) => `Konto von ${name}`,
  signOut: 'Abmelden',
  theme: 'Aussehen',
  themes: { system: 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  notFound:
    'Diese Adresse führt nirgendwohin. Vielleicht wurde sie unvollständig kopiert, oder das Ziel gibt es nicht mehr.',
  noRights: 'Das kann nur öffnen, wer sich um die Box kümmert.',
  toPhotos: 'Zu den Fotos',
};
