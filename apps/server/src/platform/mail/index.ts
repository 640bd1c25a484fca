export { keepMail, redactAddress, smtpDelivery } from './delivery.ts'
export { createMail, removeOldMails, type Mail } from './mail.ts'
export { mailTemplate, type MailTemplate } from './template.ts'
