import type { Messages } from '../messages.ts'

export const auth: Messages['auth'] = {
  field: {
    full_name: 'Seu nome',
    email: 'E-mail',
    password: 'Senha',
    organization_name: 'Organização',
  },
  password: {
    show: 'Mostrar senha',
    hide: 'Ocultar senha',
    hint: 'Pelo menos 10 caracteres. Uma frase curta funciona bem.',
  },
  login: {
    page: 'Entrar',
    title: 'Entrar no Rapport',
    submit: 'Entrar',
    no_account: 'Primeira vez aqui?',
    to_signup: 'Criar uma conta',
    wrong: 'E-mail e senha não conferem.',
    ended: 'Sua sessão terminou. Entre para continuar de onde parou.',
  },
  demo: {
    title: 'Só dando uma olhada?',
    text: 'Há uma organização de exemplo pronta, com leads fictícios.',
    submit: 'Usar a conta de demonstração',
  },
  signup: {
    page: 'Criar conta',
    title: 'Crie sua organização',
    organization_hint: 'O nome da sua equipe. Dá para mudar depois.',
    submit: 'Criar conta',
    has_account: 'Já tem uma conta?',
    to_login: 'Entrar',
    email_taken: 'Já existe uma conta com este e-mail.',
  },
}
