import { grouped } from '../../numbers.ts';
import type { guest as source } from '../en/guest.ts';

export const guest: typeof source = {
  title: 'Geteilte Fotos',
  opening: 'Die Fotos werden geöffnet …',
  passwordTitle: 'Bitte das Passwort',
  passwordLead: 'Wer Ihnen den Link geschickt hat, kennt es.',
  password: 'Passwort',
  open: 'Öffnen',
  wrong: 'Das ist es nicht. Bitte sehen Sie noch einmal nach, was man Ihnen geschickt hat.',
  goneTitle: 'Dieser Link öffnet nichts',
  gone: 'Er ist abgelaufen oder wurde geschlossen, oder ein Teil der Adresse fehlt. Bitte fragen Sie, wer ihn Ihnen geschickt hat.',
  from: (name: string) => `von ${name}`,
  count: (count: number) => (count === 1 ? '1 Foto' : `${grouped(count)} Fotos`),
  ends: (date: string) => `offen bis ${date}`,
  downloadAll: 'Alles herunterladen',
  add: 'Fotos hinzufügen',
  addHint: 'Sie können Fotos und Videos hinzufügen: auswählen oder irgendwo auf dieser Seite fallen lassen.',
  emptyTitle: 'Noch nichts hier',
  empty: 'Fotos stehen hier, sobald welche hinzukommen.',
  emptyUpload: 'Machen Sie den Anfang: Fügen Sie Fotos von diesem Gerät hinzu.',
  footer: 'Diese Fotos liegen zu Hause, in einer',
};
