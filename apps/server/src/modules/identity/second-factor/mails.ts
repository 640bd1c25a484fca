/** The mail that a way in has changed, in every language. */
import { mailTemplate, type MailTemplate } from '../../../platform/mail/index.ts'
import type { Device } from '../account/device.ts'

export type WayInChange =
  | 'two_factor.enabled'
  | 'two_factor.disabled'
  | 'two_factor.codes_renewed'
  | 'two_factor.code_used'
  | 'passkey.added'
  | 'passkey.removed'
  | 'identity.linked'
  | 'identity.unlinked'

type Happening = { full_name: string; url: string; device: Device; ip: string | null }
type Words = Record<WayInChange, (name: string) => { subject: string; text: string }>

const en: Words = {
  'two_factor.enabled': () => ({
    subject: 'Two-factor is on',
    text: 'Two-factor was turned on for your Rapport account.',
  }),
  'two_factor.disabled': () => ({
    subject: 'Two-factor is off',
    text: 'Two-factor was turned off for your Rapport account.',
  }),
  'two_factor.codes_renewed': () => ({
    subject: 'New recovery codes were made',
    text: 'New recovery codes were made for your Rapport account. The former ones work no more.',
  }),
  'two_factor.code_used': () => ({
    subject: 'A recovery code was used',
    text: 'Somebody logged in to your Rapport account with one of your recovery codes.',
  }),
  'passkey.added': (name) => ({
    subject: 'A passkey was added',
    text: `The passkey “${name}” now opens your Rapport account.`,
  }),
  'passkey.removed': (name) => ({
    subject: 'A passkey was removed',
    text: `The passkey “${name}” opens your Rapport account no more.`,
  }),
  'identity.linked': (name) => ({
    subject: `${name} was linked`,
    text: `An account at ${name} now opens your Rapport account.`,
  }),
  'identity.unlinked': (name) => ({
    subject: `${name} was unlinked`,
    text: `The account at ${name} opens your Rapport account no more.`,
  }),
}

const pt: Words = {
  'two_factor.enabled': () => ({
    subject: 'Verificação em duas etapas ativada',
    text: 'A verificação em duas etapas foi ativada na sua conta do Rapport.',
  }),
  'two_factor.disabled': () => ({
    subject: 'Verificação em duas etapas desativada',
    text: 'A verificação em duas etapas foi desativada na sua conta do Rapport.',
  }),
  'two_factor.codes_renewed': () => ({
    subject: 'Novos códigos de recuperação',
    text: 'Foram criados novos códigos de recuperação para a sua conta do Rapport. Os anteriores não valem mais.',
  }),
  'two_factor.code_used': () => ({
    subject: 'Um código de recuperação foi usado',
    text: 'Alguém entrou na sua conta do Rapport com um dos seus códigos de recuperação.',
  }),
  'passkey.added': (name) => ({
    subject: 'Chave de acesso adicionada',
    text: `A chave de acesso “${name}” agora abre a sua conta do Rapport.`,
  }),
  'passkey.removed': (name) => ({
    subject: 'Chave de acesso removida',
    text: `A chave de acesso “${name}” não abre mais a sua conta do Rapport.`,
  }),
  'identity.linked': (name) => ({
    subject: `${name} foi vinculado`,
    text: `Uma conta do ${name} agora abre a sua conta do Rapport.`,
  }),
  'identity.unlinked': (name) => ({
    subject: `${name} foi desvinculado`,
    text: `A conta do ${name} não abre mais a sua conta do Rapport.`,
  }),
}

const placeOf = ({ device, ip }: Pick<Happening, 'device' | 'ip'>) =>
  [device.browser, device.system, ip].filter((part) => part !== null).join(', ')

/** @param name of the passkey or the provider */
export const wayInChangedMail = (change: WayInChange, name: string): MailTemplate<Happening> =>
  mailTemplate<Happening>(change.replace(/[._]/g, '-'), {
    en: ({ full_name, url, ...from }) => {
      const { subject, text } = en[change](name)
      const place = placeOf(from) || 'an unknown device'
      return {
        subject,
        paragraphs: [`Hello ${full_name},`, text, `It was done from: ${place}.`],
        action: { label: 'See your security settings', url },
        note: 'If it was you, there is nothing to do. If not, change your password at once.',
      }
    },
    'pt-BR': ({ full_name, url, ...from }) => {
      const { subject, text } = pt[change](name)
      const place = placeOf(from) || 'um dispositivo desconhecido'
      return {
        subject,
        paragraphs: [`Olá, ${full_name}!`, text, `Isso foi feito de: ${place}.`],
        action: { label: 'Ver configurações de segurança', url },
        note: 'Se foi você, não é preciso fazer nada. Se não, troque sua senha agora mesmo.',
      }
    },
  })
