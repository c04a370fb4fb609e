/** Words of the forms that open a session. */
export const account = {
  email: 'E-mail',
  password: 'Password',
  signUp: {
    title: 'Welcome',
    lead: 'This box is new and belongs to nobody yet. The first account looks after it.',
    name: 'Your name',
    emailHint: 'You sign in with it. The box sends no mail.',
    passwordHint: 'At least 8 characters. A short sentence is easy to remember.',
    submit: 'Create account',
    busy: 'Creating your account…',
    signInInstead: 'Sign in instead',
  },
  signIn: {
    title: 'Good to see you',
    submit: 'Sign in',
    busy: 'Signing in…',
  },
};
