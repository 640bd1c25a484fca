import { describe, expect, test } from 'vitest'
import { createSecrets, sealedColumn, SecretUnreadable } from './index.ts'

const old = 'an older secret of at least thirty-two characters'
const current = 'the current secret, of at least thirty-two characters'
const secrets = createSecrets([current])

const account = sealedColumn({
  purpose: 'mail account password',
  table: 'mail_accounts',
  column: 'password_sealed',
  owner: 'organization_id',
  key: ['id'],
})
const token = sealedColumn({ ...account, purpose: 'mail account token', column: 'token_sealed' })
const here = account.place({ organization_id: 'aaaa', id: '1' })

describe('a sealed value', () => {
  test('opens where it was sealed', () => {
    expect(secrets.open(here, secrets.seal(here, 'hunter2 ção'))).toBe('hunter2 ção')
    expect(secrets.open(here, secrets.seal(here, ''))).toBe('')
  })

  test('of the installation itself is bound to its row alone', () => {
    const mail = sealedColumn({ ...account, purpose: 'mail', owner: null, key: ['id'] })
    const sealed = secrets.seal(mail.place({ id: '1' }), 'hunter2')
    expect(secrets.open(mail.place({ id: '1' }), sealed)).toBe('hunter2')
    expect(() => secrets.open(mail.place({ id: '2' }), sealed)).toThrow(SecretUnreadable)
  })

  test('is another each time and shows nothing of the text', () => {
    const [one, two] = [secrets.seal(here, 'hunter2'), secrets.seal(here, 'hunter2')]
    expect(one).not.toBe(two)
    expect(one).toMatch(/^v1\.[0-9a-f]{12}\.[\w-]+$/)
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('hunter2')
  })

  test('does not open in another row, organization or column', () => {
    const sealed = secrets.seal(here, 'hunter2')
    for (const place of [
      account.place({ organization_id: 'aaaa', id: '2' }),
      account.place({ organization_id: 'bbbb', id: '1' }),
      token.place({ organization_id: 'aaaa', id: '1' }),
      { ...here, row: [] },
      { ...here, owner: 'user_id aaaa' },
    ])
      expect(() => secrets.open(place, sealed)).toThrow(SecretUnreadable)
  })

  test('does not open when any bit of it was changed', () => {
    const sealed = secrets.seal(here, 'hunter2')
    const [version, id, payload = ''] = sealed.split('.')
    const bytes = Buffer.from(payload, 'base64url')
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => secrets.open(here, [version, id, changed.toString('base64url')].join('.'))).toThrow(
        SecretUnreadable,
      )
    }
  })

  test('of a rubbish form is refused, and the refusal does not repeat it', () => {
    const rubbish = ['', 'hunter2', 'v1..', 'v1.x.y', 'v2.a.b', `${secrets.currentPrefix}AAAA`, 'v1.a.b.c']
    for (const stored of rubbish) expect(() => secrets.open(here, stored)).toThrow(SecretUnreadable)
    expect(() => secrets.open(here, 'hunter2')).toThrow(expect.not.stringContaining('hunter2'))
  })

  test('opens with every key that is at hand and with no other', () => {
    const sealed = createSecrets([old]).seal(here, 'hunter2')
    expect(createSecrets([current, old]).open(here, sealed)).toBe('hunter2')
    expect(() => createSecrets([current]).open(here, sealed)).toThrow(/RAPPORT_SECRET_KEYS/)
  })
})
