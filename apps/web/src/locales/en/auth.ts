export const auth = {
  field: {
    full_name: 'Your name',
    email: 'E-mail',
    password: 'Password',
    organization_name: 'Organization',
  },
  password: {
    show: 'Show password',
    hide: 'Hide password',
    hint: 'At least 10 characters. A short sentence works well.',
  },
  login: {
    page: 'Log in',
    title: 'Log in to Rapport',
    submit: 'Log in',
    no_account: 'New here?',
    to_signup: 'Create an account',
    wrong: 'E-mail and password do not match.',
    ended: 'Your session has ended. Log in to go on where you were.',
  },
  demo: {
    title: 'Just looking around?',
    text: 'A sample organization is ready, full of made-up leads.',
    submit: 'Use the demo account',
  },
  signup: {
    page: 'Create an account',
    title: 'Create your organization',
    organization_hint: 'Your team’s name. You can change it later.',
    submit: 'Create account',
    has_account: 'Already have an account?',
    to_login: 'Log in',
    email_taken: 'There is already an account with this e-mail.',
  },
} as const
