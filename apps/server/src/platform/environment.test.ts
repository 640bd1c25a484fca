import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EnvironmentError, readEnvironment } from './environment.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport environment '))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const read = (source: NodeJS.ProcessEnv = {}) => readEnvironment({ RAPPORT_DATA_DIR: dataDir, ...source })

describe('the environment', () => {
  it('has a working default for everything', () => {
    expect(read()).toMatchObject({
      port: 3000,
      dataDir,
      databaseUrl: undefined,
      publicUrl: 'http://localhost:3000',
      demo: true,
      role: 'all',
      operatorToken: undefined,
      logLevel: 'info',
      production: false,
    })
  })

  it('loads no sample data in production unless asked', () => {
    expect(read({ NODE_ENV: 'production' })).toMatchObject({ production: true, demo: false })
    expect(read({ NODE_ENV: 'production', RAPPORT_DEMO: '1' }).demo).toBe(true)
    expect(read({ RAPPORT_DEMO: '0' }).demo).toBe(false)
  })

  it('offers a provider when all of its variables are set, and refuses half a set', () => {
    const google = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'the google secret' }
    expect(read().providers).toEqual([])
    expect(read(google).providers).toMatchObject([{ provider: 'google', clientId: 'id' }])
    expect(() => read({ OIDC_CLIENT_ID: 'id' })).toThrow(/OIDC_ISSUER: is missing; OIDC_CLIENT_ID needs it/)
    const oidc = { OIDC_CLIENT_ID: 'id', OIDC_CLIENT_SECRET: 'the oidc secret', OIDC_NAME: 'Acme' }
    const issuer = (OIDC_ISSUER: string) => read({ ...oidc, OIDC_ISSUER }).providers[0]?.name
    expect(issuer('https://id.example.com')).toBe('Acme')
    expect(issuer('http://127.0.0.1:4000')).toBe('Acme')
    expect(() => issuer('http://id.example.com')).toThrow(/OIDC_ISSUER/)
    expect(() => issuer('http://localhost.example.com')).toThrow(/OIDC_ISSUER/)
  })

  it('takes an empty variable as one that is not set', () => {
    expect(read({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: undefined })
  })

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://localhost/rapport'],
    ['RAPPORT_SECRET', 'short'],
    ['RAPPORT_SECRET_KEYS', `${'long enough '.repeat(4)},short`],
    ['RAPPORT_OUTGOING_PORTS', '443;8443'],
    ['RAPPORT_MAINTENANCE', 'x'.repeat(501)],
    ['SENTRY_DSN', 'sentry'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['RAPPORT_URL', 'crm.example.com'],
    ['RAPPORT_DEMO', 'yes'],
    ['RAPPORT_ROLE', 'everything'],
    ['OPERATOR_TOKEN', 'short'],
    ['SMTP_URL', 'mail.example.com'],
    ['MAIL_FROM', 'Rapport'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'staging'],
  ])('names %s when it is %j', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(EnvironmentError)
    expect(() => read({ [name]: value })).toThrow(new RegExp(`${name}: .*expected `))
  })

  it('names every wrong variable at once', () => {
    expect(() => read({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT: "x"[\s\S]*LOG_LEVEL: "loud"/)
  })

  it('never prints a secret that was wrong', () => {
    expect(() => read({ RAPPORT_SECRET: 'hunter2', DATABASE_URL: 'mysql://root:hunter2@db/x' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    )
  })

  it('makes one secret, readable by its owner alone, and keeps it', () => {
    const { secret } = read()
    expect(secret.length).toBeGreaterThanOrEqual(43)
    expect(read().secret).toBe(secret)
    const file = join(dataDir, 'secret')
    expect(readFileSync(file, 'utf8').trim()).toBe(secret)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('names RAPPORT_DATA_DIR when the secret cannot be kept there', () => {
    expect(() => readEnvironment({ RAPPORT_DATA_DIR: '/dev/null/data' })).toThrow(/RAPPORT_DATA_DIR/)
  })
})
