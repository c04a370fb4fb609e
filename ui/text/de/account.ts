import type { account as source } from '../en/account.ts';

export const account: typeof source = {
  email: 'E-Mail',
  password: 'Passwort',
  signUp: {
    title: 'Willkommen',
    lead: 'Diese Box ist neu und gehört noch niemandem. Das erste Konto kümmert sich um sie.',
    name: 'Ihr Name',
    emailHint: 'Damit melden Sie sich an. Die Box verschickt keine Mails.',
    passwordHint: 'Mindestens 8 Zeichen. Ein kurzer Satz lässt sich leicht merken.',
    submit: 'Konto anlegen',
    busy: 'Konto wird angelegt …',
    signInInstead: 'Stattdessen anmelden',
  },
  signIn: {
    title: 'Schön, dass Sie da sind',
    submit: 'Anmelden',
    busy: 'Anmeldung läuft …',
  },
};
