import type { Messages } from '../messages.ts'

export const auth: Messages['auth'] = {
  field: {
    full_name: 'Seu nome',
    email: 'E-mail',
    password: 'Senha',
    organization_name: 'Organização',
  },
  password: {
    hint: 'Pelo menos 10 caracteres. Uma frase curta funciona bem.',
    common: 'Qualquer um adivinharia esta logo. Escolha outra.',
  },
  login: {
    page: 'Entrar',
    title: 'Entrar no Rapport',
    submit: 'Entrar',
    no_account: 'Primeira vez aqui?',
    to_signup: 'Criar uma conta',
    wrong: 'E-mail e senha não conferem.',
    wrong_or_new:
      'E-mail e senha não conferem. Se acabou de se cadastrar, confirme antes o endereço: veja seu e-mail.',
    ended: 'Sua sessão terminou. Entre para continuar de onde parou.',
    password: 'Sua nova senha vale a partir de agora. Entre com ela.',
    forgot: 'Esqueceu a senha?',
    no_organization:
      'Esta conta não pertence mais a nenhuma organização. Peça um convite e abra o link dele.',
    too_many: 'Muitas tentativas erradas. Espere um pouco e tente de novo.',
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
  forgot: {
    page: 'Esqueci a senha',
    title: 'Esqueceu a senha?',
    text: 'Informe o endereço da sua conta. Enviamos um link para definir uma nova.',
    submit: 'Enviar link',
    asked_title: 'Veja seu e-mail',
    asked_text: 'Se {{email}} tiver uma conta, um link já está a caminho. Ele vale por uma hora.',
    no_mail: 'Esta instalação não envia e-mails. Quem a opera encontra o link na caixa de saída.',
    to_login: 'Voltar para entrar',
  },
  reset: {
    page: 'Nova senha',
    title: 'Defina uma nova senha',
    new: 'Nova senha',
    submit: 'Definir senha',
    consequence: 'Todas as sessões da sua conta serão encerradas, em todos os dispositivos.',
    expired: 'Este link já foi usado ou expirou. Peça um novo.',
    no_token: 'O link está incompleto. Abra-o de novo a partir do e-mail ou peça um novo.',
    again: 'Pedir um novo link',
  },
  verify: {
    page: 'Confirmar endereço',
    title: 'Confirme seu endereço',
    done: 'Pronto: seu endereço está confirmado.',
    expired: 'Este link já foi usado ou expirou. Entre e peça outro.',
    go: 'Ir para o Rapport',
  },
}
