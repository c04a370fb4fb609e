import { grouped } from '../../numbers.ts';
import type { trash as source } from '../en/trash.ts';

const days = (count: number) => (count === 1 ? '1 Tag' : `${grouped(count)} Tage`);

export const trash: typeof source = {
  title: 'Papierkorb',
  lead: (keepDays: number) =>
    `Was Sie löschen, bleibt noch ${days(keepDays)} hier, falls Sie es sich anders überlegen. Dann ist es endgültig weg.`,
  leadWithout: 'Diese Box löscht sofort: Hier kommt nichts mehr hinein.',
  daysLeft: (count: number) => (count === 0 ? 'Geht heute' : `Noch ${days(count)}`),
  restoreAll: 'Alles zurücklegen',
  empty: 'Papierkorb leeren',
  confirmTitle: (count: number) =>
    count === 1
      ? 'Das Foto im Papierkorb endgültig löschen?'
      : `Alle ${grouped(count)} Fotos endgültig löschen?`,
  confirm: 'Endgültig löschen',
  emptyTitle: 'Der Papierkorb ist leer',
  emptyWords: (keepDays: number | undefined) =>
    keepDays === undefined
      ? 'Was auf dieser Box gelöscht wird, ist sofort weg. Wer sich um die Box kümmert, kann das in den Einstellungen ändern.'
      : `Ein gelöschtes Foto wartet hier noch ${days(keepDays)}, bevor es endgültig weg ist.`,
};
