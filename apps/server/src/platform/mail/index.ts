export { keepMail, smtpDelivery, type Letter } from './delivery.ts'
export { createMail, forgetRecipients, mailContents, removeOldMails, type Mail } from './mail.ts'
export { serveOutbox } from './outbox-page.ts'
export { mailTemplate, type MailLanguage, type MailTemplate } from './template.ts'
