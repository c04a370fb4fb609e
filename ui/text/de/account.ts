import type { account as source } from '../en/account.ts';

export const account: typeof source = {
  email: 'E-Mail',
  password: 'Passwort',
  givenPassword: 'Ihr Passwort hat jemand anderes gewählt und kennt es.',
  chooseOwn: 'Ein eigenes wählen',
  signUp: {
    name: 'Ihr Name',
    emailHint: 'Damit melden Sie sich an. Die Box verschickt keine Mails.',
    passwordHint: 'Mindestens 8 Zeichen. Ein kurzer Satz lässt sich leicht merken.',
    submit: 'Konto anlegen',
    busy: 'Konto wird angelegt …',
  },
  signIn: {
    title: 'Schön, dass Sie da sind',
    submit: 'Anmelden',
    busy: 'Anmeldung läuft …',
  },
};
