import type { locked as source } from '../en/locked.ts';

export const locked: typeof source = {
  title: 'Gesperrter Ordner',
  setupTitle: 'Ein Ort, den nur Sie öffnen',
  setupLead:
    'Fotos hier verlassen die Zeitleiste, die Alben, die Suche und die Handys der Familie. Nur Ihre PIN zeigt sie.',
  setup: 'Gesperrten Ordner einrichten',
  pin: 'PIN',
  newPin: 'Neue PIN',
  pinHint: 'Sechs Ziffern. Nicht die Ihres Handys, falls andere sie kennen.',
  again: 'Noch einmal dieselbe PIN',
  different: 'Das sind nicht dieselben sechs Ziffern.',
  enterLead: 'Ihre PIN öffnet den Ordner für eine Viertelstunde.',
  open: 'Öffnen',
  wrong: 'Das ist nicht die PIN. Bitte noch einmal.',
  forgotten: 'PIN vergessen?',
  change: 'PIN ändern',
  changeLead: 'Mit dem Passwort Ihres Kontos wählen Sie eine neue. Die Fotos bleiben, wo sie sind.',
  password: 'Passwort Ihres Kontos',
  changeSubmit: 'Neue PIN verwenden',
  changed: 'Ab jetzt gilt die neue PIN',
  closesAt: (time: string) => `Offen bis ${time}, oder bis Sie woanders hingehen.`,
  lockNow: 'Jetzt sperren',
  emptyTitle: 'Der gesperrte Ordner ist leer',
  empty:
    'Wählen Sie Fotos in der Zeitleiste und dann unter „Mehr“ „In den gesperrten Ordner legen“. Sie sind dann nur noch hier.',
};
