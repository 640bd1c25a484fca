/**
 * What a mail says, as typed functions in every language the product speaks. A template gives words and one
 * button; how they look, and that nothing in them can become markup, is decided here once. Templates belong to
 * the modules whose mails they are.
 */
export const mailLanguages = ['en', 'pt-BR'] as const
export type MailLanguage = (typeof mailLanguages)[number]

export type MailWords = {
  subject: string
  /** Plain text; names and other values may hold anything. */
  paragraphs: readonly string[]
  action?: { label: string; url: string }
  /** Said small below the button: until when it holds, what to do when one did not ask for it. */
  note?: string
}

export type MailTemplate<Values> = {
  /** For the outbox and the log: `reset-password`. */
  name: string
  words: Record<MailLanguage, (values: Values) => MailWords>
}

export const mailTemplate = <Values>(
  name: string,
  words: MailTemplate<Values>['words'],
): MailTemplate<Values> => ({ name, words })

/** A language as accounts have it; one we do not write falls back to English. */
export const mailLanguage = (language: string): MailLanguage =>
  mailLanguages.find((known) => known === language) ?? 'en'
