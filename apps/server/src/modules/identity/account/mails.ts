/** The mails to account holders, in every language. */
import { mailTemplate } from '../../../platform/mail/index.ts'
import type { Device } from './device.ts'

type Link = { full_name: string; url: string }

export const verifyAddressMail = mailTemplate<Link>('verify-address', {
  en: ({ full_name, url }) => ({
    subject: 'Confirm your e-mail address',
    paragraphs: [
      `Hello ${full_name},`,
      'Confirm that this address is yours, so that mails of Rapport reach you.',
    ],
    action: { label: 'Confirm address', url },
    note: 'The link works for three days. If you did not sign up for Rapport, ignore this mail.',
  }),
  'pt-BR': ({ full_name, url }) => ({
    subject: 'Confirme seu endereço de e-mail',
    paragraphs: [
      `Olá, ${full_name}!`,
      'Confirme que este endereço é seu, para que os e-mails do Rapport cheguem a você.',
    ],
    action: { label: 'Confirmar endereço', url },
    note: 'O link vale por três dias. Se você não se cadastrou no Rapport, ignore este e-mail.',
  }),
})

/** To the holder of an address with which somebody, perhaps the holder, signs up a second time. */
export const addressTakenMail = mailTemplate<Link>('address-taken', {
  en: ({ full_name, url }) => ({
    subject: 'You already have a Rapport account',
    paragraphs: [
      `Hello ${full_name},`,
      'Somebody has just signed up for Rapport with this address, which has an account already. If it was you, log in to that account; the one just made cannot be confirmed.',
      'If you do not remember the password, you can set a new one.',
    ],
    action: { label: 'Set a new password', url },
    note: 'If it was not you, there is nothing to do: nobody got into your account.',
  }),
  'pt-BR': ({ full_name, url }) => ({
    subject: 'Você já tem uma conta no Rapport',
    paragraphs: [
      `Olá, ${full_name}!`,
      'Alguém acabou de se cadastrar no Rapport com este endereço, que já tem uma conta. Se foi você, entre nessa conta; a que acaba de ser criada não pode ser confirmada.',
      'Se não lembrar da senha, você pode definir uma nova.',
    ],
    action: { label: 'Definir nova senha', url },
    note: 'Se não foi você, não é preciso fazer nada: ninguém entrou na sua conta.',
  }),
})

export const resetPasswordMail = mailTemplate<Link>('reset-password', {
  en: ({ full_name, url }) => ({
    subject: 'Set a new password',
    paragraphs: [`Hello ${full_name},`, 'Somebody asked for a new password for your Rapport account.'],
    action: { label: 'Set a new password', url },
    note: 'The link works once, for one hour. If you did not ask for it, ignore this mail: your password stays as it is.',
  }),
  'pt-BR': ({ full_name, url }) => ({
    subject: 'Defina uma nova senha',
    paragraphs: [`Olá, ${full_name}!`, 'Alguém pediu uma nova senha para a sua conta no Rapport.'],
    action: { label: 'Definir nova senha', url },
    note: 'O link vale uma vez, por uma hora. Se você não pediu, ignore este e-mail: sua senha continua a mesma.',
  }),
})

type Happening = Link & { device: Device; ip: string | null }

function placeIn(language: 'en' | 'pt-BR', { device, ip }: Pick<Happening, 'device' | 'ip'>): string {
  const what = [device.browser, device.system].filter((part) => part !== null)
  const from = what.join(language === 'en' ? ' on ' : ' no ')
  return (
    [from, ip].filter(Boolean).join(', ') ||
    (language === 'en' ? 'an unknown device' : 'um dispositivo desconhecido')
  )
}

export const passwordChangedMail = mailTemplate<Happening>('password-changed', {
  en: ({ full_name, url, ...place }) => ({
    subject: 'Your password was changed',
    paragraphs: [
      `Hello ${full_name},`,
      `The password of your Rapport account was changed from ${placeIn('en', place)}. Other sessions were ended.`,
    ],
    action: { label: 'It was not me', url },
    note: 'If it was you, there is nothing to do. If not, set a new password at once.',
  }),
  'pt-BR': ({ full_name, url, ...place }) => ({
    subject: 'Sua senha foi alterada',
    paragraphs: [
      `Olá, ${full_name}!`,
      `A senha da sua conta no Rapport foi alterada de ${placeIn('pt-BR', place)}. As outras sessões foram encerradas.`,
    ],
    action: { label: 'Não fui eu', url },
    note: 'Se foi você, não é preciso fazer nada. Se não, defina uma nova senha agora mesmo.',
  }),
})

export const newLogInMail = mailTemplate<Happening>('new-log-in', {
  en: ({ full_name, url, ...place }) => ({
    subject: 'New log-in to your account',
    paragraphs: [
      `Hello ${full_name},`,
      `Somebody logged in to your Rapport account from ${placeIn('en', place)}, where we have not seen you before.`,
    ],
    action: { label: 'See your sessions', url },
    note: 'If it was you, there is nothing to do. If not, end the session and change your password.',
  }),
  'pt-BR': ({ full_name, url, ...place }) => ({
    subject: 'Novo acesso à sua conta',
    paragraphs: [
      `Olá, ${full_name}!`,
      `Alguém entrou na sua conta no Rapport de ${placeIn('pt-BR', place)}, de onde ainda não tínhamos visto você.`,
    ],
    action: { label: 'Ver suas sessões', url },
    note: 'Se foi você, não é preciso fazer nada. Se não, encerre a sessão e troque sua senha.',
  }),
})

export const sessionEndedMail = mailTemplate<Happening>('session-ended', {
  en: ({ full_name, url, ...place }) => ({
    subject: 'We ended a session of your account',
    paragraphs: [
      `Hello ${full_name},`,
      `A key to your Rapport account that had been exchanged already was used again, from ${placeIn('en', place)}. Two parties may have held it, so we ended that session.`,
    ],
    action: { label: 'See your sessions', url },
    note: 'If you see a session there that is not yours, end it and change your password.',
  }),
  'pt-BR': ({ full_name, url, ...place }) => ({
    subject: 'Encerramos uma sessão da sua conta',
    paragraphs: [
      `Olá, ${full_name}!`,
      `Uma chave da sua conta no Rapport que já havia sido trocada foi usada de novo, de ${placeIn('pt-BR', place)}. Duas partes podem tê-la, por isso encerramos essa sessão.`,
    ],
    action: { label: 'Ver suas sessões', url },
    note: 'Se houver ali uma sessão que não é sua, encerre-a e troque sua senha.',
  }),
})
