/** Each check is run on a small project with the repository's own configuration: a check that cannot fail is none. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkSteps, root as repository } from './check-steps.mjs'

const CONFIGURATION = ['.oxlintrc.json', '.prettierrc', '.prettierignore', 'knip.json', 'tsconfig.base.json']
const SOUND: Record<string, string> = {
  'package.json': toJson({ name: 'sample', private: true, type: 'module', workspaces: ['apps/*'] }),
  'apps/server/package.json': toJson({
    name: '@rapport/server',
    private: true,
    type: 'module',
    main: 'src/main.ts',
  }),
  'apps/server/tsconfig.json': '{ "extends": "../../tsconfig.base.json", "include": ["src"] }\n',
  'apps/server/src/main.ts':
    "import { describeLead } from './modules/leads/index.ts'\n\nexport const title: string = describeLead('Ada')\n",
  'apps/server/src/modules/leads/index.ts': "export { describeLead } from './service.ts'\n",
  'apps/server/src/modules/leads/service.ts':
    "import { now } from '../../platform/clock.ts'\n\nexport const describeLead = (name: string) => `${name} ${now()}`\n",
  'apps/server/src/platform/clock.ts': 'export const now = () => 1\n',
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

let project: string
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'rapport checks '))
  for (const name of CONFIGURATION) copyFileSync(join(repository, name), join(project, name))
  symlinkSync(join(repository, 'node_modules'), join(project, 'node_modules'))
  write(SOUND)
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(project, dirname(name)), { recursive: true })
    writeFileSync(join(project, name), text)
  }
}

function run(name: string): { passed: boolean; output: string } {
  const step = checkSteps.find((candidate) => candidate.name === name)
  if (!step) throw new Error(`There is no check named ${name}`)
  const args = step.args.map((argument) => argument.replace(/^scripts\//, `${repository}/scripts/`))
  if (name === 'import rules') args.push(project)
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' })
  return { passed: status === 0, output: stdout + stderr }
}

const CHECKS = ['types: apps/server', 'lint', 'import rules', 'dead code', 'format']

describe('a sound project', () => {
  it.each(CHECKS)('passes %s', (name) => {
    expect(run(name)).toMatchObject({ passed: true })
  })
})

const CLOCK = 'apps/server/src/platform/clock.ts'
const SERVICE = 'apps/server/src/modules/leads/service.ts'
const DEAL = 'apps/server/src/modules/deals/service.ts'

/** The check, what is wrong, the file that is, its text, and what the check has to say. */
const VIOLATIONS: [string, string, string, string, string][] = [
  ['types: apps/server', 'a wrong type', CLOCK, "export const now = (): number => 'noon'\n", 'TS2322'],
  ['types: apps/server', 'an implicit any', CLOCK, 'export const now = (at) => at\n', 'TS7006'],
  [
    'types: apps/server',
    'an enum',
    CLOCK,
    'export const now = () => 1\nexport enum Day { Monday }\n',
    'TS1294',
  ],
  [
    'types: apps/server',
    'an unchecked index',
    CLOCK,
    'const a: number[] = []\nexport const now = (): number => a[0]\n',
    'TS2322',
  ],
  ['lint', 'an explicit any', CLOCK, 'export const now = (at: any) => String(at)\n', 'no-explicit-any'],
  [
    'lint',
    'a promise nobody awaits',
    CLOCK,
    'export const now = () => {\n  Promise.resolve(1)\n  return 1\n}\n',
    'no-floating-promises',
  ],
  ['lint', 'a loose comparison', CLOCK, "export const now = (at: string) => at == '1'\n", 'eqeqeq'],
  [
    'lint',
    'a silenced compiler',
    CLOCK,
    "// @ts-ignore\nexport const now = (): number => 'noon'\n",
    'ban-ts-comment',
  ],
  [
    'lint',
    'an error that is swallowed',
    CLOCK,
    'export const now = () => {\n  try {\n    return 1\n  } catch {}\n  return 2\n}\n',
    'no-empty',
  ],
  [
    'dead code',
    'a file nothing uses',
    'apps/server/src/platform/unused.ts',
    'export const never = 1\n',
    'unused.ts',
  ],
  [
    'dead code',
    'an export nothing uses',
    CLOCK,
    'export const now = () => 1\nexport const never = 1\n',
    'never',
  ],
  [
    'dead code',
    'a package that is not declared',
    CLOCK,
    "import { v7 } from 'uuid'\n\nexport const now = () => v7()\n",
    'uuid',
  ],
  ['format', 'a badly formatted file', CLOCK, 'export const now = () => { return 1; }\n', 'clock.ts'],
  [
    'import rules',
    'platform that knows a module',
    CLOCK,
    "import '../modules/leads/index.ts'\n",
    'platform knows nothing above it',
  ],
  [
    'import rules',
    'a module entered through the back door',
    DEAL,
    "import '../leads/service.ts'\n",
    'entered through its index.ts',
  ],
  ['import rules', 'the driver outside platform', SERVICE, "import pg from 'pg'\n", 'stay inside platform'],
  [
    'import rules',
    'the pool in a module',
    SERVICE,
    "import '../../platform/database.ts'\n",
    'stay inside platform',
  ],
  [
    'import rules',
    'an unguarded way out of a module',
    SERVICE,
    'export const call = (url: string) => fetch(url)\n',
    'goes out through guardedFetch',
  ],
  [
    'import rules',
    'a way out of a module under another name',
    SERVICE,
    'const { fetch: call } = globalThis\n\nexport { call }\n',
    'goes out through guardedFetch',
  ],
  [
    'import rules',
    'an HTTP client in a module',
    SERVICE,
    "import { request } from 'node:https'\n\nexport { request }\n",
    'goes out through guardedFetch',
  ],
  [
    'import rules',
    'a kit that knows a feature',
    'apps/web/src/ui/Button.tsx',
    "export * from '../features/leads/api.ts'\n",
    'the component kit knows no feature',
  ],
  [
    'import rules',
    'contracts that know someone',
    'packages/contracts/src/index.ts',
    "import type { Api } from '@rapport/sdk'\n",
    'contracts knows nobody',
  ],
  [
    'import rules',
    'an SDK that knows the server',
    'packages/sdk/src/index.ts',
    "import '@rapport/server'\n",
    'the SDK knows the contracts alone',
  ],
  [
    'import rules',
    'a web app that knows the server',
    'apps/web/src/main.tsx',
    "import '../../server/src/main.ts'\n",
    'entered by its package name',
  ],
  [
    'import rules',
    'a lazy import that breaks a rule',
    CLOCK,
    "export const now = () => import('../modules/leads/index.ts')\n",
    'platform knows nothing above it',
  ],
  ['import rules', 'a file that is not there', CLOCK, "import './gone.ts'\n", 'is not a file'],
  ['import rules', 'a circle', SERVICE, "import { later } from './later.ts'\n", 'circle: '],
]

describe('a violation', () => {
  it.each(VIOLATIONS)('fails %s: %s', (check, _, file, text, message) => {
    write({
      'apps/server/src/platform/database.ts': 'export const pool = 1\n',
      'apps/server/src/modules/leads/later.ts': "import './service.ts'\n\nexport const later = 1\n",
      'apps/web/src/features/leads/api.ts': 'export const listLeads = 1\n',
      [file]: text,
    })
    const { passed, output } = run(check)
    expect(output).toContain(message)
    expect(passed).toBe(false)
  })

  it('is also that the import rules find nothing to read', () => {
    rmSync(join(project, 'apps'), { recursive: true })
    expect(run('import rules')).toMatchObject({
      passed: false,
      output: expect.stringContaining('no imports were found'),
    })
  })
})
