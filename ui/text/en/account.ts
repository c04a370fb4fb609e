/** Words of the forms that open a session. */
export const account = {
  email: 'E-mail',
  password: 'Password',
  givenPassword: 'Somebody else chose your password and knows it.',
  chooseOwn: 'Choose your own',
  signUp: {
    name: 'Your name',
    emailHint: 'You sign in with it. The box sends no mail.',
    passwordHint: 'At least 8 characters. A short sentence is easy to remember.',
    submit: 'Create account',
    busy: 'Creating your account…',
  },
  signIn: {
    title: 'Good to see you',
    submit: 'Sign in',
    busy: 'Signing in…',
  },
};
